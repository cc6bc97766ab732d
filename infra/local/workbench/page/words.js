/** Names of what becomes of an appointment, as people say them. */
const statuses = {
  pending: 'Booked',
  confirmed: 'Confirmed',
  arrived: 'Checked in',
  completed: 'Completed',
  cancelled: 'Cancelled',
  no_show: 'No-show',
};

export const statusWords = (status) => statuses[status] ?? status;

/** `New York time` for `America/New_York`; UTC stays UTC. */
export const zoneWords = (zone) => (zone.includes('/') ? `${zone.split('/').at(-1).replaceAll('_', ' ')} time` : zone);

/** Due work by its kind. Steps of the journey are named by their own ids. */
const kinds = {
  touchpoint: ({ touchpointId, resend }) => `Message “${touchpointId.replaceAll('-', ' ')}”${resend ? ', again' : ''}`,
  'low-score': () => 'Tell the manager of a low score',
  'text-reply': () => 'Answer a text from a client',
  'waiting-offer': () => 'Offer a time to somebody on the waiting list',
  'waiting-joined': () => 'Confirm a place on the waiting list',
  unconfirmed: () => 'Cancel the appointment if it is not confirmed',
  freed: () => 'Look who waits for a time that has opened up',
  'offer-ended': () => 'End an offer and pass the time on',
  'address-proven': () => 'Go on, now that an address is proven',
  replan: ({ date }) => `Plan the messages of ${date} anew`,
  'replan-offers': () => 'Plan the waiting list anew',
  rezone: ({ date }) => `Move ${date} to the new time zone`,
  'cancel-touched': () => 'Cancel what the change of settings affects',
  'zone-rules': () => 'Check for new time zone rules',
};

const parsed = (input) => {
  try {
    return JSON.parse(input);
  } catch {
    return {};
  }
};

/** Words for a message of the queues; `about` is the appointment, client or place that it names. */
export const workWords = (input) => {
  const message = parsed(input);
  const words = kinds[message.kind]?.(message) ?? message.kind ?? 'Something to do';
  const about = message.appointmentId ? `appointment ${message.appointmentId}` : (message.locationId ?? '');
  return { words, about };
};

/** What to say when the clock has arrived. */
export const arrivedWords = (sent) =>
  sent === 0 ? 'No message was sent.' : `${sent} ${sent === 1 ? 'message' : 'messages'} sent:`;

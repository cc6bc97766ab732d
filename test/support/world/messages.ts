import type { SQSBatchResponse } from 'aws-lambda';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import { bookingOf, mustBook, type System, type World } from './world.ts';

/** An instant by the clock of Brooklyn in winter. */
export const newYork = (local: string): number => Date.parse(`${local}:00-05:00`);

export const touchpoint = (appointmentId: string, touchpointId: string, sequence = 0): OutboxMessage => ({
  kind: 'touchpoint',
  appointmentId,
  touchpointId,
  sequence,
});

/** As the queue would: an old schedule that fires late, a message that was lying about. */
export const deliver = (system: System, ...messages: OutboxMessage[]): Promise<SQSBatchResponse> =>
  system.invoke('messages', {
    Records: messages.map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) })),
  }) as Promise<SQSBatchResponse>;

export const allTaken: SQSBatchResponse = { batchItemFailures: [] };

type Booked = Awaited<ReturnType<typeof mustBook>>;

/** A booking by a client of its own, with these of the client's details changed or left out. */
export const bookAs = async (
  { api }: World,
  client: Record<string, unknown>,
  changes: Record<string, unknown> = {},
): Promise<Booked> => {
  const ordinary = await bookingOf(api);
  return mustBook(api, { client: { ...ordinary.client, ...client }, ...changes });
};

/** The box that was ticked for invitations. */
export const consent = (...channels: ('email' | 'sms')[]) =>
  channels.map((channel) => ({ channel, purpose: 'marketing', words: 'Tell me when it is time to come back.' }));

export const clientIdOf = async ({ as }: World, booked: { id: string; startsAt: string }): Promise<string> => {
  const diary = await as('reception').getDiary({
    query: { locationId: 'brooklyn', date: booked.startsAt.slice(0, 10) },
  });
  const found = diary.ok && diary.data.appointments.find(({ id }) => id === booked.id);
  if (!found) throw new Error('the appointment is not in the diary');
  return found.clientId;
};

/** What staff see of the messages about an appointment, by touchpoint: `reminder: skipped moved`. */
export const outcomesOf = async (world: World, booked: { id: string; startsAt: string }): Promise<string[]> => {
  const listed = await world.as('staff').listMessages({
    params: { clientId: await clientIdOf(world, booked) },
    query: { appointmentId: booked.id },
  });
  if (!listed.ok) throw new Error(JSON.stringify(listed.problem));
  const order = ({ touchpoint: id, occurrence, resend = 0 }: (typeof listed.data.messages)[number]): string =>
    [id, String(occurrence).padStart(4, '0'), resend].join('#');
  return listed.data.messages
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ touchpoint: id, status, reason }) => `${id}: ${[status, reason].filter(Boolean).join(' ')}`);
};

/** Mails and texts about one appointment, in the order of sending: `email reminder`. */
export const sentTo = ({ system }: World, ...addresses: string[]): string[] =>
  system.mailbox
    .list()
    .filter(({ to }) => to.some((address) => addresses.includes(address)))
    .map(({ channel, tags, text }) => `${channel} ${tags['message']?.split('_')[1] ?? text.slice(0, 60)}`);

export const complete = async ({ as, system }: World, appointmentId: string): Promise<void> => {
  const marked = await as('reception').markAppointment({ params: { appointmentId }, body: { status: 'completed' } });
  if (!marked.ok) throw new Error(JSON.stringify(marked.problem));
  await system.settle();
};

/** Names and instants of what is planned for an appointment. */
export const planned = ({ system }: World, { id }: { id: string }): Record<string, number> =>
  Object.fromEntries(
    system
      .schedules()
      .filter(({ name }) => name.startsWith(`${id}.`))
      .map(({ name, dueAt }) => [name.slice(id.length + 1), dueAt]),
  );

/** Numbers in [0, 1) that look random and are the same every time. */
export const seeded = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

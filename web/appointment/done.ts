import type { Appointment } from '../api.ts';

const acts = ['booked', 'already', 'confirmed', 'proven', 'agreed', 'moved', 'cancelled'] as const;
export type Act = (typeof acts)[number];

const isAhead = (appointment: Appointment): boolean =>
  appointment.status === 'pending' || appointment.status === 'confirmed';

/** Whether the appointment, as it is now, bears out what the address says was done. */
const isTrue: Record<Act, (appointment: Appointment, to: string | null) => boolean> = {
  booked: isAhead,
  already: isAhead,
  confirmed: (appointment) => appointment.status === 'confirmed',
  proven: ({ address }) => address?.state === 'proven',
  agreed: ({ address }) => address !== undefined && address.asked === undefined,
  moved: (appointment, to) => isAhead(appointment) && Date.parse(to ?? '') === Date.parse(appointment.startsAt),
  cancelled: (appointment) => appointment.status === 'cancelled',
};

/** The act that a page may call done. An address can be kept, shared or made up; only the state decides. */
export const doneAct = (appointment: Appointment, query: URLSearchParams): Act | undefined => {
  const act = acts.find((each) => each === query.get('done'));
  return act && isTrue[act](appointment, query.get('to')) ? act : undefined;
};

import type { Appointment } from '../api.ts';

const acts = ['booked', 'confirmed', 'moved', 'cancelled'] as const;
export type Act = (typeof acts)[number];

const standing = (appointment: Appointment): boolean =>
  appointment.status === 'pending' || appointment.status === 'confirmed';

/** Whether the appointment, as it is now, bears out what the address says was done. */
const isTrue: Record<Act, (appointment: Appointment, to: string | null) => boolean> = {
  booked: standing,
  confirmed: (appointment) => appointment.status === 'confirmed',
  moved: (appointment, to) => standing(appointment) && Date.parse(to ?? '') === Date.parse(appointment.startsAt),
  cancelled: (appointment) => appointment.status === 'cancelled',
};

/** What may be said to have been done. An address can be kept, shared or made up; only the state decides. */
export const doneAct = (appointment: Appointment, query: URLSearchParams): Act | undefined => {
  const act = acts.find((each) => each === query.get('done'));
  return act && isTrue[act](appointment, query.get('to')) ? act : undefined;
};

import type { Appointment } from '../booking/appointments/appointments.ts';
import { isUnproven } from '../booking/appointments/entity.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Instant, minute } from '../platform/time/time.ts';

export const hour = 60 * minute;

export type Tell = 'everybody' | 'proven' | 'nobody';

/** The hour around a booking in which others of the same source are looked for. */
export const hourAround = (bookedAt: Instant): { from: Instant; until: Instant } => ({
  from: bookedAt - hour / 2,
  until: bookedAt + hour / 2,
});

/** Whether it may well be a bot's: nobody has proved it, and it takes time ahead. */
export const isSuggested = (appointment: Appointment, now: Instant): boolean =>
  isUnproven(appointment) &&
  (appointment.status === 'pending' || appointment.status === 'confirmed') &&
  appointment.startsAt > now;

/** Whether nobody is to hear of its cancelling. */
export const isUntold = (appointment: Appointment, tell: Tell): boolean =>
  tell === 'nobody' || (tell === 'proven' && isUnproven(appointment));

/** Throws status_conflict. */
export const mustBeOnline = ({ household }: Pick<Appointment, 'household'>): void => {
  if (household !== undefined) return;
  throw new Problem('status_conflict', { detail: 'It was not booked by the public form.' });
};

/** Throws status_conflict. */
export const mustBeCancelled = ({ status }: Pick<Appointment, 'status'>): void => {
  if (status !== 'cancelled') throw new Problem('status_conflict', { detail: 'It is not cancelled any more.' });
};

/** Label of a household, long enough to tell the sources of an hour apart. */
export const sourceLabel = (household: string): string => household.slice(0, 8);

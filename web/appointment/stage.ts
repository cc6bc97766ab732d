import type { Appointment } from '../api.ts';

/** `ahead`: still to come. `past`: its time is over, though nobody has marked it. */
type Stage = 'ahead' | 'past' | 'over';

export const stageOf = (appointment: Appointment, now: number): Stage => {
  if (appointment.status !== 'pending' && appointment.status !== 'confirmed') return 'over';
  return Date.parse(appointment.endsAt) > now ? 'ahead' : 'past';
};

/** Still to come, but too close to be changed by the client. */
export const isTooLate = (appointment: Appointment, now: number): boolean =>
  stageOf(appointment, now) === 'ahead' && !appointment.may.move && !appointment.may.cancel;

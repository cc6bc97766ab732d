import type { Appointment } from '../booking/appointments.ts';
import type { Status } from '../booking/contract.ts';
import { Problem } from '../platform/problems.ts';
import { localDate } from '../platform/time.ts';

export type Mark = 'arrived' | 'completed' | 'no_show' | 'cancelled';

const from: Record<Mark, readonly Status[]> = {
  arrived: ['pending', 'confirmed'],
  completed: ['pending', 'confirmed', 'arrived'],
  no_show: ['pending', 'confirmed'],
  cancelled: ['pending', 'confirmed', 'arrived'],
};

/** Throws status_conflict when staff may not mark the appointment so now. */
export const mustBeMarkable = ({ status, startsAt, zone }: Appointment, mark: Mark, now: number): void => {
  if (!from[mark].includes(status)) {
    throw new Problem('status_conflict', { detail: `It is ${status}; ${mark} follows only ${from[mark].join(', ')}.` });
  }
  if (mark === 'arrived' && localDate(now, zone) < localDate(startsAt, zone)) {
    throw new Problem('status_conflict', { detail: 'Nobody arrives before the day of the visit.' });
  }
  if ((mark === 'completed' || mark === 'no_show') && now < startsAt) {
    throw new Problem('status_conflict', { detail: `It can be marked ${mark} once it has begun.` });
  }
};

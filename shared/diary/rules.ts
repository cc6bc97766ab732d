import type { Appointment } from '../booking/appointments/appointments.ts';
import type { Status } from '../booking/contract.ts';
import { sameShift } from '../booking/slots/bounds.ts';
import { Problem } from '../platform/http/problems.ts';
import { day, type Instant, localDate } from '../platform/time/time.ts';

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
  if (mark === 'arrived' && localDate(now, zone) < localDate(startsAt, zone) && now < startsAt - sameShift) {
    throw new Problem('status_conflict', {
      detail: 'Nobody arrives before the day of the visit, or more than six hours before it begins.',
    });
  }
  if ((mark === 'completed' || mark === 'no_show') && now < startsAt) {
    throw new Problem('status_conflict', { detail: `It can be marked ${mark} once it has begun.` });
  }
};

/** Time for which a mark can be undone. */
const undoableFor = 7 * day;

type Marked = Pick<Appointment, 'before'>;

/** State that undoing leads back to, and until when; undefined where there is nothing to undo. */
export const undoOf = ({ before }: Marked, now: Instant): { status: Status; until: Instant } | undefined => {
  if (!before || now > before.at + undoableFor) return undefined;
  return { status: before.status, until: before.at + undoableFor };
};

/** Throws status_conflict when there is no mark, or none that can still be undone. */
export const mustBeUndoable = ({ before }: Marked, now: Instant): NonNullable<Marked['before']> => {
  if (!before) throw new Problem('status_conflict', { detail: 'There is nothing to undo.' });
  if (!undoOf({ before }, now))
    throw new Problem('status_conflict', { detail: 'A mark can be undone for seven days.' });
  return before;
};

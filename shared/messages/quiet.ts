import type { Period } from '../business/catalogue.ts';
import {
  addDays,
  type Instant,
  instantAtOrAfter,
  localDate,
  localTime,
  minute,
  offsetMinutes,
} from '../platform/time.ts';

/** Quiet from `from` on, no longer at `until`. */
export interface QuietWindow {
  from: Instant;
  until: Instant;
}

/** A message that must go before the quiet hours goes this long before them: schedules are up to a minute late. */
export const beforeQuiet = 5 * minute;
/** A message before a visit is of use until this long before its start. */
export const latestBeforeStart = 60 * minute;

/** Of a local time that the autumn change repeats the later one: quiet hours last until the clock shows their end for good. */
const lastTime = (instant: Instant, zone: string): Instant => {
  const setBack = offsetMinutes(instant, zone) - offsetMinutes(instant + 180 * minute, zone);
  const later = instant + setBack * minute;
  return setBack > 0 && localTime(later, zone) === localTime(instant, zone) ? later : instant;
};

/** `24:00` as a beginning is the next day's `00:00`. */
const beginning = (time: string): string => (time === '24:00' ? '00:00' : time);

/**
 * The quiet hours around an instant, by the location's clock; they may span midnight. Equal times (or 00:00 to 24:00)
 * leave no hour to send in and therefore mean that there are no quiet hours.
 */
export const quietWindow = (instant: Instant, quietHours: Period, zone: string): QuietWindow | undefined => {
  const from = beginning(quietHours.from);
  const { until } = quietHours;
  if (from === beginning(until)) return undefined;
  const today = localDate(instant, zone);
  for (const date of [addDays(today, -1), today]) {
    const window = {
      from: instantAtOrAfter(date, from, zone),
      until: lastTime(instantAtOrAfter(until <= from ? addDays(date, 1) : date, until, zone), zone),
    };
    if (window.from <= instant && instant < window.until) return window;
  }
  return undefined;
};

/**
 * The instant, or the end of the quiet hours that it falls into. With `before` (the start of the visit) it is
 * instead just before those quiet hours began, where their end would come after or less than an hour before it.
 */
export const outsideQuiet = (instant: Instant, quietHours: Period, zone: string, before?: Instant): Instant => {
  const window = quietWindow(instant, quietHours, zone);
  if (!window) return instant;
  if (before !== undefined && window.until > before - latestBeforeStart) return window.from - beforeQuiet;
  return window.until;
};

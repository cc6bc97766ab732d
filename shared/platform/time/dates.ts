import type { Interval } from './intervals.ts';
import { addDays, daysBetween, type Instant, instantOf, type LocalDate, LocalTimeMissing, localDate } from './time.ts';

/** Every local day from the first to the last, both included. Counted, since years beyond 9999 don't sort as text. */
export const datesBetween = (first: LocalDate, last: LocalDate): LocalDate[] =>
  Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));

/** Local days of the zone that the interval touches. */
export const datesTouched = ({ from, until }: Interval, zone: string): LocalDate[] =>
  datesBetween(localDate(from, zone), localDate(until - 1, zone));

/**
 * The instant of a local time on the day, so that clock changes keep the time by the clock: of a time that the autumn
 * change repeats the earlier; undefined for one that the spring change skips.
 */
export const instantOn = (date: LocalDate, time: string, zone: string): Instant | undefined => {
  try {
    return instantOf(date, time, zone);
  } catch (error) {
    if (error instanceof LocalTimeMissing) return undefined;
    throw error;
  }
};

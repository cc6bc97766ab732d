import { addDays, daysBetween, type LocalDate, localDate } from '../platform/time.ts';
import type { Interval } from './intervals.ts';

/** Every local day from the first to the last, both included. Counted, since years beyond 9999 don't sort as text. */
export const datesBetween = (first: LocalDate, last: LocalDate): LocalDate[] =>
  Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));

/** Local days of the zone that the interval touches. */
export const datesTouched = ({ from, until }: Interval, zone: string): LocalDate[] =>
  datesBetween(localDate(from, zone), localDate(until - 1, zone));

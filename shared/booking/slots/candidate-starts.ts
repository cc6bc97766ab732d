import { instantOn } from '../../platform/time/dates.ts';
import type { Interval } from '../../platform/time/intervals.ts';
import { addDays, day, type LocalDate, minute, startOfDay } from '../../platform/time/time.ts';

const wallClock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/**
 * The instants of every `stepMinutes` of the local day that lie in one of the windows. A local time that the spring
 * change skips is left out; of one that the autumn change repeats the earlier is taken.
 */
export const candidateStarts = (
  date: LocalDate,
  zone: string,
  stepMinutes: number,
  windows: readonly Interval[],
): number[] => {
  const midnight = startOfDay(date, zone);
  const even = startOfDay(addDays(date, 1), zone) - midnight === day;
  const starts: number[] = [];
  for (let minutes = 0; minutes < 1440; minutes += stepMinutes) {
    const start = even ? midnight + minutes * minute : instantOn(date, wallClock(minutes), zone);
    if (start !== undefined && windows.some((window) => window.from <= start && start < window.until))
      starts.push(start);
  }
  return starts;
};

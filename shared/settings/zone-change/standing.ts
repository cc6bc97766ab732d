import type { BookedTime } from '../../booking/day-pages/booked-times.ts';
import type { DiaryPage } from '../../booking/day-pages/pages.ts';
import { datesTouched } from '../../platform/time/dates.ts';
import { minute, startOfDay } from '../../platform/time/time.ts';

/** Diary pages by the id of their owner, as they are read. */
type Pages = ReadonlyMap<string, readonly DiaryPage[]>;

/** No law has moved a clock by more; near midnight the day beside counts, too. */
const maxShift = 180 * minute;

/** Reaches onto the days beside where it lies near midnight. */
export const withNeighbours = (time: BookedTime): BookedTime => ({
  ...time,
  from: time.from - maxShift,
  until: time.until + maxShift,
});

/** Whether other rules of a zone can put any of the times on other days. */
export const isNearMidnight = (times: readonly BookedTime[]): boolean =>
  times.some((time) => {
    const [days, around] = [datesTouched(time, time.zone), datesTouched(withNeighbours(time), time.zone)];
    return days.length !== around.length;
  });

/** A time on each page that has the holder, by which the page is found. */
export const standsOn = (read: Pages, holderId: string): BookedTime[] =>
  [...read.values()].flat().flatMap(({ owner: { id: ownerId, group, zone }, date, busy }) => {
    if (!busy.some(({ id }) => id === holderId)) return [];
    const from = startOfDay(date, zone);
    return [{ ownerId, group, zone, from, until: from + minute }];
  });

const pageKeys = (times: readonly BookedTime[]): Set<string> =>
  new Set(times.flatMap((time) => datesTouched(time, time.zone).map((date) => `${time.ownerId} ${date}`)));

export const isSameKeys = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key));

/** Whether both stand on the same pages. */
export const isSamePages = (a: readonly BookedTime[], b: readonly BookedTime[]): boolean =>
  isSameKeys(pageKeys(a), pageKeys(b));

import type { TransactionWrite } from '../../platform/table/transact.ts';
import { datesTouched } from '../../platform/time/dates.ts';
import type { DiaryOwner } from '../slots/owner.ts';
import type { BookedTime } from './booked-times.ts';
import type { BusyTime, DiaryPage, DiaryPages } from './pages.ts';

const ownerIn = ({ ownerId, group, zone }: BookedTime): DiaryOwner => ({ id: ownerId, group, zone });

/** Holder of times of the diary: an appointment, a hold, an offer, a block. */
export interface TimeHolder {
  id: string;
  occupies: readonly BookedTime[];
  /** Seats in a group lesson. */
  seats?: number | undefined;
  /** Time at which they are free again by themselves; absent: never. */
  expiresAt?: number | undefined;
}

/**
 * Parts of a transaction that take some holders' times off the diary and put others' on, each page once. Whoever
 * takes times gives up those that it had. `pages` must hold every page that either touches.
 */
export const diaryWrites = (
  store: DiaryPages,
  pages: Map<string, DiaryPage[]>,
  leaving: readonly TimeHolder[],
  taking: readonly TimeHolder[],
): TransactionWrite[] => {
  const touched = new Set(
    [...leaving, ...taking].flatMap(({ occupies }) =>
      occupies.flatMap((time) => datesTouched(time, time.zone).map((date) => `${time.ownerId} ${date}`)),
    ),
  );
  const gone = new Set([...leaving, ...taking].map(({ id }) => id));
  return [...pages.values()].flat().flatMap((page) => {
    if (!touched.delete(`${page.owner.id} ${page.date}`)) return [];
    const taken = taking.flatMap(({ id, occupies, seats, expiresAt }) =>
      occupies
        .filter((time) => time.ownerId === page.owner.id && datesTouched(time, time.zone).includes(page.date))
        .map(({ from, until, lesson }): BusyTime => ({ from, until, id, lesson, seats, expiresAt })),
    );
    return [store.write(page, [...page.busy.filter(({ id }) => !gone.has(id)), ...taken])];
  });
};

/** The pages on which the times stand, added to those already `known`. */
export const pagesOf = async (
  store: DiaryPages,
  times: readonly BookedTime[],
  known: Map<string, DiaryPage[]> = new Map(),
): Promise<Map<string, DiaryPage[]>> => {
  const all = new Map(known);
  const lacking = times.filter((time) =>
    datesTouched(time, time.zone).some((date) => !all.get(time.ownerId)?.some((page) => page.date === date)),
  );
  for (const time of lacking) {
    for (const [id, read] of await store.read([ownerIn(time)], time, true)) {
      const pages = all.get(id) ?? [];
      all.set(id, [...pages, ...read.filter(({ date }) => !pages.some((page) => page.date === date))]);
    }
  }
  return all;
};

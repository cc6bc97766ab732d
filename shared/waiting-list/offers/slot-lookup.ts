import { busyOn, type DiaryPages } from '../../booking/day-pages/pages.ts';
import { boundsOf } from '../../booking/slots/bounds.ts';
import { type FreeTime, freeTimes, rangeOf } from '../../booking/slots/free-times.ts';
import { ownersOf, type VisitRequest, visitMinutes } from '../../booking/slots/request.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Interval, overlaps } from '../../platform/time/intervals.ts';
import { day, type Instant, type LocalDate, localDate, minute } from '../../platform/time/time.ts';
import { daysWithin, offerEnd, suits } from '../rules.ts';
import type { Waiting } from '../store.ts';

/**
 * The starts that meet a released time and lie beyond the end of an offer that is made now, as the diaries were when
 * somebody looked last: who wants the same needs no second look, until an offer has changed them. `leaving`: ids whose
 * times on the diary count as free. `offers`: ids of those that stand, whose ends have schedules of their own.
 */
export const createSlotLookup = (
  { pages, now }: { pages: DiaryPages; now: Clock },
  catalogueIndex: CatalogueIndex,
  freed: Interval,
  leaving: readonly string[] = [],
  offers: ReadonlySet<string> = new Set(),
) => {
  const seen = new Map<string, Promise<FreeTime[]>>();
  let heldUntil: Instant | undefined;
  /** First the very time that was released, then later ones, then those that only reach into it, the nearest first. */
  const early = ({ startsAt }: FreeTime): number =>
    startsAt >= freed.from ? startsAt - freed.from : freed.until - startsAt + day;
  const look = async (request: VisitRequest, days: { from: LocalDate; to: LocalDate }): Promise<FreeTime[]> => {
    const read = await pages.read(ownersOf(catalogueIndex, request), rangeOf(request, days.from, days.to), false);
    const busy = new Map([...read].map(([id, list]) => [id, busyOn(list, leaving)]));
    for (const { id, expiresAt, ...time } of [...busy.values()].flat()) {
      if (expiresAt === undefined || offers.has(id) || !overlaps(time, freed)) continue;
      heldUntil = Math.min(expiresAt, heldUntil ?? expiresAt);
    }
    const { earliest, ...bounds } = boundsOf(catalogueIndex, now());
    const beyond = { ...bounds, earliest: Math.max(earliest, offerEnd(catalogueIndex, now())) };
    return freeTimes(request, days, beyond, (id) => busy.get(id) ?? [])
      .flatMap(({ times }) => times)
      .filter(({ startsAt, endsAt }) => overlaps({ from: startsAt, until: endsAt }, freed))
      .sort((one, other) => early(one) - early(other));
  };
  return {
    forget: () => seen.clear(),
    /** When the first form loses its hold of some of the released time; looked for where somebody waits for it. */
    heldUntil: () => heldUntil,
    async firstFor(waiting: Waiting, request: VisitRequest): Promise<FreeTime | undefined> {
      const { zone } = request.location;
      const length = visitMinutes(request.wanted) * minute;
      const days = daysWithin(waiting, localDate(freed.from - length, zone), localDate(freed.until - 1, zone));
      if (!days) return undefined;
      const key = JSON.stringify([waiting.services, waiting.staff, waiting.seats, days]);
      const found = seen.get(key) ?? look(request, days);
      seen.set(key, found);
      return (await found).find(({ startsAt }) => suits(waiting, startsAt, zone));
    },
  };
};
export type SlotLookup = ReturnType<typeof createSlotLookup>;

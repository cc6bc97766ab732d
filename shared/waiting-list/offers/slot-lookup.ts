import { busyOn, type DiaryPages } from '../../booking/day-pages/pages.ts';
import type { Taken } from '../../booking/slots/assign.ts';
import { boundsOf } from '../../booking/slots/bounds.ts';
import { type FreeTime, freeTimes, rangeOf, reachOf } from '../../booking/slots/free-times.ts';
import { ownersOf, type VisitRequest } from '../../booking/slots/request.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Interval, overlaps } from '../../platform/time/intervals.ts';
import { day, type Instant, type LocalDate, localDate } from '../../platform/time/time.ts';
import type { FreeThen } from '../line/free-then.ts';
import { daysWithin, offerEnd, suits } from '../rules.ts';
import type { Waiting } from '../store.ts';

/** A start that fits. `isNew`: it would not if the released time were still taken. */
interface Slot extends FreeTime {
  isNew: boolean;
}

/**
 * A released time. `times`: what it took of diaries; absent where it was released before this was kept. `startsBefore`:
 * later starts can wait.
 */
type Freed = Interval & {
  times?: readonly (Taken & { ownerId: string })[] | undefined;
  startsBefore?: Instant | undefined;
};

/**
 * The starts that a released time makes possible, buffers included, and that lie beyond the end of an offer that is made
 * now, as the diaries were when somebody looked last: who wants the same needs no second look, until an offer has changed
 * them. What would fit without the released time is for those only to whom it was not free when they joined, for then more
 * was released in the same moment. `leaving`: ids whose times on the diary count as free. `offers`: ids of those that
 * stand, whose ends have schedules of their own.
 */
export const createSlotLookup = (
  { pages, freeThen, now }: { pages: DiaryPages; freeThen: Pick<FreeThen, 'of'>; now: Clock },
  catalogueIndex: CatalogueIndex,
  freed: Freed,
  leaving: readonly string[] = [],
  offers: ReadonlySet<string> = new Set(),
) => {
  const seen = new Map<string, Promise<Slot[]>>();
  let heldUntil: Instant | undefined;
  /** First the very time that was released, then later ones, then those that only reach into it, the nearest first. */
  const early = ({ startsAt }: FreeTime): number =>
    startsAt >= freed.from ? startsAt - freed.from : freed.until - startsAt + day;
  const takenOf = (ownerId: string): readonly Taken[] => freed.times?.filter((time) => time.ownerId === ownerId) ?? [];
  const look = async (request: VisitRequest, days: { from: LocalDate; to: LocalDate }): Promise<Slot[]> => {
    const owners = ownersOf(catalogueIndex, request);
    if (freed.times && !owners.some(({ id }) => takenOf(id).length > 0)) return [];
    const read = await pages.read(owners, rangeOf(request, days.from, days.to), false);
    const busy = new Map([...read].map(([id, list]) => [id, busyOn(list, leaving)]));
    for (const { id, expiresAt, ...time } of [...busy.values()].flat()) {
      if (expiresAt === undefined || offers.has(id) || !overlaps(time, freed)) continue;
      heldUntil = Math.min(expiresAt, heldUntil ?? expiresAt);
    }
    const { earliest, latest, ...bounds } = boundsOf(catalogueIndex, now());
    const last = Math.min(latest, (freed.startsBefore ?? Number.POSITIVE_INFINITY) - 1);
    const beyond = { ...bounds, latest: last, earliest: Math.max(earliest, offerEnd(catalogueIndex, now())) };
    const fitting = (busyOf: (id: string) => readonly Taken[]): FreeTime[] =>
      freeTimes(request, days, beyond, busyOf).flatMap(({ times }) => times);
    const without = fitting((id) => [...(busy.get(id) ?? []), ...takenOf(id)]);
    const old = new Set(without.map(({ startsAt }) => startsAt));
    return fitting((id) => busy.get(id) ?? [])
      .map((time) => ({ ...time, isNew: !old.has(time.startsAt) }))
      .filter(({ isNew, startsAt, endsAt }) => isNew || overlaps({ from: startsAt, until: endsAt }, freed))
      .sort((one, other) => early(one) - early(other));
  };
  return {
    forget: () => seen.clear(),
    /** Instant at which the first form loses its hold of some of the released time; looked for where somebody waits for it. */
    heldUntil: () => heldUntil,
    async firstFor(waiting: Waiting, request: VisitRequest): Promise<FreeTime | undefined> {
      const { zone } = request.location;
      const { from, until } = reachOf(request, { from: 0, until: 0 });
      const days = daysWithin(waiting, localDate(freed.from - until, zone), localDate(freed.until - from, zone));
      if (!days) return undefined;
      const key = JSON.stringify([waiting.services, waiting.staff, waiting.seats, days]);
      const found = seen.get(key) ?? look(request, days);
      seen.set(key, found);
      const suiting = (await found).filter(({ startsAt }) => suits(waiting, startsAt, zone));
      if (suiting.every(({ isNew }) => isNew)) return suiting[0];
      const then = await freeThen.of(waiting.id);
      return suiting.find(({ isNew, startsAt }) => isNew || !then.has(startsAt));
    },
  };
};
export type SlotLookup = ReturnType<typeof createSlotLookup>;

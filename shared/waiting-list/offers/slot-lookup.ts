import { type BusyTime, busyOn, type DiaryPages } from '../../booking/day-pages/pages.ts';
import type { Taken } from '../../booking/slots/assign.ts';
import { boundsOf } from '../../booking/slots/bounds.ts';
import { type FreeTime, freeTimes, rangeOf, reachOf } from '../../booking/slots/free-times.ts';
import { ownersOf, type VisitRequest } from '../../booking/slots/request.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Interval, overlaps } from '../../platform/time/intervals.ts';
import { day, type Instant, type LocalDate, localDate } from '../../platform/time/time.ts';
import type { FreeThen } from '../line/free-then.ts';
import { stillOffered } from '../request.ts';
import { daysWithin, offerEnd, suits } from '../rules.ts';
import type { Waiting } from '../store.ts';

interface Days {
  from: LocalDate;
  to: LocalDate;
}

/** A visit as a catalogue has it. */
interface Visit {
  index: CatalogueIndex;
  request: VisitRequest;
}

/** A start that fits. `isNew`: it would not if the released time were still taken. */
interface Slot extends FreeTime {
  isNew: boolean;
}

/**
 * A released time. `times`: what it took of diaries; absent where it was released before this was kept. `before`: the
 * catalogue as it was, where a change of the settings released it. `startsBefore`: later starts can wait.
 */
export type Freed = Interval & {
  times?: readonly (Taken & { ownerId: string })[] | undefined;
  before?: CatalogueIndex | undefined;
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
  /** Diaries of all whom the visits may meet when they start on the days. */
  const read = async (visits: readonly Visit[], days: Days): Promise<Map<string, BusyTime[]>> => {
    const owners = new Map(
      visits.flatMap(({ index, request }) => ownersOf(index, request).map((each) => [each.id, each])),
    );
    const ranges = visits.map(({ request }) => rangeOf(request, days.from, days.to));
    const range = {
      from: Math.min(...ranges.map(({ from }) => from)),
      until: Math.max(...ranges.map(({ until }) => until)),
    };
    const found = await pages.read([...owners.values()], range, false);
    return new Map([...found].map(([id, list]) => [id, busyOn(list, leaving)]));
  };
  const noteHolds = (busy: readonly BusyTime[]): void => {
    for (const { id, expiresAt, ...time } of busy) {
      if (expiresAt === undefined || offers.has(id) || !overlaps(time, freed)) continue;
      heldUntil = Math.min(expiresAt, heldUntil ?? expiresAt);
    }
  };
  const look = async (waiting: Waiting, request: VisitRequest, days: Days): Promise<Slot[]> => {
    const visit = { index: catalogueIndex, request };
    if (freed.times && !ownersOf(catalogueIndex, request).some(({ id }) => takenOf(id).length > 0)) return [];
    const past = freed.before && { index: freed.before, request: stillOffered(freed.before, waiting) };
    const hadBeen = past?.request && { ...past, request: past.request };
    const busy = await read(hadBeen ? [visit, hadBeen] : [visit], days);
    noteHolds([...busy.values()].flat());
    const { earliest, latest, ...bounds } = boundsOf(catalogueIndex, now());
    const last = Math.min(latest, (freed.startsBefore ?? Number.POSITIVE_INFINITY) - 1);
    const beyond = { ...bounds, latest: last, earliest: Math.max(earliest, offerEnd(catalogueIndex, now())) };
    const fitting = (of: VisitRequest, busyOf: (id: string) => readonly Taken[]): FreeTime[] =>
      freeTimes(of, days, beyond, busyOf).flatMap(({ times }) => times);
    const busyOf = (id: string) => busy.get(id) ?? [];
    const without = past
      ? hadBeen && fitting(hadBeen.request, busyOf)
      : fitting(request, (id) => [...busyOf(id), ...takenOf(id)]);
    const old = new Set(without?.map(({ startsAt }) => startsAt));
    return fitting(request, busyOf)
      .map((time) => ({ ...time, isNew: !old.has(time.startsAt) }))
      .filter(({ isNew, startsAt, endsAt }) => isNew || (!past && overlaps({ from: startsAt, until: endsAt }, freed)))
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
      const found = seen.get(key) ?? look(waiting, request, days);
      seen.set(key, found);
      const suiting = (await found).filter(({ startsAt }) => suits(waiting, startsAt, zone));
      // Somebody may have joined between a change of the settings and the look at what it released.
      const isReleased = ({ isNew }: Slot): boolean => isNew && !freed.before;
      if (suiting.every(isReleased)) return suiting[0];
      const then = await freeThen.of(waiting.id);
      return suiting.find((slot) => isReleased(slot) || !then.has(slot.startsAt));
    },
  };
};
export type SlotLookup = ReturnType<typeof createSlotLookup>;

import type { BookedTime } from '../booking/day-pages/booked-times.ts';
import { type BusyTime, busyOn, type DiaryPage, type DiaryPages } from '../booking/day-pages/pages.ts';
import { momentOf, type Obstacle } from '../booking/placement/placement.ts';
import { bookedTimesOf } from '../booking/slots/assign.ts';
import { latestStart, staffObstacle } from '../booking/slots/bounds.ts';
import { type FreeTime, fitAt, freeTimes, type Permission, rangeOf, reachOf } from '../booking/slots/free-times.ts';
import type { DiaryOwner } from '../booking/slots/owner.ts';
import { ownersOf, type VisitRequest } from '../booking/slots/request.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { inBatches } from '../platform/batch.ts';
import { datesTouched, instantOn } from '../platform/time/dates.ts';
import type { Interval } from '../platform/time/intervals.ts';
import {
  type Instant,
  instantAtOrAfter,
  isLocalDate,
  isoWithOffset,
  type LocalDate,
  localDate,
  localTime,
} from '../platform/time/time.ts';

/** A time by the location's clock. */
export interface LocalMoment {
  date: LocalDate;
  /** `HH:MM`. */
  time: string;
  /** undefined: the spring change skips it. */
  startsAt: Instant | undefined;
}

export const onDay = (date: LocalDate, time: string, zone: string): LocalMoment => ({
  date,
  time,
  startsAt: instantOn(date, time, zone),
});

/** Reads a field of the type `moment`. Throws invalid_request. */
export const localMomentOf = (text: string, zone: string, path: string): LocalMoment => {
  const [date, time] = [text.slice(0, 10), text.slice(11)];
  if (isLocalDate(date) && /^(?:[01]\d|2[0-3]):[0-5]\d(?::00)?$/.test(time)) return onDay(date, time.slice(0, 5), zone);
  const startsAt = momentOf(text, zone, path);
  return { date: localDate(startsAt, zone), time: localTime(startsAt, zone), startsAt };
};

/** One visit among several that shall be placed together. */
export interface Wish extends LocalMoment {
  request: VisitRequest;
  /** By which its occurrence is known: the rule's own day, or the one on which it was. */
  day: LocalDate;
}

export interface Conflict {
  code: Obstacle | 'time_missing';
  /** ISO 8601 with offset. */
  nearest: { startsAt: string }[];
}

/** A wish that fits. */
export interface Place extends FreeTime {
  occupies: BookedTime[];
}

export interface Places {
  /** In the order of the wishes. */
  found: ({ place: Place } | { conflict: Conflict })[];
  /** All that was read, for the transaction. */
  pages: Map<string, DiaryPage[]>;
}

const maxNearest = 5;
/** Reads of pages at the same time. */
const readsAtOnce = 8;

const merged = (all: readonly Map<string, DiaryPage[]>[]): Map<string, DiaryPage[]> => {
  const pages = new Map<string, Map<LocalDate, DiaryPage>>();
  for (const read of all) {
    for (const [ownerId, list] of read) {
      const known = pages.get(ownerId) ?? new Map<LocalDate, DiaryPage>();
      for (const page of list) if (!known.has(page.date)) known.set(page.date, page);
      pages.set(ownerId, known);
    }
  }
  return new Map([...pages].map(([ownerId, byDate]) => [ownerId, [...byDate.values()]]));
};

/**
 * Places visits one after another, each as if those before it stood on the diary already. `leaving`: ids whose times
 * count as free. What has passed, or lies further ahead than anything may, is `time_unavailable`.
 */
export const createSeriesPlacer = (pages: DiaryPages) => {
  const near = async (
    catalogueIndex: CatalogueIndex,
    { request, date, time, startsAt }: Wish,
    now: Instant,
    leaving: readonly string[],
    taken: ReadonlyMap<string, readonly BusyTime[]>,
  ): Promise<Conflict['nearest']> => {
    const { zone } = request.location;
    const read = await pages.read(ownersOf(catalogueIndex, request), rangeOf(request, date, date), false);
    const busyOf = (id: string) => [...busyOn(read.get(id) ?? [], leaving), ...(taken.get(id) ?? [])];
    const { stepMinutes } = catalogueIndex.settings.booking;
    const bounds = { stepMinutes, earliest: now, latest: latestStart(now) };
    const wanted = startsAt ?? instantAtOrAfter(date, time, zone);
    return freeTimes(request, { from: date, to: date }, bounds, busyOf)
      .flatMap(({ times }) => times)
      .sort((a, b) => Math.abs(a.startsAt - wanted) - Math.abs(b.startsAt - wanted))
      .slice(0, maxNearest)
      .sort((a, b) => a.startsAt - b.startsAt)
      .map((free) => ({ startsAt: isoWithOffset(free.startsAt, zone) }));
  };

  return async (
    catalogueIndex: CatalogueIndex,
    wishes: readonly Wish[],
    options: { now: Instant; permission: Permission; leaving?: readonly string[] },
  ): Promise<Places> => {
    const { now, permission, leaving = [] } = options;
    const owners = new Map<string, DiaryOwner>();
    const reads = await inBatches(wishes, readsAtOnce, async ({ request, startsAt }) => {
      const theirs = ownersOf(catalogueIndex, request);
      for (const owner of theirs) owners.set(owner.id, owner);
      if (startsAt === undefined) return new Map<string, DiaryPage[]>();
      return pages.read(theirs, reachOf(request, { from: startsAt, until: startsAt }), true);
    });
    const read = merged(reads);
    const busy = new Map([...read].map(([id, list]) => [id, busyOn(list, leaving)]));
    const taken = new Map<string, BusyTime[]>();

    const placeOf = ({ request, startsAt }: Wish): Place | Conflict['code'] => {
      if (startsAt === undefined) return 'time_missing';
      if (staffObstacle(request, startsAt, now)) return 'time_unavailable';
      const free = fitAt(request, startsAt, (id) => [...(busy.get(id) ?? []), ...(taken.get(id) ?? [])], permission);
      if (!free) return fitAt(request, startsAt, () => [], permission) ? 'time_taken' : 'time_unavailable';
      const occupies = bookedTimesOf(free.assignments).map((time) => {
        const { group = '', zone: clock = 'UTC' } = owners.get(time.ownerId) ?? {};
        return { ...time, group, zone: clock };
      });
      return { ...free, occupies };
    };

    const places = wishes.map((wish) => {
      const place = placeOf(wish);
      if (typeof place === 'string') return place;
      for (const { ownerId, from, until, lesson } of place.occupies) {
        const { seats } = wish.request;
        taken.set(ownerId, [...(taken.get(ownerId) ?? []), { id: '', from, until, lesson, seats }]);
      }
      return place;
    });
    const found = await inBatches(
      places.map((place, index) => ({ place, wish: wishes[index] as Wish })),
      readsAtOnce,
      async ({ place, wish }) =>
        typeof place === 'string'
          ? { conflict: { code: place, nearest: await near(catalogueIndex, wish, now, leaving, taken) } }
          : { place },
    );
    return { found, pages: read };
  };
};
export type SeriesPlacer = ReturnType<typeof createSeriesPlacer>;

/** ISO 8601 with the offset of the location; without one where the clock skips that time. */
export const momentText = ({ date, time, startsAt }: LocalMoment, zone: string): string =>
  startsAt === undefined ? `${date}T${time}:00` : isoWithOffset(startsAt, zone);

/** Actions of a transaction that DynamoDB takes. */
export const maxActions = 100;

/** Counts the changes, from the first on, that fit one transaction beside `fixed` actions: pages are written once. */
export const fitting = (
  fixed: number,
  changes: readonly { items: number; times: readonly (Interval & { ownerId: string; zone: string })[] }[],
): number => {
  const touched = new Set<string>();
  let actions = fixed;
  for (const [index, { items, times }] of changes.entries()) {
    actions += items;
    for (const time of times) for (const date of datesTouched(time, time.zone)) touched.add(`${time.ownerId} ${date}`);
    if (actions + touched.size > maxActions) return index;
  }
  return changes.length;
};

import type { Directory } from '../../business/directory.ts';
import { Problem, type ProblemExtras } from '../../platform/http/problems.ts';
import type { WritePart } from '../../platform/table/transact.ts';
import { datesTouched } from '../../platform/time/dates.ts';
import {
  day,
  type Instant,
  isoWithOffset,
  LocalTimeMissing,
  localDate,
  minute,
  parseMoment,
  startOfDay,
} from '../../platform/time/time.ts';
import type { Appointment } from '../appointments/store.ts';
import { type BusyTime, busyOn, type DiaryOwner, type DiaryPage, type DiaryPages } from '../day-pages/pages.ts';
import { occupationsOf } from '../slots/assign.ts';
import {
  type FreeTime,
  fitAt,
  type Liberty,
  noLiberty,
  ownersOf,
  reachOf,
  type VisitRequest,
} from '../slots/free-times.ts';
import { type Availability, boundsOf } from './availability.ts';

export type Occupies = Appointment['occupies'];

const unavailable = (detail: string, extras: ProblemExtras = {}): Problem =>
  new Problem('time_unavailable', { detail, errors: [{ path: 'startsAt', message: detail }], ...extras });

/** The instant of what was asked for; refuses the spring gap in words. */
export const momentOf = (text: string, zone: string, path = 'startsAt'): number => {
  try {
    return parseMoment(text, zone);
  } catch (error) {
    if (error instanceof LocalTimeMissing) {
      const message = `${error.message}; choose another time.`;
      throw unavailable(message, { errors: [{ path, message }] });
    }
    throw new Problem('invalid_request', {
      detail: `${path}: ${text} is not a time`,
      errors: [{ path, message: 'is not a time' }],
    });
  }
};

/**
 * Whoever books further ahead has mistyped the year. Clients book within the horizon, which is shorter; what a change of
 * settings touches is looked for just as far.
 */
export const farthestDays = 2 * 366;

export const farthestStart = (now: Instant): Instant => now + farthestDays * day;

/** Why staff may not book a start, whoever is free. They may enter what happened earlier today, not rewrite the past. */
export const staffObstacle = ({ location: { zone } }: VisitRequest, startsAt: number, now: number) => {
  if (startsAt < startOfDay(localDate(now, zone), zone)) return 'That day has passed.';
  if (startsAt > farthestStart(now)) return 'Book at most two years ahead.';
  if (startsAt % minute !== 0) return 'Times are whole minutes.';
  return undefined;
};

/** Staff who may not override are told so by whoever takes the request. */
const nobodyWorks = ({ anyTime, anyHours }: Liberty): string =>
  anyTime && !anyHours
    ? 'Nobody who performs these services works then; `"override": {"hours": true}` books it all the same.'
    : 'Nobody who performs these services works then.';

/** Why clients may not book a start, whoever is free. */
const clientObstacle = (directory: Directory, request: VisitRequest, startsAt: number, now: number) => {
  const { earliest, latest, stepMinutes } = boundsOf(directory, now);
  const { zone } = request.location;
  if (startsAt < now) return 'That time has passed.';
  if (startsAt < earliest) {
    const notice = directory.settings.booking.earliestNoticeMinutes;
    return `Book at least ${notice} minutes ahead.`;
  }
  if (startsAt > latest) return `Book at most ${directory.settings.booking.horizonDays} days ahead.`;
  if (request.wanted.some(({ service }) => service.timetable)) return undefined;
  const local = isoWithOffset(startsAt, zone);
  const minutes = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  if (minutes % stepMinutes !== 0 || startsAt % minute !== 0) {
    return `Times are offered every ${stepMinutes} minutes by the location's clock.`;
  }
  return undefined;
};

/** A visit that fits, with the pages it was checked against. */
export interface Placement extends FreeTime {
  occupies: Occupies;
  pages: Map<string, DiaryPage[]>;
}

export interface PlaceOptions {
  liberty?: Liberty;
  /** Ids whose times on the diary count as free: the appointment that moves, the hold that becomes one. */
  leaving?: readonly string[];
}

/** Why a visit can't be placed. */
export type Obstacle = 'time_taken' | 'time_unavailable';

/**
 * Finds who can take the visit at the time, from pages read consistently.
 * `time_unavailable`: the hours rule it out whoever is free; `time_taken`: somebody has it.
 */
export const createFinder =
  (pages: DiaryPages) =>
  async (
    directory: Directory,
    request: VisitRequest,
    startsAt: number,
    { liberty = noLiberty, leaving = [] }: PlaceOptions = {},
  ): Promise<Placement | Obstacle> => {
    if (!fitAt(request, startsAt, () => [], liberty)) return 'time_unavailable';
    const owners = ownersOf(directory, request);
    const read = await pages.read(owners, reachOf(request, { from: startsAt, until: startsAt }), true);
    const found = fitAt(request, startsAt, (id) => busyOn(read.get(id) ?? [], leaving), liberty);
    if (!found) return 'time_taken';
    const byId = new Map(owners.map((owner) => [owner.id, owner]));
    const occupies = occupationsOf(found.assignments).map((taken) => {
      const { group = '', zone = 'UTC' } = byId.get(taken.ownerId) ?? {};
      return { ...taken, group, zone };
    });
    return { ...found, occupies, pages: read };
  };

/**
 * As the finder, for one visit: throws time_unavailable when a rule or the hours forbid it, time_taken with the
 * nearest free times when somebody has it.
 */
export const createPlacer = (pages: DiaryPages, availability: Availability) => {
  const find = createFinder(pages);
  return async (
    directory: Directory,
    request: VisitRequest,
    startsAt: number,
    now: number,
    options: PlaceOptions = {},
  ): Promise<Placement> => {
    const obstacle = options.liberty?.anyTime
      ? staffObstacle(request, startsAt, now)
      : clientObstacle(directory, request, startsAt, now);
    if (obstacle) throw unavailable(obstacle);
    const found = await find(directory, request, startsAt, options);
    if (typeof found !== 'string') return found;
    const nearest = await availability.nearest(directory, request, startsAt, 5, options.leaving);
    if (found === 'time_unavailable') throw unavailable(nobodyWorks(options.liberty ?? noLiberty), { nearest });
    throw new Problem('time_taken', { detail: 'Somebody else has that time; choose another.', nearest });
  };
};
export type Placer = ReturnType<typeof createPlacer>;

const ownerIn = ({ ownerId, group, zone }: Occupies[number]): DiaryOwner => ({ id: ownerId, group, zone });

/** What takes or gives up times of the diary: an appointment, a hold, an offer, a block. */
export interface Occupant {
  id: string;
  occupies: Occupies;
  /** Of a group lesson. */
  seats?: number | undefined;
  /** When the times are free again by themselves; absent: never. */
  expiresAt?: number | undefined;
}

/**
 * Parts of a transaction that take some occupants' times off the diary and put others' on, each page once. Whoever
 * takes times gives up those that it had. `pages` must hold every page that either touches.
 */
export const diaryWrites = (
  store: DiaryPages,
  pages: Map<string, DiaryPage[]>,
  leaving: readonly Occupant[],
  taking: readonly Occupant[],
): WritePart[] => {
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
  times: Occupies,
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

import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { Problem, type ProblemExtras } from '../../platform/http/problems.ts';
import { LocalTimeMissing, parseMoment } from '../../platform/time/time.ts';
import type { BookedTime } from '../day-pages/booked-times.ts';
import { busyOn, type DiaryPage, type DiaryPages } from '../day-pages/pages.ts';
import { timeTaken, timeUnavailable } from '../problems.ts';
import { bookedTimesOf } from '../slots/assign.ts';
import { clientObstacle, staffObstacle } from '../slots/bounds.ts';
import { type FreeTime, fitAt, hasTimetable, noPermission, type Permission, reachOf } from '../slots/free-times.ts';
import { ownersOf, type VisitRequest } from '../slots/request.ts';
import type { Availability } from './availability.ts';

const unavailable = (detail: string, extras: ProblemExtras<typeof timeUnavailable.members> = {}): Problem =>
  new Problem(timeUnavailable, { detail, errors: [{ path: 'startsAt', message: detail }], ...extras });

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

/** Staff who may not override are told so by whoever takes the request. */
const nobodyWorks = ({ anyTime, anyHours }: Permission): string =>
  anyTime && !anyHours
    ? 'Nobody who performs these services works then; `"override": {"hours": true}` books it all the same.'
    : 'Nobody who performs these services works then.';

/** A visit that fits, with the pages it was checked against. */
export interface Placement extends FreeTime {
  occupies: BookedTime[];
  pages: Map<string, DiaryPage[]>;
}

export interface PlaceOptions {
  permission?: Permission;
  /** Ids whose times on the diary count as free: the appointment that moves, the hold that becomes one. */
  leaving?: readonly string[];
}

/** Reason for which a visit can't be placed. */
export type Obstacle = 'time_taken' | 'time_unavailable';

/**
 * Finds who can take the visit at the time, from pages read consistently.
 * `time_unavailable`: the hours rule it out whoever is free; `time_taken`: somebody has it.
 */
export const createFinder =
  (pages: DiaryPages) =>
  async (
    catalogueIndex: CatalogueIndex,
    request: VisitRequest,
    startsAt: number,
    { permission = noPermission, leaving = [] }: PlaceOptions = {},
  ): Promise<Placement | Obstacle> => {
    const obstacle = fitAt(request, startsAt, () => [], permission) ? 'time_taken' : 'time_unavailable';
    if (obstacle === 'time_unavailable' && !hasTimetable(request)) return obstacle;
    const owners = ownersOf(catalogueIndex, request);
    const read = await pages.read(owners, reachOf(request, { from: startsAt, until: startsAt }), true);
    const found = fitAt(request, startsAt, (id) => busyOn(read.get(id) ?? [], leaving), permission);
    if (!found) return obstacle;
    const byId = new Map(owners.map((owner) => [owner.id, owner]));
    const occupies = bookedTimesOf(found.assignments).map((taken) => {
      const { group = '', zone = 'UTC' } = byId.get(taken.ownerId) ?? {};
      return { ...taken, group, zone };
    });
    return { ...found, occupies, pages: read };
  };

/**
 * Finds a place for one visit: throws time_unavailable when a rule or the hours forbid it, time_taken with the
 * nearest free times when somebody has it.
 */
export const createAllocator = (pages: DiaryPages, availability: Availability) => {
  const find = createFinder(pages);
  return async (
    catalogueIndex: CatalogueIndex,
    request: VisitRequest,
    startsAt: number,
    now: number,
    options: PlaceOptions = {},
  ): Promise<Placement> => {
    const obstacle = options.permission?.anyTime
      ? staffObstacle(request, startsAt, now)
      : clientObstacle(catalogueIndex, request, startsAt, now);
    if (obstacle) throw unavailable(obstacle);
    const found = await find(catalogueIndex, request, startsAt, options);
    if (typeof found !== 'string') return found;
    const nearest = await availability.nearest(catalogueIndex, request, startsAt, 5, options.leaving);
    if (found === 'time_unavailable') throw unavailable(nobodyWorks(options.permission ?? noPermission), { nearest });
    throw new Problem(timeTaken, { detail: 'Somebody else has that time; choose another.', nearest });
  };
};
export type Allocator = ReturnType<typeof createAllocator>;

import type { Resource, Service, StaffMember } from '../../business/catalogue.ts';
import { covers, type Interval, overlaps } from '../../platform/time/intervals.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import { resourceOwnerId } from './owner.ts';

/** One service of a visit and who may perform it, the preferred first; with the rooms and equipment to choose from. */
export interface Segment {
  service: Service;
  locationId: string;
  candidates: readonly StaffMember[];
  /** For each kind that the service needs, what there is of it. */
  resources?: readonly (readonly Resource[])[];
}

/** One service of a visit with its person, its rooms and equipment, and its time. */
export interface Assignment extends Interval {
  service: Service;
  person: StaffMember;
  resources: readonly Resource[];
  /** The group lesson in which it is a place. */
  lesson?: string;
  /** Seats of a group lesson that are free before this visit takes its own. */
  seatsLeft?: number;
}

/** Time of a diary taken by a visit, buffers included. */
export interface Occupation extends Interval {
  ownerId: string;
  /** Whoever comes to the same lesson at the same time shares it. */
  lesson?: string;
}

/** A taken time, as far as it decides whether another fits beside it. */
export interface Taken extends Interval {
  lesson?: string | undefined;
  seats?: number | undefined;
}

/** Days of a person, a room or a piece of equipment: when they work, when they are taken. */
export interface Workload {
  working: readonly Interval[];
  busy: readonly Taken[];
}

/**
 * One group, taught by one person at one place; with the buffer before it, if any, since that tells when what is taken
 * for it begins. No id holds a slash.
 */
const lessonOf = ({ service: { id, bufferBeforeMinutes }, locationId }: Segment, person: StaffMember): string => {
  const group = `${id}/${person.id}/${locationId}`;
  return bufferBeforeMinutes > 0 ? `${group}/${bufferBeforeMinutes}` : group;
};

/** One group at one time. */
export interface Lesson {
  serviceId: string;
  staffId: string;
  locationId: string;
  startsAt: Instant;
}

/** Whether both are the same group at the same time. */
export const isSameLesson = (one: Lesson, other: Lesson): boolean =>
  one.startsAt === other.startsAt &&
  one.serviceId === other.serviceId &&
  one.staffId === other.staffId &&
  one.locationId === other.locationId;

/** The lesson in which the time is a place; undefined for what is none. */
export const lessonIn = ({ from, lesson }: Taken): Lesson | undefined => {
  if (lesson === undefined) return undefined;
  const [serviceId = '', staffId = '', locationId = '', buffer = 0] = lesson.split('/');
  return { serviceId, staffId, locationId, startsAt: from + Number(buffer) * minute };
};

/**
 * Whether both are places in one lesson. How long it takes and its buffers may have changed between two bookings.
 */
const sameLesson = (one: Taken, other: Taken): boolean => {
  const [mine, theirs] = [lessonIn(one), lessonIn(other)];
  return mine !== undefined && theirs !== undefined && isSameLesson(mine, theirs);
};

const ownersOf = ({ person, resources }: Assignment): string[] => [
  person.id,
  ...resources.map(({ id }) => resourceOwnerId(id)),
];

/**
 * Services of one visit follow each other without pause: the client is already there. What one person does in a row
 * takes the first service's buffer before it and the last one's buffer after it; rooms and equipment likewise.
 */
export const bookedTimesOf = (assignments: readonly Assignment[]): Occupation[] => {
  const runs: Occupation[] = [];
  let current = new Map<string, Occupation>();
  for (const assignment of assignments) {
    const { service, lesson, from, until } = assignment;
    const after = until + service.bufferAfterMinutes * minute;
    const next = new Map<string, Occupation>();
    for (const ownerId of ownersOf(assignment)) {
      const goesOn = current.get(ownerId);
      const run = goesOn ?? {
        ownerId,
        from: from - service.bufferBeforeMinutes * minute,
        until: after,
        ...(lesson ? { lesson } : {}),
      };
      if (goesOn) goesOn.until = after;
      else runs.push(run);
      next.set(ownerId, run);
    }
    current = next;
  }
  return runs;
};

const withBuffers = ({ bufferBeforeMinutes, bufferAfterMinutes }: Service, { from, until }: Interval): Interval => ({
  from: from - bufferBeforeMinutes * minute,
  until: until + bufferAfterMinutes * minute,
});

const bufferedUntil = ({ service, until }: Assignment): number => until + service.bufferAfterMinutes * minute;

/** Services of a visit that go before one: the last of them, and earlier ones whose buffers may still run. */
interface Before {
  last?: Assignment;
  earlier: readonly Assignment[];
}

/** Whether the buffer after something earlier in the same visit still takes the owner's time at the instant. */
const isStillBuffered = (earlier: readonly Assignment[], ownerId: string, at: number): boolean =>
  earlier.some((each) => bufferedUntil(each) > at && ownersOf(each).includes(ownerId));

const isFree = ({ busy }: Workload, time: Interval): boolean => !busy.some((taken) => overlaps(taken, time));

/** One free thing of each kind; undefined when one is lacking. Kinds share nothing, so each is chosen by itself. */
const pick = (
  kinds: Segment['resources'] = [],
  isFit: (resource: Resource) => boolean,
  preferred: readonly Resource[] = [],
): Resource[] | undefined => {
  const chosen: Resource[] = [];
  for (const candidates of kinds) {
    const stays = candidates.filter((resource) => preferred.includes(resource));
    const found = [...stays, ...candidates].find(isFit);
    if (!found) return undefined;
    chosen.push(found);
  }
  return chosen;
};

/** Seats of the lesson that are free: none where something else overlaps it. */
const seatsFree = ({ busy }: Workload, lesson: Taken, seats: number): number => {
  let left = seats;
  for (const taken of busy) {
    if (!overlaps(taken, lesson)) continue;
    if (!sameLesson(taken, lesson)) return 0;
    left -= taken.seats ?? 1;
  }
  return left;
};

/** A place in a group lesson: joins the one that is there, in its room, or begins it. */
const assignSeats = (
  segment: Segment,
  seats: number,
  from: number,
  workloadOf: (ownerId: string) => Workload,
): Assignment[] | undefined => {
  const { service, candidates, resources } = segment;
  const most = service.seats ?? 1;
  const until = from + service.durationMinutes * minute;
  const whole = withBuffers(service, { from, until });
  for (const person of candidates) {
    const workload = workloadOf(person.id);
    if (!covers(workload.working, { from, until })) continue;
    const lesson = lessonOf(segment, person);
    const place = { ...whole, lesson };
    const seatsLeft = seatsFree(workload, place, most);
    if (seatsLeft < seats) continue;
    const left = (resource: Resource) => seatsFree(workloadOf(resourceOwnerId(resource.id)), place, most);
    const theirs = resources?.flat().filter((resource) => left(resource) === seatsLeft && seatsLeft < most);
    const chosen = pick(resources, (resource) => left(resource) >= seats, theirs);
    if (chosen) return [{ service, person, resources: chosen, from, until, lesson, seatsLeft }];
  }
  return undefined;
};

/**
 * Assigns people and rooms to each service of a visit that starts at `start`; undefined when it doesn't fit: every
 * service within its person's working time, every person and thing free with buffers. Stays with one person where that
 * is possible. `workloadOf` knows people by id, rooms and equipment by `resourceOwnerId`.
 */
export const assign = (
  segments: readonly Segment[],
  start: number,
  workloadOf: (ownerId: string) => Workload,
  seats = 1,
): Assignment[] | undefined => {
  const [only] = segments;
  if (only?.service.seats !== undefined) return assignSeats(only, seats, start, workloadOf);

  const tidied = ({ person, service, until }: Assignment) =>
    isFree(workloadOf(person.id), { from: until, until: until + service.bufferAfterMinutes * minute });

  const longestBefore = Math.max(0, ...segments.map(({ service }) => service.bufferBeforeMinutes)) * minute;

  // Whether the rest fits depends only on who performed the last service, and on whose buffers from before still run: no
  // such question is asked twice, or many services by anyone would take time that grows with every combination of people.
  const deadEnds = new Set<string>();
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a recursive search on the hot path of availability; its checks share its state, and each part cut out would cost a call at every step
  const search = (index: number, from: number, { last, earlier }: Before): Assignment[] | undefined => {
    const segment = segments[index];
    if (!segment) return !last || tidied(last) ? [] : undefined;
    const key = last ? [index, last.person.id, ...earlier.flatMap(ownersOf)].join(' ') : '';
    if (last && deadEnds.has(key)) return undefined;
    const { service } = segment;
    const until = from + service.durationMinutes * minute;
    const whole = withBuffers(service, { from, until });
    const resources = pick(
      segment.resources,
      (resource) => {
        const id = resourceOwnerId(resource.id);
        if (!isFree(workloadOf(id), whole)) return false;
        return last?.resources.includes(resource) === true || !isStillBuffered(earlier, id, whole.from);
      },
      last?.resources,
    );
    const people =
      last && segment.candidates.includes(last.person)
        ? new Set([last.person, ...segment.candidates])
        : segment.candidates;
    for (const person of resources ? people : []) {
      const staying = person === last?.person;
      const buffer = staying ? 0 : service.bufferBeforeMinutes * minute;
      const workload = workloadOf(person.id);
      if (!covers(workload.working, { from, until })) continue;
      if (!isFree(workload, { from: from - buffer, until }) || (last && !staying && !tidied(last))) continue;
      if (!staying && isStillBuffered(earlier, person.id, from - buffer)) continue;
      const assignment = { service, person, resources: resources ?? [], from, until };
      const before = last ? [...earlier, last].filter((each) => bufferedUntil(each) > until - longestBefore) : earlier;
      const rest = search(index + 1, until, { last: assignment, earlier: before });
      if (rest) return [assignment, ...rest];
    }
    if (last) deadEnds.add(key);
    return undefined;
  };
  return search(0, start, { earlier: [] });
};

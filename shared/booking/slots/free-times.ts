import type { Resource, StaffMember } from '../../business/catalogue.ts';
import { datesBetween } from '../../platform/time/dates.ts';
import { type Interval, overlaps } from '../../platform/time/intervals.ts';
import {
  addDays,
  instantAtOrAfter,
  type LocalDate,
  localDate,
  minute,
  startOfDay,
  weekdayOf,
} from '../../platform/time/time.ts';
import { type Assignment, assign, lessonIn, type Segment, type Taken, type Workload } from './assign.ts';
import { candidateStarts } from './candidate-starts.ts';
import { type Opening, openingOf, workingOf } from './opening-hours.ts';
import { resourceOwnerId } from './owner.ts';
import type { VisitRequest } from './request.ts';
import { resourcesIn, visitMinutes } from './request.ts';

const minutesOfDay = 24 * 60;

/** Things that staff may do and clients may not. */
export interface Permission {
  /** Before the earliest notice, beyond the horizon, off the step of offered times. */
  anyTime: boolean;
  /** Outside opening and working hours: knowingly, and never on top of another appointment. */
  anyHours: boolean;
}

export const noPermission: Permission = { anyTime: false, anyHours: false };

const longest = (request: VisitRequest, buffer: 'bufferBeforeMinutes' | 'bufferAfterMinutes'): number =>
  Math.max(0, ...request.wanted.map(({ service }) => service[buffer])) * minute;

/** All that a visit may take of diaries when it starts between the instants. */
export const reachOf = (request: VisitRequest, { from, until }: Interval): Interval => ({
  from: from - longest(request, 'bufferBeforeMinutes'),
  until: until + visitMinutes(request.wanted) * minute + longest(request, 'bufferAfterMinutes'),
});

/** Opening hours that a visit can meet that starts on one of the local days, those of the night before included. */
const openingFor = ({ location, wanted }: VisitRequest, from: LocalDate, to: LocalDate): Opening =>
  openingOf(location, addDays(from, -1), addDays(to, Math.max(1, Math.ceil(visitMinutes(wanted) / minutesOfDay))));

/**
 * Days that must be read of diaries to place, within opening hours, a visit that starts on one of the local days; empty when
 * the location is closed. Hours spare the pages of the days beside, which may lie in another partition.
 */
export const rangeOf = (request: VisitRequest, from: LocalDate, to: LocalDate): Interval => {
  const { zone } = request.location;
  const days = { from: startOfDay(from, zone), until: startOfDay(addDays(to, 1), zone) };
  const { open } = openingFor(request, from, to);
  const windows = open.filter((window) => overlaps(window, days));
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return { from: days.from, until: days.from };
  const reach = reachOf(request, days);
  return {
    from: Math.max(reach.from, first.from - longest(request, 'bufferBeforeMinutes')),
    until: Math.min(reach.until, last.until + longest(request, 'bufferAfterMinutes')),
  };
};

/** Days on which a room or a piece of equipment can't be used. */
const closedTimes = ({ closed }: Resource, zone: string): Interval[] =>
  closed.map(({ from, until }) => ({ from: startOfDay(from, zone), until: startOfDay(addDays(until, 1), zone) }));

const always: readonly Interval[] = [{ from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }];

type BusyOf = (ownerId: string) => readonly Taken[];

/** Working times of everybody over the local days, and as long after them as the visit may take. */
const workloads = (
  request: VisitRequest,
  from: LocalDate,
  to: LocalDate,
  busyOf: BusyOf,
  { anyHours }: Permission,
): { open: readonly Interval[]; loads: ReadonlyMap<string, Workload> } => {
  const { location, wanted } = request;
  const opening = openingFor(request, from, to);
  const people = new Set(wanted.flatMap(({ candidates }) => candidates));
  const loads = new Map<string, Workload>();
  for (const person of people) {
    const working = anyHours ? always : workingOf(person, location, opening);
    loads.set(person.id, { working, busy: busyOf(person.id) });
  }
  for (const resource of resourcesIn(request)) {
    const id = resourceOwnerId(resource.id);
    const closed = anyHours ? [] : closedTimes(resource, location.zone);
    loads.set(id, { working: always, busy: [...busyOf(id), ...closed] });
  }
  return { open: opening.open, loads };
};

/** Keeps of the workloads only those that a visit can meet within its reach, so that one day's search doesn't look at two months. */
const meeting = (loads: ReadonlyMap<string, Workload>, reach: Interval): ((ownerId: string) => Workload) => {
  const near = <T extends Interval>(times: readonly T[]) => times.filter((time) => overlaps(time, reach));
  const met = new Map(
    [...loads].map(([id, { working, busy }]) => [id, { working: near(working), busy: near(busy) }] as const),
  );
  return (id) => met.get(id) ?? { working: [], busy: [] };
};

const minutesTaken = (busy: readonly Interval[], within: Interval): number =>
  busy.reduce(
    (sum, time) => sum + Math.max(0, Math.min(time.until, within.until) - Math.max(time.from, within.from)),
    0,
  );

/** Puts first, where anyone will do, whoever has the least to do that day, so that work spreads evenly. */
const segmentsFor = (
  { location, wanted }: VisitRequest,
  day: Interval,
  workloadOf: (id: string) => Workload,
): Segment[] => {
  const load = (person: StaffMember) => minutesTaken(workloadOf(person.id).busy, day);
  return wanted.map(({ service, candidates, resources }) => ({
    service,
    locationId: location.id,
    candidates: candidates.length > 1 ? [...candidates].sort((a, b) => load(a) - load(b)) : candidates,
    resources,
  }));
};

export interface FreeTime {
  startsAt: number;
  endsAt: number;
  assignments: Assignment[];
}

const dayOf = (date: LocalDate, zone: string): Interval => ({
  from: startOfDay(date, zone),
  until: startOfDay(addDays(date, 1), zone),
});

/** Whether it is given at the times of a timetable, and where somebody comes to it already. */
export const hasTimetable = ({ wanted: [only] }: VisitRequest): boolean => only?.service.timetable !== undefined;

/**
 * Times at which a lesson with a timetable is given on the local day, and by whom: those of the timetable, and those to
 * which somebody comes, for it was kept when the timetable changed, or moved as a whole. undefined for what has none.
 */
const lessonsOn = (
  { location, wanted: [only] }: VisitRequest,
  date: LocalDate,
  workloadOf: (ownerId: string) => Workload,
): Map<number, Set<string>> | undefined => {
  if (!only?.service.timetable) return undefined;
  const weekday = weekdayOf(date);
  const starts = new Map<number, Set<string>>();
  const add = (start: number, staffId: string) => starts.set(start, (starts.get(start) ?? new Set()).add(staffId));
  for (const lesson of only.service.timetable) {
    if (lesson.location !== location.id || lesson.weekday !== weekday) continue;
    add(instantAtOrAfter(date, lesson.time, location.zone), lesson.staff);
  }
  for (const taken of only.candidates.flatMap(({ id }) => workloadOf(id).busy)) {
    const given = lessonIn(taken);
    if (given?.serviceId !== only.service.id || given.locationId !== location.id) continue;
    if (localDate(given.startsAt, location.zone) === date) add(given.startsAt, given.staffId);
  }
  return starts;
};

const taughtBy = (segments: readonly Segment[], teachers: ReadonlySet<string> | undefined): readonly Segment[] =>
  teachers
    ? segments.map((segment) => ({ ...segment, candidates: segment.candidates.filter(({ id }) => teachers.has(id)) }))
    : segments;

/** Pure: every start on the step, or of the lesson's timetable, at which the visit fits, by local day. */
export const freeTimes = (
  request: VisitRequest,
  days: { from: LocalDate; to: LocalDate },
  bounds: { stepMinutes: number; earliest: number; latest: number },
  busyOf: BusyOf,
): { date: LocalDate; times: FreeTime[] }[] => {
  const { location, seats } = request;
  const { open, loads } = workloads(request, days.from, days.to, busyOf, noPermission);
  const length = visitMinutes(request.wanted) * minute;
  return datesBetween(days.from, days.to).map((date) => {
    const whole = dayOf(date, location.zone);
    const windows = open.filter((window) => overlaps(window, whole));
    if (windows.length === 0 || whole.until <= bounds.earliest || bounds.latest < whole.from)
      return { date, times: [] };
    const workloadOf = meeting(loads, reachOf(request, whole));
    const segments = segmentsFor(request, whole, workloadOf);
    const lessons = lessonsOn(request, date, workloadOf);
    const starts = lessons
      ? [...lessons.keys()].sort((a, b) => a - b)
      : candidateStarts(date, location.zone, bounds.stepMinutes, windows);
    const times = starts
      .filter((start) => start >= bounds.earliest && start <= bounds.latest)
      .flatMap((startsAt) => {
        const assignments = assign(taughtBy(segments, lessons?.get(startsAt)), startsAt, workloadOf, seats);
        return assignments ? [{ startsAt, endsAt: startsAt + length, assignments }] : [];
      });
    return { date, times };
  });
};

/** Pure: the visit at just that instant, whatever the step, or undefined when it doesn't fit. */
export const fitAt = (
  request: VisitRequest,
  startsAt: number,
  busyOf: BusyOf,
  permission: Permission = noPermission,
): FreeTime | undefined => {
  const { location, seats } = request;
  const date = localDate(startsAt, location.zone);
  const whole = dayOf(date, location.zone);
  const { loads } = workloads(request, date, date, busyOf, permission);
  const workloadOf = meeting(loads, reachOf(request, whole));
  const lessons = permission.anyHours ? undefined : lessonsOn(request, date, workloadOf);
  if (lessons && !lessons.has(startsAt)) return undefined;
  const segments = taughtBy(segmentsFor(request, whole, workloadOf), lessons?.get(startsAt));
  const assignments = assign(segments, startsAt, workloadOf, seats);
  return assignments && { startsAt, endsAt: startsAt + visitMinutes(request.wanted) * minute, assignments };
};

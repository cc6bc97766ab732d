import { anyone, type Location, type Service, type StaffMember } from '../business/catalogue.ts';
import type { Directory } from '../business/directory.ts';
import { unprocessable } from '../platform/problems.ts';
import { addDays, type LocalDate, minute, startOfDay } from '../platform/time.ts';
import { candidateStarts } from './candidates.ts';
import { datesBetween } from './dates.ts';
import { openingOf, workingOf } from './hours.ts';
import { type Interval, overlaps } from './intervals.ts';
import type { DiaryOwner } from './pages.ts';
import { type Assignment, assign, type Segment, visitMinutes, type Workload } from './visit.ts';

/** What is asked for: services in order, each by a person or anyone. Ids are known to exist. */
export interface VisitRequest {
  location: Location;
  wanted: readonly { service: Service; asked: string; candidates: readonly StaffMember[] }[];
}

/** The request with its ids looked up; throws unprocessable that names the field, `paths` tells how the caller names them. */
export const resolveVisit = (
  directory: Directory,
  locationId: string,
  wanted: readonly { serviceId: string; staffId: string }[],
  paths: { location: string; service(index: number): string; staff(index: number): string },
): VisitRequest => {
  const location = directory.needLocation(locationId, paths.location);
  return {
    location,
    wanted: wanted.map(({ serviceId, staffId }, index) => {
      const service = directory.needService(serviceId, paths.service(index));
      if (!directory.offeredAt(service, locationId)) {
        throw unprocessable(paths.service(index), `"${serviceId}" is not offered at "${locationId}"`);
      }
      const performers = directory.performers(serviceId, locationId);
      if (staffId === anyone) return { service, asked: anyone, candidates: performers };
      const person = directory.needPerson(staffId, paths.staff(index));
      if (!performers.includes(person)) {
        throw unprocessable(paths.staff(index), `"${staffId}" does not perform "${serviceId}" at "${locationId}"`, [
          ...performers.map(({ id }) => id),
          anyone,
        ]);
      }
      return { service, asked: staffId, candidates: [person] };
    }),
  };
};

export const ownersOf = (directory: Directory, request: VisitRequest): DiaryOwner[] => {
  const people = new Set(request.wanted.flatMap(({ candidates }) => candidates));
  return [...people].map((person) => ownerOf(directory, person));
};

export const ownerOf = (directory: Directory, person: StaffMember): DiaryOwner => ({
  id: person.id,
  group: person.locations[0] ?? '',
  zone: directory.diaryZone(person),
});

const longest = (request: VisitRequest, buffer: 'bufferBeforeMinutes' | 'bufferAfterMinutes'): number =>
  Math.max(0, ...request.wanted.map(({ service }) => service[buffer])) * minute;

/** All that a visit may take of diaries when it starts between the instants. */
export const reachOf = (request: VisitRequest, { from, until }: Interval): Interval => ({
  from: from - longest(request, 'bufferBeforeMinutes'),
  until: until + visitMinutes(request.wanted) * minute + longest(request, 'bufferAfterMinutes'),
});

/** What must be known of diaries to place a visit that starts on one of the local days. */
export const rangeOf = (request: VisitRequest, from: LocalDate, to: LocalDate): Interval =>
  reachOf(request, {
    from: startOfDay(from, request.location.zone),
    until: startOfDay(addDays(to, 1), request.location.zone),
  });

/** Working times of the people over the local days, the night before and the night after included. */
const workloads = (
  { location, wanted }: VisitRequest,
  from: LocalDate,
  to: LocalDate,
  busyOf: (personId: string) => readonly Interval[],
): { open: readonly Interval[]; loads: ReadonlyMap<string, Workload> } => {
  const opening = openingOf(location, datesBetween(addDays(from, -1), addDays(to, 1)));
  const people = new Set(wanted.flatMap(({ candidates }) => candidates));
  const loads = new Map<string, Workload>();
  for (const person of people)
    loads.set(person.id, { working: workingOf(person, location, opening), busy: busyOf(person.id) });
  return { open: opening.open, loads };
};

/** What of the workloads a visit can meet within its reach, so that one day's search doesn't look at two months. */
const meeting = (loads: ReadonlyMap<string, Workload>, reach: Interval): ((personId: string) => Workload) => {
  const near = (times: readonly Interval[]) => times.filter((time) => overlaps(time, reach));
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

/** Where anyone will do, whoever has the least to do that day comes first, so that work spreads evenly. */
const segmentsFor = ({ wanted }: VisitRequest, day: Interval, workloadOf: (id: string) => Workload): Segment[] => {
  const load = (person: StaffMember) => minutesTaken(workloadOf(person.id).busy, day);
  return wanted.map(({ service, candidates }) => ({
    service,
    candidates: candidates.length > 1 ? [...candidates].sort((a, b) => load(a) - load(b)) : candidates,
  }));
};

export interface FreeTime {
  startsAt: number;
  endsAt: number;
  assignments: Assignment[];
}

/** Pure: every start on the step at which the visit fits, by local day. */
export const freeTimes = (
  request: VisitRequest,
  days: { from: LocalDate; to: LocalDate },
  bounds: { stepMinutes: number; earliest: number; latest: number },
  busyOf: (personId: string) => readonly Interval[],
): { date: LocalDate; times: FreeTime[] }[] => {
  const { location } = request;
  const { open, loads } = workloads(request, days.from, days.to, busyOf);
  const length = visitMinutes(request.wanted) * minute;
  return datesBetween(days.from, days.to).map((date) => {
    const whole = { from: startOfDay(date, location.zone), until: startOfDay(addDays(date, 1), location.zone) };
    const windows = open.filter((window) => overlaps(window, whole));
    if (windows.length === 0 || whole.until <= bounds.earliest || bounds.latest < whole.from)
      return { date, times: [] };
    const workloadOf = meeting(loads, reachOf(request, whole));
    const segments = segmentsFor(request, whole, workloadOf);
    const times = candidateStarts(date, location.zone, bounds.stepMinutes, windows)
      .filter((start) => start >= bounds.earliest && start <= bounds.latest)
      .flatMap((startsAt) => {
        const assignments = assign(segments, startsAt, workloadOf);
        return assignments ? [{ startsAt, endsAt: startsAt + length, assignments }] : [];
      });
    return { date, times };
  });
};

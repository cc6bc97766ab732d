import type { Appointment, Appointments } from '../../booking/appointments/appointments.ts';
import { type Rescheduling, rescheduled } from '../../booking/appointments/reschedule.ts';
import { busyOn, type DiaryPages } from '../../booking/day-pages/pages.ts';
import type { Allocator, Placement } from '../../booking/placement/placement.ts';
import { timeTaken } from '../../booking/problems.ts';
import { bookedTimesOf, type Lesson } from '../../booking/slots/assign.ts';
import { reachOf } from '../../booking/slots/free-times.ts';
import { ownersOf, resolveVisit, type VisitRequest } from '../../booking/slots/request.ts';
import { anyone, type Resource } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { Problem, unprocessable } from '../../platform/http/problems.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { overlaps } from '../../platform/time/intervals.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import { createInTheWay } from '../in-the-way.ts';
import type { Notify, Override } from '../override.ts';

/** Fields that are absent stay as they are. */
export interface LessonChange {
  staffId?: string | undefined;
  startsAt?: string | undefined;
  resources?: readonly string[] | undefined;
  override?: Override;
  notify?: Notify;
}

const durationOf = ({ services: [line] }: Appointment): number => line?.durationMinutes ?? 0;

export const resourcesOf = ({ services: [line] }: Appointment): readonly string[] => line?.resources ?? [];

/** Rooms and equipment to choose from: those that are named, else where it is now before the others. */
const resourcesFor = (
  kinds: readonly (readonly Resource[])[],
  present: readonly string[],
  named: readonly string[] = [],
): Resource[][] => {
  const known = kinds.flat().map(({ id }) => id);
  const unknown = named.findIndex((id) => !known.includes(id));
  if (unknown >= 0) throw unprocessable(`resources[${unknown}]`, 'is nothing that the lesson needs there', known);
  return kinds.map((kind) => {
    const chosen = kind.filter(({ id }) => named.includes(id));
    if (chosen.length > 0) return chosen;
    return [...kind].sort((a, b) => Number(present.includes(b.id)) - Number(present.includes(a.id)));
  });
};

/** One visit with the seats of all who come. Throws unprocessable. */
export const requestForAll = (
  catalogueIndex: CatalogueIndex,
  { serviceId, staffId, locationId }: Lesson,
  coming: readonly Appointment[],
  change: LessonChange,
): VisitRequest => {
  const paths = { location: 'lessonId', service: () => 'lessonId', staff: () => 'staffId' };
  const wanted = [{ serviceId, staffId: change.staffId ?? staffId }];
  const request = resolveVisit(catalogueIndex, locationId, wanted, paths);
  const seats = coming.reduce((sum, each) => sum + (each.seats ?? 1), 0);
  return {
    ...request,
    seats,
    wanted: request.wanted.map((line) => ({
      ...line,
      service: {
        ...line.service,
        durationMinutes: Math.max(...coming.map(durationOf)),
        // A seat that is booked stays booked, also where the service has fewer by now.
        seats: Math.max(line.service.seats ?? 1, seats),
      },
      resources: resourcesFor(line.resources, coming.flatMap(resourcesOf), change.resources),
    })),
  };
};

/** The appointment at the lesson's new place: as long as it was, and with whom the client asked for. */
export const movedWithAll = (
  from: Appointment,
  request: VisitRequest,
  placement: Placement,
  circumstances: Rescheduling,
) => {
  const [assigned] = placement.assignments;
  const [line] = request.wanted;
  if (!assigned || !line) throw new Error('a lesson is placed whole or not at all');
  const service = { ...line.service, durationMinutes: durationOf(from) };
  const asked = from.services[0]?.asked === anyone ? anyone : line.asked;
  const until = assigned.from + service.durationMinutes * minute;
  const assignments = [{ ...assigned, service, until }];
  const owners = new Map(placement.occupies.map(({ ownerId, group, zone }) => [ownerId, { group, zone }]));
  const occupies = bookedTimesOf(assignments).map((time) => ({
    ...time,
    ...(owners.get(time.ownerId) ?? { group: '', zone: 'UTC' }),
  }));
  const own = { ...request, seats: from.seats ?? 1, wanted: [{ ...line, service, asked }] };
  return {
    from,
    ...rescheduled(from, own, { startsAt: assigned.from, endsAt: until, assignments, occupies }, circumstances),
  };
};

/** Places all who come together. Throws time_taken with the appointments in the way, time_unavailable. */
export const createPlaceAll = (deps: {
  appointments: Pick<Appointments, 'get'>;
  pages: DiaryPages;
  place: Allocator;
  now: Clock;
}) => {
  const { appointments, pages, place, now } = deps;
  const inTheWay = createInTheWay(appointments);

  /** The teacher's times, if any is in the way, else those of rooms and equipment. */
  const busyTimes = async (
    catalogueIndex: CatalogueIndex,
    request: VisitRequest,
    startsAt: Instant,
    leaving: readonly string[],
  ) => {
    const reach = reachOf(request, { from: startsAt, until: startsAt });
    const read = await pages.read(ownersOf(catalogueIndex, request), reach, true);
    const busyOf = (ids: readonly string[]) =>
      ids.flatMap((id) => busyOn(read.get(id) ?? [], leaving)).filter((time) => overlaps(time, reach));
    const theirs = busyOf(request.wanted.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
    return theirs.length > 0 ? theirs : busyOf([...read.keys()]);
  };

  return async (
    catalogueIndex: CatalogueIndex,
    request: VisitRequest,
    startsAt: Instant,
    leaving: readonly string[],
    override: Override,
  ): Promise<Placement> => {
    const permission = { anyTime: true, anyHours: override !== undefined };
    try {
      return await place(catalogueIndex, request, startsAt, now(), { permission, leaving });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== timeTaken.code) throw error;
      const busy = await busyTimes(catalogueIndex, request, startsAt, leaving);
      throw busy.length > 0 ? await inTheWay(busy) : error;
    }
  };
};

import { anyone } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { Problem } from '../../platform/http/problems.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Instant, localDate } from '../../platform/time/time.ts';
import type { DiaryPages } from '../day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../day-pages/writes.ts';
import type { Placement } from '../placement/placement.ts';
import type { VisitRequest } from '../slots/request.ts';
import type { Appointment, Change } from './appointments.ts';
import { isLesson, linesOf } from './draft.ts';

/**
 * The visit as it was asked for, so that it can be placed again: who was named stays, anyone may change. Throws
 * status_conflict when it is no longer offered like that.
 */
export const visitAgain = (
  catalogueIndex: CatalogueIndex,
  { locationId, services, seats }: Appointment,
): VisitRequest => {
  const location = catalogueIndex.location(locationId);
  if (!location || location.retired) {
    throw new Problem('status_conflict', { detail: 'This location has closed; call us.' });
  }
  return {
    location,
    seats: seats ?? 1,
    wanted: services.map(({ id, asked, staffId, durationMinutes }) => {
      const service = catalogueIndex.service(id);
      const performers = catalogueIndex.performers(id, locationId);
      const candidates = asked === anyone ? performers : performers.filter((person) => person.id === staffId);
      if (!service || candidates.length === 0) {
        throw new Problem('status_conflict', { detail: 'What was booked is no longer offered like that; call us.' });
      }
      const resources = service.needs.map((kind) => catalogueIndex.resourcesOf(kind, locationId));
      return { service: { ...service, durationMinutes }, asked, candidates, resources };
    }),
  };
};

/** Price of a service before it costs again; of a group lesson, by the seat. */
const pricedAsBefore = (
  lines: Appointment['services'],
  { services, seats: before = 1 }: Appointment,
  seats: number,
): Appointment['services'] => {
  const left = [...services];
  return lines.map((line) => {
    const index = left.findIndex(({ id }) => id === line.id);
    if (index < 0) return line;
    const [{ price } = line] = left.splice(index, 1);
    return { ...line, price: { ...price, amount: Math.round((price.amount / before) * seats) } };
  });
};

/**
 * The appointment at its new place. What begins at another time or elsewhere waits to be confirmed again, unless the
 * client is there already; what only ends at another time does not.
 */
export const rescheduled = (
  current: Appointment,
  request: VisitRequest,
  placement: Omit<Placement, 'pages'>,
  at: Instant,
): { to: Appointment; event: 'appointment.moved' | 'appointment.changed' } => {
  const { startsAt, endsAt } = placement;
  const { id: locationId, zone } = request.location;
  const isMoved = startsAt !== current.startsAt || locationId !== current.locationId;
  const isHere = current.status === 'arrived' && localDate(startsAt, zone) === localDate(current.startsAt, zone);
  const { confirmBy } = current;
  const to: Appointment = {
    ...current,
    locationId,
    zone,
    startsAt,
    endsAt,
    services: pricedAsBefore(linesOf(request, placement.assignments), current, request.seats),
    occupies: placement.occupies,
    seats: isLesson(request) ? request.seats : undefined,
    sequence: isMoved || endsAt !== current.endsAt ? current.sequence + 1 : current.sequence,
    ...(isMoved && !isHere ? { status: 'pending', movedAt: at, before: undefined } : {}),
    ...(confirmBy === undefined ? {} : { confirmBy: Math.min(confirmBy, startsAt) }),
    updatedAt: at,
  };
  return { to, event: isMoved ? 'appointment.moved' : 'appointment.changed' };
};

/** Does what `rescheduled` does, with the writes of the diary. */
export const createReschedule =
  (pages: DiaryPages, now: Clock) =>
  async (current: Appointment, request: VisitRequest, placement: Placement): Promise<Change> => {
    const read = await pagesOf(pages, current.occupies, placement.pages);
    const { to, event } = rescheduled(current, request, placement, now());
    return { to, event, writes: diaryWrites(pages, read, [current], [to]) };
  };
export type Reschedule = ReturnType<typeof createReschedule>;

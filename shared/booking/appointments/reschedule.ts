import { anyone } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { Problem } from '../../platform/http/problems.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Instant, localDate, minute } from '../../platform/time/time.ts';
import { isExpected } from '../contract.ts';
import type { DiaryPages } from '../day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../day-pages/writes.ts';
import type { Placement } from '../placement/placement.ts';
import type { VisitRequest } from '../slots/request.ts';
import type { Appointment, Change } from './appointments.ts';
import { isLesson, linesOf } from './draft.ts';
import { actAt, actKept } from './promised.ts';

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

/** Whether another service is done, or somebody the client asked for by name is replaced. */
const isOtherVisit = (before: Appointment['services'], after: Appointment['services']): boolean => {
  const left = [...before];
  const isNew = after.some(({ id, staffId }) => {
    const index = left.findIndex((line) => line.id === id);
    const [was] = index < 0 ? [] : left.splice(index, 1);
    return !was || (was.asked !== anyone && was.staffId !== staffId);
  });
  return isNew || left.length > 0;
};

/** Circumstances of a change. */
export interface Rescheduling {
  at: Instant;
  /** As `bookedBy`. */
  by: string;
  /** Staff want nobody told. */
  silent?: boolean | undefined;
  /** Time that whoever must confirm has for it. */
  confirmWithinHours: number;
}

/** Deadline to confirm what was moved: anew, never earlier than the client was told, and not after the start. */
const confirmByAfter = (confirmBy: Instant, startsAt: Instant, { at, confirmWithinHours }: Rescheduling): Instant =>
  Math.min(Math.max(confirmBy, at + confirmWithinHours * 60 * minute), startsAt);

/**
 * The appointment at its new place. What begins at another time or elsewhere waits to be confirmed again, unless the
 * client is there already; what only ends at another time does not, and the client hears nothing of it.
 */
export const rescheduled = (
  current: Appointment,
  request: VisitRequest,
  placement: Omit<Placement, 'pages'>,
  circumstances: Rescheduling,
): { to: Appointment; event: 'appointment.moved' | 'appointment.changed' } => {
  const { startsAt, endsAt } = placement;
  const { id: locationId, zone } = request.location;
  const isMoved = startsAt !== current.startsAt || locationId !== current.locationId;
  const isHere = current.status === 'arrived' && localDate(startsAt, zone) === localDate(current.startsAt, zone);
  const { confirmBy } = current;
  const { at } = circumstances;
  const services = pricedAsBefore(linesOf(request, placement.assignments), current, request.seats);
  const isTold = isMoved ? !isHere : isExpected(current) && isOtherVisit(current.services, services);
  const sequence = current.sequence + (isMoved || isTold || endsAt !== current.endsAt ? 1 : 0);
  const to: Appointment = {
    ...current,
    locationId,
    zone,
    startsAt,
    endsAt,
    services,
    occupies: placement.occupies,
    seats: isLesson(request) ? request.seats : undefined,
    sequence,
    act: isTold ? actAt(sequence, circumstances) : actKept(current),
    ...(isTold ? { movedAt: at } : {}),
    ...(isMoved && !isHere ? { status: 'pending', before: undefined } : {}),
    ...(confirmBy !== undefined && isMoved ? { confirmBy: confirmByAfter(confirmBy, startsAt, circumstances) } : {}),
    updatedAt: at,
  };
  return { to, event: isMoved ? 'appointment.moved' : 'appointment.changed' };
};

/** Does what `rescheduled` does, with the writes of the diary. */
export const createReschedule =
  (pages: DiaryPages, now: Clock) =>
  async (
    current: Appointment,
    request: VisitRequest,
    placement: Placement,
    circumstances: Omit<Rescheduling, 'at'>,
  ): Promise<Change> => {
    const read = await pagesOf(pages, current.occupies, placement.pages);
    const { to, event } = rescheduled(current, request, placement, { ...circumstances, at: now() });
    return { to, event, writes: diaryWrites(pages, read, [current], [to]) };
  };
export type Reschedule = ReturnType<typeof createReschedule>;

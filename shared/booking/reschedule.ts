import { anyone } from '../business/catalogue.ts';
import type { Directory } from '../business/directory.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems.ts';
import type { Appointment, Change } from './appointments.ts';
import { linesOf } from './draft.ts';
import type { DiaryPages } from './pages.ts';
import { diaryWrites, type Placement, pagesOf } from './place.ts';
import type { VisitRequest } from './plan-visit.ts';

/**
 * The visit as it was asked for, so that it can be placed again: who was named stays, anyone may change. Throws
 * status_conflict when it is no longer offered like that.
 */
export const visitAgain = (directory: Directory, { locationId, services, seats }: Appointment): VisitRequest => {
  const location = directory.location(locationId);
  if (!location || location.retired) {
    throw new Problem('status_conflict', { detail: 'This location has closed; call us.' });
  }
  return {
    location,
    seats: seats ?? 1,
    wanted: services.map(({ id, asked, staffId, durationMinutes }) => {
      const service = directory.service(id);
      const performers = directory.performers(id, locationId);
      const candidates = asked === anyone ? performers : performers.filter((person) => person.id === staffId);
      if (!service || candidates.length === 0) {
        throw new Problem('status_conflict', { detail: 'What was booked is no longer offered like that; call us.' });
      }
      const resources = service.needs.map((kind) => directory.resourcesOf(kind, locationId));
      return { service: { ...service, durationMinutes }, asked, candidates, resources };
    }),
  };
};

/** The appointment at its new place, with the parts that write the diary. It waits to be confirmed again. */
export const createReschedule =
  (pages: DiaryPages, now: Clock) =>
  async (current: Appointment, request: VisitRequest, placement: Placement): Promise<Change> => {
    const read = await pagesOf(pages, current.occupies, placement.pages);
    const at = now();
    const lines = linesOf(request, placement.assignments);
    const isMoved = placement.startsAt !== current.startsAt || placement.endsAt !== current.endsAt;
    const to: Appointment = {
      ...current,
      locationId: request.location.id,
      zone: request.location.zone,
      startsAt: placement.startsAt,
      endsAt: placement.endsAt,
      services: lines.map((line, index) => {
        const before = current.services[index];
        return before?.id === line.id ? { ...line, price: before.price } : line;
      }),
      occupies: placement.occupies,
      ...(isMoved ? { status: 'pending', sequence: current.sequence + 1, movedAt: at } : {}),
      updatedAt: at,
    };
    return {
      to,
      event: isMoved ? 'appointment.moved' : 'appointment.changed',
      parts: diaryWrites(pages, read, [current], [to]),
    };
  };
export type Reschedule = ReturnType<typeof createReschedule>;

import type { Actor } from '../audit/audit.ts';
import type { Admit, Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { countsAt } from '../booking/appointments/missed.ts';
import type { BookedTime } from '../booking/day-pages/booked-times.ts';
import type { DiaryPages } from '../booking/day-pages/pages.ts';
import { diaryWrites } from '../booking/day-pages/writes.ts';
import type { Availability } from '../booking/placement/availability.ts';
import { createFinder } from '../booking/placement/placement.ts';
import { timeTaken } from '../booking/problems.ts';
import type { VisitRequest } from '../booking/slots/request.ts';
import { anyone } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import { Problem } from '../platform/http/problems.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { mustBeUndoable } from './rules.ts';

/** The visit with the very people and rooms that it had. Throws status_conflict where one is not known any more. */
const sameAgain = (catalogueIndex: CatalogueIndex, { locationId, services, seats }: Appointment): VisitRequest => {
  const known = <T>(found: T | undefined): T => {
    if (found !== undefined) return found;
    throw new Problem('status_conflict', { detail: 'What was booked is no longer there; book it anew.' });
  };
  return {
    location: known(catalogueIndex.location(locationId)),
    seats: seats ?? 1,
    wanted: services.map(({ id, asked, staffId, durationMinutes, resources = [] }) => ({
      service: { ...known(catalogueIndex.service(id)), durationMinutes },
      asked: asked === anyone ? anyone : staffId,
      candidates: [known(catalogueIndex.person(staffId))],
      resources: resources.map((resource) => [known(catalogueIndex.resource(resource))]),
    })),
  };
};

/** Takes a wrong mark back. */
export const createUndo = (deps: {
  catalogue: CatalogueReader;
  appointments: Appointments;
  clients: Clients;
  pages: DiaryPages;
  availability: Availability;
  now: Clock;
}) => {
  const { catalogue, appointments, clients, pages, availability, now } = deps;
  const find = createFinder(pages);

  /** Its times again, whatever the hours say now. Throws time_taken with the nearest free times. */
  const timesAgain = async (
    catalogueIndex: CatalogueIndex,
    current: Appointment,
  ): Promise<{ occupies: BookedTime[]; writes: TransactionWrite[] }> => {
    const request = sameAgain(catalogueIndex, current);
    const { id, startsAt, seats } = current;
    const found = await find(catalogueIndex, request, startsAt, { permission: { anyTime: true, anyHours: true } });
    if (typeof found === 'string') {
      const nearest = await availability.nearest(catalogueIndex, request, startsAt, 5);
      throw new Problem(timeTaken, { detail: 'Somebody else has that time now; book another.', nearest });
    }
    const { occupies } = found;
    return { occupies, writes: diaryWrites(pages, found.pages, [], [{ id, occupies, seats }]) };
  };

  /** One no-show less, unless staff have lifted it meanwhile. */
  const countBack = async (current: Appointment): Promise<TransactionWrite[]> => {
    const { clientId, before } = current;
    const { noShows = 0, noShowsLiftedAt = 0 } = (await clients.get(clientId)) ?? {};
    if (noShows === 0 || (before?.at ?? 0) <= noShowsLiftedAt) return [];
    return [
      clients.countNoShow(clientId, -1),
      ...countsAt(current).map((address) => clients.countMissedAt(clientId, address, -1)),
    ];
  };

  /** Throws status_conflict, time_taken, not_found, busy, what `admit` does. */
  return async (id: string, by: Actor, admit: Admit): Promise<Appointment> => {
    const catalogueIndex = await catalogue.current();
    return appointments.change(id, by, async (current) => {
      admit(current);
      const at = now();
      const { status } = mustBeUndoable(current, at);
      const undone = { event: 'appointment.undone', details: { undone: current.status } };
      const { confirmBy } = current;
      const to: Appointment = {
        ...current,
        status,
        // Whoever brings it back after the deadline knows that it is wanted; it would expire at once.
        confirmBy: confirmBy !== undefined && confirmBy > at ? confirmBy : undefined,
        before: undefined,
        completedAt: undefined,
        updatedAt: at,
      };
      if (current.status === 'no_show') return { ...undone, to, writes: await countBack(current) };
      if (current.status !== 'cancelled') return { ...undone, to };
      const { occupies, writes } = await timesAgain(catalogueIndex, current);
      const again: Appointment = {
        ...to,
        occupies,
        sequence: current.sequence + 1,
        act: { sequence: current.sequence + 1, at, by: by.id },
        cancelledAt: undefined,
        cancelledBy: undefined,
        untold: undefined,
      };
      return { ...undone, to: again, writes };
    });
  };
};

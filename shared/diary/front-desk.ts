import type * as z from 'zod';
import type { Actor } from '../audit/audit.ts';
import { type Admit, type Appointment, type Appointments, open } from '../booking/appointments/appointments.ts';
import { draft } from '../booking/appointments/draft.ts';
import type { Reschedule } from '../booking/appointments/reschedule.ts';
import type { visitInput } from '../booking/contract.ts';
import type { DiaryPages } from '../booking/day-pages/pages.ts';
import { diaryWrites } from '../booking/day-pages/writes.ts';
import { type Allocator, momentOf } from '../booking/placement/placement.ts';
import { timeTaken } from '../booking/problems.ts';
import { isSameLesson } from '../booking/slots/assign.ts';
import { sameShift } from '../booking/slots/bounds.ts';
import type { Permission } from '../booking/slots/free-times.ts';
import { pathsInBody, resolveVisit, type VisitRequest } from '../booking/slots/request.ts';
import { anyone, type Service } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Reach, ReachOf } from '../clients/addresses/reach.ts';
import type { Clients } from '../clients/clients.ts';
import { type ForWhom, resolveForStaff } from '../clients/resolve.ts';
import { clientWrites, type TickedBox } from '../clients/writes.ts';
import { Problem, unprocessable, versionMismatch } from '../platform/http/problems.ts';
import type { Idempotent } from '../platform/idempotent.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { Clock } from '../platform/time/clock.ts';
import { localDate } from '../platform/time/time.ts';
import { isComing, lessonIdOf, lessonOf } from './lessons/lesson.ts';
import type { Notify, Override } from './override.ts';

type Visit = z.output<z.ZodObject<typeof visitInput>>;

export interface DeskBooking extends Omit<Visit, 'services'>, ForWhom {
  services: readonly (Visit['services'][number] & { durationMinutes?: number | undefined })[];
  consents: readonly TickedBox[];
  notes?: string | undefined;
  override?: Override;
  notify?: Notify;
}

/** Fields that are absent stay as they are. */
export interface DeskChange {
  locationId?: string | undefined;
  startsAt?: string | undefined;
  services?: readonly { serviceId: string; staffId: string; durationMinutes?: number | undefined }[] | undefined;
  seats?: number | undefined;
  override?: Override;
  notify?: Notify;
}

const permissionOf = (override: Override): Permission => ({ anyTime: true, anyHours: override !== undefined });
const detailsOf = ({ override, notify }: Pick<DeskChange, 'override' | 'notify'>) => {
  const details = { ...(override ? { override: 'hours' } : {}), ...(notify === 'no' ? { notify } : {}) };
  return Object.keys(details).length > 0 ? details : undefined;
};

/** Throws status_conflict for what lies behind. */
const mustBeAhead = ({ status, startsAt, endsAt, zone }: Appointment, now: number): void => {
  if (!open.includes(status)) {
    throw new Problem('status_conflict', {
      detail: `The appointment is ${status.replace('_', '-')}; a wrong mark can be undone first.`,
    });
  }
  if (localDate(startsAt, zone) < localDate(now, zone) && endsAt + sameShift < now) {
    throw new Problem('status_conflict', { detail: 'Its day has passed; mark what became of it.' });
  }
};

/** The service as long as staff say; absent: as before. Throws unprocessable. */
const lasting = (service: Service, given: number | undefined, before: number, index: number): Service => {
  if (given !== undefined && service.seats !== undefined && given !== service.durationMinutes) {
    throw unprocessable(`services[${index}].durationMinutes`, 'does not go with a group lesson: others come to it');
  }
  return { ...service, durationMinutes: given ?? before };
};

/**
 * The visit as it shall be: lines that stay keep their length and their rooms, and whoever performs them unless another
 * is named. A client who asked for nobody in particular still does. Throws unprocessable.
 */
const visitAfter = (catalogueIndex: CatalogueIndex, current: Appointment, change: DeskChange): VisitRequest => {
  const wanted = change.services ?? current.services.map(({ id, staffId }) => ({ serviceId: id, staffId }));
  const { locationId = current.locationId, seats = current.seats ?? 1 } = change;
  const request = resolveVisit(catalogueIndex, locationId, wanted, pathsInBody, seats);
  const left = [...current.services];
  return {
    ...request,
    wanted: request.wanted.map(({ service, asked, candidates, resources }, index) => {
      const found = left.findIndex(({ id }) => id === service.id);
      const before = found < 0 ? undefined : left.splice(found, 1)[0];
      const given = change.services?.[index]?.durationMinutes;
      const isHere = ({ id }: { id: string }) => before?.resources?.includes(id) === true;
      return {
        service: lasting(service, given, before?.durationMinutes ?? service.durationMinutes, index),
        asked: before?.asked === anyone ? anyone : asked,
        candidates,
        resources: resources.map((kind) => [...kind].sort((a, b) => Number(isHere(b)) - Number(isHere(a)))),
      };
    }),
  };
};

/** A new visit, with the lengths that staff give it. Throws unprocessable. */
const newVisit = (
  catalogueIndex: CatalogueIndex,
  { locationId, services, seats }: Pick<DeskBooking, 'locationId' | 'services' | 'seats'>,
): VisitRequest => {
  const request = resolveVisit(catalogueIndex, locationId, services, pathsInBody, seats);
  const wanted = request.wanted.map((line, index) => {
    const { service } = line;
    return { ...line, service: lasting(service, services[index]?.durationMinutes, service.durationMinutes, index) };
  });
  return { ...request, wanted };
};

const sameVisit = (one: Appointment, other: Appointment): boolean => {
  const described = ({ locationId, startsAt, endsAt, seats, services, occupies }: Appointment) =>
    JSON.stringify([
      [locationId, startsAt, endsAt, seats ?? 1],
      services.map(({ id, staffId, durationMinutes, resources = [] }) => [id, staffId, durationMinutes, resources]),
      occupies.map(({ ownerId, from, until }) => [ownerId, from, until]),
    ]);
  return described(one) === described(other);
};

/** Bookings and changes by staff: by their own clock, within the hours unless they say otherwise. */
export const createFrontDesk = (deps: {
  catalogue: CatalogueReader;
  clients: Clients;
  reachOf: ReachOf;
  appointments: Appointments;
  pages: DiaryPages;
  place: Allocator;
  reschedule: Reschedule;
  idempotent: Idempotent;
  now: Clock;
  random: Random;
}) => {
  const { catalogue, clients, appointments, pages, place, reschedule, idempotent, now, random } = deps;

  /** Says of what is in the way because others come to the same lesson how it is done for all of them. */
  const withAdvice = async (error: unknown, current: Appointment): Promise<unknown> => {
    const isTaken = error instanceof Problem && error.code === timeTaken.code;
    const lesson = lessonOf(current);
    if (!isTaken || !lesson) return error;
    const sameDay = await appointments.ofDay(current.locationId, localDate(current.startsAt, current.zone));
    const others = sameDay.filter((each) => {
      const theirs = isComing(each) && each.id !== current.id ? lessonOf(each) : undefined;
      return theirs !== undefined && isSameLesson(theirs, lesson);
    });
    if (others.length === 0) return error;
    const act = `POST /v1/diary/lessons/${lessonIdOf(lesson)}/change`;
    const detail = `${error.extras.detail ?? ''} Others come to this lesson: ${others.length}; ${act} changes it for all.`;
    return new Problem(timeTaken, { ...error.extras, detail: detail.trim() });
  };

  return {
    /**
     * Books as the public form does, with staff's liberties: no form, no no-show policy, no limits. `view` makes the
     * answer that repetitions get, too. Throws time_taken, time_unavailable, unprocessable, idempotency_mismatch, busy.
     */
    async book<T>(
      by: Actor,
      input: DeskBooking,
      idempotencyKey: string,
      view: (catalogueIndex: CatalogueIndex, appointment: Appointment, reach: readonly Reach[]) => T,
    ): Promise<T> {
      const catalogueIndex = await catalogue.current();
      return idempotent(idempotencyKey, ['desk', input], async () => {
        const request = newVisit(catalogueIndex, input);
        const startsAt = momentOf(input.startsAt, request.location.zone);
        const { contact, known, sharing, noShows, reach } = await resolveForStaff(deps, catalogueIndex.settings, input);
        const permission = permissionOf(input.override);
        const placement = await place(catalogueIndex, request, startsAt, now(), { permission });
        const at = now();
        const { consents, notes, source } = input;
        const { clientId, writes } = clientWrites(clients, random, {
          contact,
          known,
          sharing,
          consents,
          business: catalogueIndex.settings.name,
          how: 'desk',
          at,
        });
        const more = noShows > 0 ? { noShows } : {};
        const id = newId(random);
        const silent = input.notify === 'no';
        const appointment = draft({
          id,
          clientId,
          request,
          placement,
          contact,
          at,
          by: by.id,
          silent,
          notes,
          source,
          more,
        });
        return {
          answer: view(catalogueIndex, appointment, reach),
          writes: [
            ...appointments.create(by, appointment, detailsOf(input)),
            ...diaryWrites(pages, placement.pages, [], [appointment]),
            ...writes,
          ],
        };
      });
    },

    /**
     * Moves in time, between people or locations, makes longer or shorter, changes services and seats; no cut-off.
     * Throws version_mismatch, status_conflict, time_taken, time_unavailable, unprocessable, not_found, busy, and what
     * `admit` does.
     */
    async change(by: Actor, id: string, version: string, input: DeskChange, admit: Admit): Promise<Appointment> {
      const catalogueIndex = await catalogue.current();
      return appointments.change(id, by, async (current) => {
        admit(current);
        if (String(current.version) !== version) throw versionMismatch(current.version);
        mustBeAhead(current, now());
        const request = visitAfter(catalogueIndex, current, input);
        const startsAt =
          input.startsAt === undefined ? current.startsAt : momentOf(input.startsAt, request.location.zone);
        const permission = permissionOf(input.override);
        const options = { permission, leaving: [current.id] };
        const placement = await place(catalogueIndex, request, startsAt, now(), options).catch(async (error) => {
          throw await withAdvice(error, current);
        });
        const change = await reschedule(current, request, placement, {
          by: by.id,
          silent: input.notify === 'no',
          ...catalogueIndex.settings.noShows,
        });
        if (change.to && sameVisit(current, change.to)) return { ...change, to: undefined };
        return { ...change, details: detailsOf(input) };
      });
    },
  };
};

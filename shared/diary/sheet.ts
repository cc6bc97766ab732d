import type * as z from 'zod';
import type { Appointment } from '../booking/appointments/appointments.ts';
import { openingOf, workingOf } from '../booking/slots/opening-hours.ts';
import type { Location } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { type Access, maySee, mustWorkAt } from '../people/access/rules.ts';
import { unprocessable } from '../platform/http/problems.ts';
import type { Clock } from '../platform/time/clock.ts';
import { datesBetween } from '../platform/time/dates.ts';
import { type Interval, intersect } from '../platform/time/intervals.ts';
import {
  addDays,
  day,
  daysBetween,
  type Instant,
  isoUtc,
  isoWithOffset,
  type LocalDate,
  startOfDay,
} from '../platform/time/time.ts';
import type { Block } from './blocks/store.ts';
import type { getDiary } from './contract.ts';
import type { DaySheets } from './day-sheet.ts';
import { appointmentFor, blockFor, takenFor } from './view.ts';

type Query = z.output<(typeof getDiary)['query']>;
type Answer = z.input<(typeof getDiary)['answer']>;

const maxDays = 31;
/** Clocks of functions differ a little, a command takes a while from its clock to its commit, and the index lags. */
const overlapMs = 15_000;
/** Time for which what has left a day is told: two days, and a margin. */
const oldestSince = day;

const daysOf = ({ date, from = date, to = date }: Query): { from: LocalDate; to: LocalDate } => {
  if (from === undefined || to === undefined) throw unprocessable('date', 'give either `date`, or `from` and `to`');
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw unprocessable('to', 'must not be before `from`');
  if (days > maxDays) throw unprocessable('to', `must be at most ${maxDays - 1} days after \`from\``);
  return { from, to };
};

/** In milliseconds since 1970. Throws unprocessable for what is too old to follow. */
const sinceOf = ({ since }: Query, now: number): number | undefined => {
  if (since === undefined) return undefined;
  const at = Date.parse(since);
  if (at < now - oldestSince) throw unprocessable('since', 'must be at most a day ago: ask without it, then follow on');
  return at;
};

/** Retired ones have a past that can be looked at. */
const checkFilter = (catalogueIndex: CatalogueIndex, { staffId, resourceId }: Query): void => {
  if (staffId !== undefined && !catalogueIndex.person(staffId)) catalogueIndex.needPerson(staffId, 'staffId');
  if (resourceId !== undefined && !catalogueIndex.resource(resourceId)) {
    const known = catalogueIndex.resources.map(({ id }) => id).slice(0, 50);
    throw unprocessable('resourceId', `there is no room or equipment "${resourceId}"`, known);
  }
};

const shows =
  ({ staffId, resourceId }: Query) =>
  ({ services }: Appointment): boolean =>
    (staffId === undefined || services.some((line) => line.staffId === staffId)) &&
    (resourceId === undefined || services.some(({ resources = [] }) => resources.includes(resourceId)));

/** Opening and working hours by the location's midnights, so that a front desk can draw them. */
const hoursOf = (
  catalogueIndex: CatalogueIndex,
  location: Location,
  { from, to, query, access: { bounds } }: { from: LocalDate; to: LocalDate; query: Query; access: Access },
) => {
  const { zone } = location;
  const opening = openingOf(location, addDays(from, -1), to);
  const whole: Interval[] = [{ from: startOfDay(from, zone), until: startOfDay(addDays(to, 1), zone) }];
  const described = (times: readonly Interval[]) =>
    intersect(times, whole).map((time) => ({
      from: isoWithOffset(time.from, zone),
      until: isoWithOffset(time.until, zone),
    }));
  const people = catalogueIndex.staff.filter(
    ({ id, locations }) =>
      locations.includes(location.id) &&
      (query.staffId ?? id) === id &&
      (bounds?.see !== 'own' || id === bounds.staffId),
  );
  const things = catalogueIndex.resources.filter(
    (resource) => resource.location === location.id && (query.resourceId ?? resource.id) === resource.id,
  );
  return {
    open: described(opening.open),
    staff: people.map((person) => ({
      id: person.id,
      name: person.name,
      working: described(workingOf(person, location, opening)),
    })),
    resources: things.map(({ id, name, kind, closed }) => ({
      id,
      name,
      kind,
      closed: closed.flatMap((range) =>
        described([{ from: startOfDay(range.from, zone), until: startOfDay(addDays(range.until, 1), zone) }]),
      ),
    })),
  };
};

/** Hides others' blocks from plain staff who see their own only; those of rooms and equipment they do see. */
const seesBlock =
  ({ bounds }: Access) =>
  ({ staffId }: { staffId?: string | undefined }): boolean =>
    bounds?.see !== 'own' || staffId === undefined || staffId === bounds.staffId;

/** The sheet that a front desk draws, and the changes of it since it last asked. */
export const createSheet =
  (deps: { catalogue: CatalogueReader; sheetOf: DaySheets; now: Clock }) =>
  async (access: Access, query: Query): Promise<Answer> => {
    const { catalogue, sheetOf, now } = deps;
    const catalogueIndex = await catalogue.recent();
    const location = catalogueIndex.needLocation(query.locationId, 'locationId');
    mustWorkAt(access, location.id);
    const { zone } = location;
    const at = now();
    const { from, to } = daysOf(query);
    const since = sinceOf(query, at);
    checkFilter(catalogueIndex, query);

    const midnight = startOfDay(from, zone);
    // Whoever came the day before may still be there, outside the hours as well.
    const dates = datesBetween(addDays(from, -1), to);
    const days = await Promise.all(
      dates.map(async (date) => {
        const sheet = await sheetOf(location.id, date);
        const reaches = (until: Instant) => date >= from || until > midnight;
        return {
          ...sheet,
          over: sheet.appointments.filter(({ endsAt }) => !reaches(endsAt)),
          appointments: sheet.appointments.filter(({ endsAt }) => reaches(endsAt)),
          blocks: sheet.blocks.filter(({ until }) => reaches(until)),
        };
      }),
    );
    const booked = days.flatMap((sheet) => sheet.appointments);
    const isNew = (changedAt: number) => since === undefined || changedAt >= since;
    const isAskedFor = shows(query);
    const isShown = (appointment: Appointment) => isAskedFor(appointment) && maySee(access, appointment);
    const isTaken = (appointment: Appointment) =>
      access.bounds?.see === 'names' &&
      isAskedFor(appointment) &&
      !maySee(access, appointment) &&
      appointment.occupies.length > 0;
    const [shown, taken] = [booked.filter(isShown), booked.filter(isTaken)];
    const isAsked = ({ staffId, resourceId }: { staffId?: string | undefined; resourceId?: string | undefined }) =>
      (query.staffId ?? staffId) === staffId && (query.resourceId ?? resourceId) === resourceId;
    const maySeeWhy = ({ staffId = '' }: Pick<Block, 'staffId'>) =>
      maySee(access, { locationId: location.id, services: [{ staffId }] });
    // A block that lasts some days stands on each of them.
    const seen = days.flatMap((sheet) => sheet.blocks.filter(seesBlock(access)));
    const blocks = new Map(seen.map((block) => [block.id, block] as const));

    const present = new Set([...[...shown, ...taken].map(({ id }) => id), ...blocks.keys()]);
    const left = [
      ...days.flatMap((sheet) => sheet.gone.filter((gone) => isNew(gone.at))),
      // Given to somebody else, as far as this filter sees, or no longer reaching past midnight.
      ...booked.filter((appointment) => isNew(appointment.updatedAt)),
      ...days.flatMap((sheet) => sheet.over.filter((appointment) => isNew(appointment.updatedAt))),
    ];
    return {
      locationId: location.id,
      from,
      to,
      zone,
      asOf: isoUtc(at - overlapMs),
      ...hoursOf(catalogueIndex, location, { from, to, query, access }),
      appointments: shown
        .filter(({ updatedAt }) => isNew(updatedAt))
        .map((appointment) => appointmentFor(access, catalogueIndex, appointment, at)),
      taken: taken.filter(({ updatedAt }) => isNew(updatedAt)).map(takenFor),
      blocks: [...blocks.values()]
        .filter((block) => isAsked(block) && isNew(block.at))
        .map((block) => blockFor(block, zone))
        .map((block) => (maySeeWhy(block) ? block : { ...block, reason: undefined })),
      gone:
        since === undefined
          ? []
          : [...new Set(left.map(({ id }) => id))].filter((id) => !present.has(id)).map((id) => ({ id })),
    };
  };

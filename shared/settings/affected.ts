import { type Appointment, type Appointments, isAhead } from '../booking/appointments/appointments.ts';
import { maxDaysAhead } from '../booking/slots/bounds.ts';
import { type Conflict, conflictsOf } from '../booking/slots/still-fits.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { inBatches } from '../platform/batch.ts';
import { datesBetween } from '../platform/time/dates.ts';
import { addDays, type Instant, localDate } from '../platform/time/time.ts';

const readsAtOnce = 32;

/** Local days on which anything can be booked ahead, whatever the zone. */
export const daysAhead = (now: Instant): { from: string; until: string } => {
  const today = localDate(now, 'UTC');
  return { from: addDays(today, -1), until: addDays(today, 1 + maxDaysAhead) };
};

export interface AffectedAppointment {
  appointment: Appointment;
  why: (Conflict | 'zone_changed')[];
}

/** Appointments ahead at the locations, by location and day. */
const ahead = async (
  appointments: Pick<Appointments, 'ofDay'>,
  locationIds: readonly string[],
  now: Instant,
): Promise<Appointment[][]> => {
  const { from, until } = daysAhead(now);
  const days = locationIds.flatMap((id) => datesBetween(from, until).map((date) => ({ id, date })));
  const found = await inBatches(days, readsAtOnce, ({ id, date }) => appointments.ofDay(id, date));
  return found.map((day) => day.filter((each) => isAhead(each, now)));
};

/**
 * Appointments ahead that a change affects: more of them does not fit afterwards than before. What was booked knowingly
 * outside the hours is not affected by a change of something else. `rezoned`: a location whose zone changes, and
 * whether the moments are kept; then each of its appointments is affected.
 */
export const findAffected = async (
  appointments: Pick<Appointments, 'ofDay'>,
  before: CatalogueIndex,
  after: CatalogueIndex,
  locationIds: readonly string[],
  now: Instant,
  inNewZone?: { id: string; zone: string; keep: 'localTime' | 'instant' },
): Promise<{ conflicts: AffectedAppointment[]; inNewZone: AffectedAppointment[] }> => {
  const days = await ahead(appointments, locationIds, now);
  const changesZone = ({ locationId }: Appointment) => locationId === inNewZone?.id;
  const afterwards = (appointment: Appointment): Appointment =>
    inNewZone?.keep === 'instant' && changesZone(appointment) ? { ...appointment, zone: inNewZone.zone } : appointment;
  const conflicts = days
    .filter((day) => day.length > 0)
    .flatMap((day) => {
      const old = conflictsOf(before, day);
      const now = conflictsOf(after, day.map(afterwards));
      return day.map((appointment) => ({
        appointment,
        why: (now.get(appointment.id) ?? []).filter((reason) => !old.get(appointment.id)?.includes(reason)),
      }));
    })
    .filter(({ why }) => why.length > 0);
  const inZone = days.flat().filter(changesZone);
  return { conflicts, inNewZone: inZone.map((appointment) => ({ appointment, why: ['zone_changed'] })) };
};

import { type Actor, system } from '../audit/audit.ts';
import type { Directory } from '../business/directory.ts';
import { Problem } from '../platform/problems.ts';
import { instantAtOrAfter, localDate, localTime } from '../platform/time.ts';
import type { Appointments } from './appointments.ts';
import { overlaps } from './intervals.ts';
import type { DiaryPages } from './pages.ts';
import { diaryWrites, pagesOf } from './place.ts';
import type { Appointment } from './store.ts';

/** What another zone means: the time by the clock stays, or the moment does. */
export type Keep = 'localTime' | 'instant';

/** The appointment by the clocks of today: its own location's, and those of the diaries on which it stands. */
export const rezoned = (directory: Directory, appointment: Appointment, keep: Keep): Appointment => {
  const { startsAt, zone } = appointment;
  const now = directory.location(appointment.locationId)?.zone ?? zone;
  const moved =
    keep === 'instant' || now === zone
      ? startsAt
      : instantAtOrAfter(localDate(startsAt, zone), localTime(startsAt, zone), now);
  const by = moved - startsAt;
  return {
    ...appointment,
    zone: now,
    startsAt: moved,
    endsAt: appointment.endsAt + by,
    services: appointment.services.map((service) => ({ ...service, startsAt: service.startsAt + by })),
    occupies: appointment.occupies.map((time) => ({
      ...time,
      zone: directory.location(time.group)?.zone ?? time.zone,
      from: time.from + by,
      until: time.until + by,
    })),
  };
};

const isSettled = (before: Appointment, after: Appointment): boolean =>
  before.zone === after.zone && before.occupies.every(({ zone }, index) => zone === after.occupies[index]?.zone);

/**
 * Brings appointments and the diary pages on which they stand to the zones of today. Doing it again does nothing.
 * `status_conflict`: its new time is taken by another, so it stays as it was.
 */
export const createRezone =
  (appointments: Pick<Appointments, 'change'>, pages: DiaryPages) =>
  (directory: Directory, id: string, keep: Keep, by: Actor = system): Promise<Appointment> =>
    appointments.change(id, by, async (current) => {
      const event = 'appointment.rezoned';
      const to = rezoned(directory, current, keep);
      if (isSettled(current, to)) return { to: undefined, event };
      const read = await pagesOf(pages, [...current.occupies, ...to.occupies]);
      to.occupies.forEach((time, index) => {
        const before = current.occupies[index];
        const taken = (read.get(time.ownerId) ?? []).flatMap(({ busy }) => busy);
        const another = taken.find(
          (other) =>
            other.id !== id &&
            overlaps(other, time) &&
            // Those who come to the same lesson move along.
            !(time.lesson && other.lesson === time.lesson && [time.from, before?.from].includes(other.from)),
        );
        if (another) throw new Problem('status_conflict', { detail: 'Another has the time that would be its own.' });
      });
      return { to, event, parts: diaryWrites(pages, read, [current], [to]) };
    });
export type Rezone = ReturnType<typeof createRezone>;

import type { Appointment } from '../../booking/appointments/appointments.ts';
import type { BusyTime } from '../../booking/day-pages/pages.ts';
import type { TimeHolder } from '../../booking/day-pages/writes.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Block } from '../../diary/blocks/blocks.ts';
import { overlaps } from '../../platform/time/intervals.ts';
import { type Instant, instantAtOrAfter, localDate, localTime } from '../../platform/time/time.ts';

/** Meaning of another zone: the time by the clock stays, or the moment does. */
export type Keep = 'localTime' | 'instant';

const moved = (instant: Instant, from: string, to: string, keep: Keep): Instant =>
  keep === 'instant' || from === to
    ? instant
    : instantAtOrAfter(localDate(instant, from), localTime(instant, from), to);

/** The appointment by the clocks of today: its own location's, and those of the diaries on which it stands. */
export const inNewZone = (catalogueIndex: CatalogueIndex, appointment: Appointment, keep: Keep): Appointment => {
  const { zone, confirmBy } = appointment;
  const now = catalogueIndex.location(appointment.locationId)?.zone ?? zone;
  const startsAt = moved(appointment.startsAt, zone, now, keep);
  const by = startsAt - appointment.startsAt;
  return {
    ...appointment,
    zone: now,
    startsAt,
    endsAt: appointment.endsAt + by,
    ...(confirmBy === undefined ? {} : { confirmBy: Math.min(confirmBy, startsAt) }),
    services: appointment.services.map((service) => ({ ...service, startsAt: service.startsAt + by })),
    occupies: appointment.occupies.map((time) => ({
      ...time,
      zone: catalogueIndex.location(time.group)?.zone ?? time.zone,
      from: time.from + by,
      until: time.until + by,
    })),
  };
};

/** The block by the clock of its owner's diary: both ends keep their time, so that whole days stay whole days. */
export const blockInNewZone = (block: Block, zone: string, keep: Keep): Block => {
  const from = moved(block.from, block.zone, zone, keep);
  const until = moved(block.until, block.zone, zone, keep);
  // Its length stays where a clock change takes all of it.
  return { ...block, zone, from, until: until > from ? until : from + (block.until - block.from) };
};

/**
 * Ids of what stands, on the diaries of its owners, where `to` would stand in place of `from`. Those who come to the same lesson as
 * `from` move along and are not in the way; those who come to the lesson that `to` joins are when too few of its `seats`
 * are left.
 */
export const inTheWay = (
  busyOf: (ownerId: string) => readonly BusyTime[],
  from: TimeHolder,
  to: TimeHolder,
  seats: number,
): string[] => {
  const ids = to.occupies.flatMap((time, index) => {
    const before = from.occupies[index]?.from;
    const isOf = (start: number | undefined) => (other: BusyTime) =>
      time.lesson !== undefined && other.lesson === time.lesson && other.from === start;
    const taken = busyOf(time.ownerId).filter(
      (other) => other.id !== to.id && overlaps(other, time) && !isOf(before)(other),
    );
    const joined = taken.filter(isOf(time.from));
    const left = joined.reduce((sum, other) => sum - (other.seats ?? 1), seats);
    return left >= (to.seats ?? 1) ? taken.filter((other) => !joined.includes(other)) : taken;
  });
  return [...new Set(ids.map(({ id }) => id))];
};

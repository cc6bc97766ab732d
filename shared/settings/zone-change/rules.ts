import type { Appointment } from '../../booking/appointments/entity.ts';
import { actKept, promisedStart } from '../../booking/appointments/promised.ts';
import type { BusyTime } from '../../booking/day-pages/pages.ts';
import type { TimeHolder } from '../../booking/day-pages/writes.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Block } from '../../diary/blocks/blocks.ts';
import { overlaps } from '../../platform/time/intervals.ts';
import { type Instant, instantAtOrAfter, localMoment } from '../../platform/time/time.ts';

/** Meaning of another zone: the time by the clock stays, or the moment does. */
export type Keep = 'localTime' | 'instant';

/** The instant of a local time, `YYYY-MM-DDTHH:MM`; of one that the zone skips, the first moment after it. */
const instantBy = (local: string, zone: string): Instant => {
  const [date = '', time = ''] = local.split('T');
  return instantAtOrAfter(date, time, zone);
};

/** `promised`: its time by the clock. Of a time that the clock shows twice the one that it was stays. */
const moved = (instant: Instant, promised: string, from: string, to: string, keep: Keep): Instant => {
  if (keep === 'instant' || (from === to && localMoment(instant, to) === promised)) return instant;
  return instantBy(promised, to);
};

/** Whether the client was told another moment, or another time by the clock, than what is so now. */
const isOtherThanTold = (before: Appointment, after: Pick<Appointment, 'zone' | 'startsAt'>): boolean =>
  localMoment(after.startsAt, after.zone) !== promisedStart(before) ||
  (after.zone !== before.zone && after.startsAt !== before.startsAt);

/**
 * A deadline to confirm as it stands once the start has moved: never earlier than the client was told, and not after
 * the start.
 */
const deadline = (confirmBy: Instant, by: number, startsAt: Instant): Instant =>
  Math.min(Math.max(confirmBy, confirmBy + by), startsAt);

/**
 * The appointment by the clocks of today: its own location's, and those of the diaries on which it stands. The time by
 * the clock that is kept is the promised one, whatever the rules of the zone were when it was booked. With another
 * moment or another time by the clock SEQUENCE of its calendar file rises. `tells`: whether the client hears at once
 * where that is not what they were told; otherwise the file comes with the next mail.
 */
export const inNewZone = (
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  { keep, at, tells }: { keep: Keep; at: Instant; tells: boolean },
): Appointment => {
  const { localStart: _, ...rest } = appointment;
  const { confirmBy } = rest;
  const zone = catalogueIndex.location(rest.locationId)?.zone ?? rest.zone;
  const startsAt = moved(rest.startsAt, promisedStart(appointment), rest.zone, zone, keep);
  const by = startsAt - rest.startsAt;
  const isOther = isOtherThanTold(appointment, { zone, startsAt });
  return {
    ...(zone === rest.zone ? appointment : rest),
    zone,
    startsAt,
    endsAt: rest.endsAt + by,
    ...(by !== 0 || isOther
      ? {
          sequence: rest.sequence + 1,
          ...(isOther && tells
            ? { movedAt: at, act: { sequence: rest.sequence + 1, at, by: 'system' } }
            : { rezonedAt: at, act: actKept(appointment) }),
        }
      : {}),
    ...(confirmBy === undefined ? {} : { confirmBy: deadline(confirmBy, by, startsAt) }),
    services: rest.services.map((service) => ({ ...service, startsAt: service.startsAt + by })),
    occupies: rest.occupies.map((time) => ({
      ...time,
      zone: catalogueIndex.location(time.group)?.zone ?? time.zone,
      from: time.from + by,
      until: time.until + by,
    })),
  };
};

/** The block by the clock of its owner's diary: both ends keep their time, so that whole days stay whole days. */
export const blockInNewZone = (block: Block, zone: string, keep: Keep): Block => {
  const promised = {
    from: block.localFrom ?? localMoment(block.from, block.zone),
    until: block.localUntil ?? localMoment(block.until, block.zone),
  };
  const from = moved(block.from, promised.from, block.zone, zone, keep);
  const end = moved(block.until, promised.until, block.zone, zone, keep);
  // Its length stays where a clock change takes all of it.
  const until = end > from ? end : from + (block.until - block.from);
  return { ...block, zone, from, until, localFrom: localMoment(from, zone), localUntil: localMoment(until, zone) };
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

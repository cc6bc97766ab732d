import { Temporal } from 'temporal-polyfill';

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** `YYYY-MM-DD` in some zone that the context names. */
export type LocalDate = string;

const at = (instant: Instant, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

export const minute = 60_000;
export const day = 86_400_000;

/** True for IANA zones that this runtime knows. */
export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
};

export class LocalTimeMissing extends Error {
  constructor(local: string, zone: string) {
    super(`${local} does not exist in ${zone}: the clocks go forward over it`);
    this.name = 'LocalTimeMissing';
  }
}

/**
 * The instant of a local time. In the autumn overlap it is the earlier of the two;
 * in the spring gap it throws LocalTimeMissing.
 */
export const instantOf = (date: LocalDate, time: string, zone: string): Instant => {
  const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (!zoned.toPlainDateTime().equals(local)) throw new LocalTimeMissing(`${date}T${time}`, zone);
  return zoned.epochMilliseconds;
};

/** As `instantOf`, but a time in the spring gap becomes the first moment after it; for opening hours and the like. `24:00` is the end of the day. */
export const instantAtOrAfter = (date: LocalDate, time: string, zone: string): Instant => {
  if (time === '24:00') return startOfDay(addDays(date, 1), zone);
  const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? earlier.epochMilliseconds;
};

export const startOfDay = (date: LocalDate, zone: string): Instant =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

export const localDate = (instant: Instant, zone: string): LocalDate => at(instant, zone).toPlainDate().toString();

/** `HH:MM`. */
export const localTime = (instant: Instant, zone: string): string =>
  at(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' });

/** ISO 8601 with the zone's offset, to the second: `2026-11-24T10:00:00+00:00`. */
export const isoWithOffset = (instant: Instant, zone: string): string =>
  at(instant, zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** ISO 8601 in UTC, to the second. */
export const isoUtc = (instant: Instant): string => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Minutes east of UTC. */
export const offsetMinutes = (instant: Instant, zone: string): number => at(instant, zone).offsetNanoseconds / 6e10;

export const addDays = (date: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/** Whole days from `from` to `until`; negative when `until` lies before. */
export const daysBetween = (from: LocalDate, until: LocalDate): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until)).days;

/** A date of the years 1900 to 2999: dates are compared as text, which only holds while every year near has four digits. */
export const isLocalDate = (text: string): boolean => {
  if (!/^(?:19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
};

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export const weekdayOf = (date: LocalDate): Weekday => weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] as Weekday;

/** The Monday of the date's week. */
export const mondayOf = (date: LocalDate): LocalDate => {
  const plain = Temporal.PlainDate.from(date);
  return plain.subtract({ days: plain.dayOfWeek - 1 }).toString();
};

/**
 * Moves an instant by an ISO 8601 duration (`-P1D`, `PT2H`). Days, weeks and months keep the local time of day
 * across clock changes; hours and minutes are exact.
 */
export const shift = (instant: Instant, duration: string, zone: string): Instant =>
  at(instant, zone).add(Temporal.Duration.from(duration)).epochMilliseconds;

export const isDuration = (text: string): boolean => {
  try {
    Temporal.Duration.from(text);
    return true;
  } catch {
    return false;
  }
};

/** Parses `2026-11-24T10:00` (local, in `zone`) or `2026-11-24T10:00+06:00` / `…Z` (an instant). Throws LocalTimeMissing in a gap. */
export const parseMoment = (text: string, zone: string): Instant => {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
  const local = Temporal.PlainDateTime.from(text);
  return instantOf(local.toPlainDate().toString(), local.toPlainTime().toString(), zone);
};

import * as Duration from 'temporal-polyfill/fns/Duration';
import * as Moment from 'temporal-polyfill/fns/Instant';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import * as civil from './civil.ts';

// Temporal by functions rather than classes: half the weight in every bundle.

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** `YYYY-MM-DD` in some zone that the context names. */
export type LocalDate = string;

const at = (instant: Instant, zone: string) => Moment.toZonedDateTimeISO(Moment.fromEpochMilliseconds(instant), zone);

export const minute = 60_000;
export const day = 86_400_000;

/** Offset of the zone's clock at the instant, in milliseconds: all that Temporal is asked about zones, but for durations. */
const offsetAt = civil.rememberOffsets((instant, zone) => ZonedDateTime.offsetNanoseconds(at(instant, zone)) / 1e6);

/** Asking Intl takes as long as formatting fifty times. Names are few, but people may write them in any case. */
const zonesMet = new Set<string>();
const maxZonesMet = 1_000;

/** True for IANA zones that this runtime knows. */
export const isZone = (zone: string): boolean => {
  if (zonesMet.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return false;
  }
  if (!/^[A-Za-z]/.test(zone)) return false;
  if (zonesMet.size < maxZonesMet) zonesMet.add(zone);
  return true;
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
  const instant = civil.instantShowing(civil.localOf(date, time), zone, offsetAt);
  if (instant === undefined) throw new LocalTimeMissing(`${date}T${time}`, zone);
  return instant;
};

/** Does what `instantOf` does, but a time in the spring gap becomes the first moment after it; for opening hours and the like. `24:00` is the end of the day. */
export const instantAtOrAfter = (date: LocalDate, time: string, zone: string): Instant => {
  if (time === '24:00') return startOfDay(addDays(date, 1), zone);
  const local = civil.localOf(date, time);
  return civil.instantShowing(local, zone, offsetAt) ?? civil.skipOver(local, zone, offsetAt);
};

export const startOfDay = (date: LocalDate, zone: string): Instant => instantAtOrAfter(date, '00:00', zone);

export const localDate = (instant: Instant, zone: string): LocalDate => civil.dateOf(instant + offsetAt(instant, zone));

/** `HH:MM`. */
export const localTime = (instant: Instant, zone: string): string => civil.timeOf(instant + offsetAt(instant, zone));

/** `YYYY-MM-DDTHH:MM` by the zone's clock. */
export const localMoment = (instant: Instant, zone: string): string =>
  `${localDate(instant, zone)}T${localTime(instant, zone)}`;

/** ISO 8601 with the zone's offset, to the second: `2026-11-24T10:00:00+00:00`. */
export const isoWithOffset = (instant: Instant, zone: string): string => {
  const offset = offsetAt(instant, zone);
  return civil.isoOf(instant + offset, offset);
};

/** ISO 8601 in UTC, to the second. */
export const isoUtc = (instant: Instant): string => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Minutes east of UTC. */
export const offsetMinutes = (instant: Instant, zone: string): number => offsetAt(instant, zone) / minute;

export const addDays: (date: LocalDate, days: number) => LocalDate = civil.addDays;

/** Whole days from `from` to `until`; negative when `until` lies before. */
export const daysBetween: (from: LocalDate, until: LocalDate) => number = civil.daysBetween;

/** A date of the years 1900 to 2999: dates are compared as text, which only holds while every year near has four digits. */
export const isLocalDate = (text: string): boolean => {
  if (!/^(?:19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return civil.addDays(text, 0) === text;
  } catch {
    return false;
  }
};

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export const weekdayOf = (date: LocalDate): Weekday => weekdays[civil.weekday(date)] as Weekday;

/** The Monday of the date's week. */
export const mondayOf = (date: LocalDate): LocalDate => addDays(date, -civil.weekday(date));

/**
 * Moves an instant by an ISO 8601 duration (`-P1D`, `PT2H`). Days, weeks and months keep the local time of day
 * across clock changes; hours and minutes are exact.
 */
export const shift = (instant: Instant, duration: string, zone: string): Instant =>
  ZonedDateTime.add(at(instant, zone), Duration.fromString(duration)).epochMilliseconds;

/** Whether it is an ISO 8601 duration, and one of at most so many days either way. */
export const isDuration = (text: string, maxDays: number): boolean => {
  try {
    return Math.abs(shift(0, text, 'UTC')) <= maxDays * day;
  } catch {
    return false;
  }
};

/** Parses `2026-11-24T10:00` (local, in `zone`) or `2026-11-24T10:00+06:00` / `…Z` (an instant). Throws LocalTimeMissing in a gap. */
export const parseMoment = (text: string, zone: string): Instant => {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text)) return Moment.fromString(text).epochMilliseconds;
  const [date = '', time = ''] = text.split('T');
  return instantOf(date, time, zone);
};

/** The same instant, or the next whole second: schedules fire on those, and never early. */
export const wholeSecond = (instant: Instant): Instant => Math.ceil(instant / 1000) * 1000;

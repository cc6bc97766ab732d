import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Duration from 'temporal-polyfill/fns/Duration';
import * as Moment from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import * as civil from './civil.ts';

// Temporal by functions rather than classes: half the weight in every bundle.

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** `YYYY-MM-DD` in some zone that the context names. */
export type LocalDate = string;

const at = (instant: Instant, zone: string) => Moment.toZonedDateTimeISO(Moment.fromEpochMilliseconds(instant), zone);

const plainDate = (date: LocalDate) => PlainDate.fromString(date, getISO);

/** In the autumn overlap the earlier of the two; `exists`: not in the spring gap. */
const atLocal = (date: LocalDate, time: string, zone: string) => {
  const local = PlainDate.toPlainDateTime(plainDate(date), PlainTime.fromString(time));
  const zoned = PlainDateTime.toZonedDateTime(local, zone, { disambiguation: 'earlier' });
  return { zoned, exists: PlainDateTime.equals(ZonedDateTime.toPlainDateTime(zoned), local) };
};

export const minute = 60_000;
export const day = 86_400_000;

const inZone = civil.createCivil((instant, zone) => ZonedDateTime.offsetNanoseconds(at(instant, zone)) / 1e6);

/** Asking Intl takes as long as formatting fifty times. Names are few, but people may write them in any case. */
const zonesMet = new Set<string>();
const mostZonesMet = 1_000;

/** True for IANA zones that this runtime knows. */
export const isZone = (zone: string): boolean => {
  if (zonesMet.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return false;
  }
  if (!/^[A-Za-z]/.test(zone)) return false;
  if (zonesMet.size < mostZonesMet) zonesMet.add(zone);
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
  const plain = inZone.instantOf(date, time, zone);
  if (plain !== undefined) return plain;
  const { zoned, exists } = atLocal(date, time, zone);
  if (!exists) throw new LocalTimeMissing(`${date}T${time}`, zone);
  return zoned.epochMilliseconds;
};

/** As `instantOf`, but a time in the spring gap becomes the first moment after it; for opening hours and the like. `24:00` is the end of the day. */
export const instantAtOrAfter = (date: LocalDate, time: string, zone: string): Instant => {
  if (time === '24:00') return startOfDay(addDays(date, 1), zone);
  const plain = inZone.instantOf(date, time, zone);
  if (plain !== undefined) return plain;
  const { zoned, exists } = atLocal(date, time, zone);
  const next = exists ? undefined : ZonedDateTime.getTimeZoneTransition(zoned, 'next');
  return (next ?? zoned).epochMilliseconds;
};

export const startOfDay = (date: LocalDate, zone: string): Instant =>
  inZone.instantOf(date, '00:00', zone) ?? PlainDate.toZonedDateTime(plainDate(date), zone).epochMilliseconds;

export const localDate = (instant: Instant, zone: string): LocalDate =>
  inZone.localDate(instant, zone) ?? PlainDate.toString(ZonedDateTime.toPlainDate(at(instant, zone)));

/** `HH:MM`. */
export const localTime = (instant: Instant, zone: string): string =>
  inZone.localTime(instant, zone) ??
  PlainTime.toString(ZonedDateTime.toPlainTime(at(instant, zone)), { smallestUnit: 'minute' });

/** ISO 8601 with the zone's offset, to the second: `2026-11-24T10:00:00+00:00`. */
export const isoWithOffset = (instant: Instant, zone: string): string =>
  inZone.isoWithOffset(instant, zone) ??
  ZonedDateTime.toString(at(instant, zone), { timeZoneName: 'never', smallestUnit: 'second' });

/** ISO 8601 in UTC, to the second. */
export const isoUtc = (instant: Instant): string => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Minutes east of UTC. */
export const offsetMinutes = (instant: Instant, zone: string): number =>
  ZonedDateTime.offsetNanoseconds(at(instant, zone)) / 6e10;

export const addDays = (date: LocalDate, days: number): LocalDate =>
  civil.addDays(date, days) ?? PlainDate.toString(PlainDate.addDays(plainDate(date), days));

/** Whole days from `from` to `until`; negative when `until` lies before. */
export const daysBetween = (from: LocalDate, until: LocalDate): number =>
  civil.daysBetween(from, until) ?? PlainDate.diffDays(plainDate(from), plainDate(until));

/** A date of the years 1900 to 2999: dates are compared as text, which only holds while every year near has four digits. */
export const isLocalDate = (text: string): boolean => {
  if (!/^(?:19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  if (civil.weekday(text) !== undefined) return true;
  try {
    return PlainDate.toString(plainDate(text)) === text;
  } catch {
    return false;
  }
};

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** 0 for Monday, 6 for Sunday. */
const weekdayNumber = (date: LocalDate): number => civil.weekday(date) ?? PlainDate.dayOfWeek(plainDate(date)) - 1;

export const weekdayOf = (date: LocalDate): Weekday => weekdays[weekdayNumber(date)] as Weekday;

/** The Monday of the date's week. */
export const mondayOf = (date: LocalDate): LocalDate => addDays(date, -weekdayNumber(date));

/**
 * Moves an instant by an ISO 8601 duration (`-P1D`, `PT2H`). Days, weeks and months keep the local time of day
 * across clock changes; hours and minutes are exact.
 */
export const shift = (instant: Instant, duration: string, zone: string): Instant =>
  ZonedDateTime.add(at(instant, zone), Duration.fromString(duration)).epochMilliseconds;

/** Whether it is an ISO 8601 duration, and one of at most so many days either way. */
export const isDuration = (text: string, mostDays: number): boolean => {
  try {
    return Math.abs(shift(0, text, 'UTC')) <= mostDays * day;
  } catch {
    return false;
  }
};

/** Parses `2026-11-24T10:00` (local, in `zone`) or `2026-11-24T10:00+06:00` / `…Z` (an instant). Throws LocalTimeMissing in a gap. */
export const parseMoment = (text: string, zone: string): Instant => {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text)) return Moment.fromString(text).epochMilliseconds;
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/.exec(text) ?? [];
  const plain = day && time ? inZone.instantOf(day, time, zone) : undefined;
  if (plain !== undefined) return plain;
  const local = PlainDateTime.fromString(text, getISO);
  const date = PlainDate.toString(PlainDateTime.toPlainDate(local));
  return instantOf(date, PlainTime.toString(PlainDateTime.toPlainTime(local)), zone);
};

import { Temporal } from 'temporal-polyfill';

const zone = 'America/New_York';
/** The door is open from 9 to 19, in minutes of the day; nobody's hours but the house's matter here. */
export const opens = 9 * 60;
export const closes = 19 * 60;

const at = (instant: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

/** The local day that lies so many days after the instant's own. */
export const dateAfter = (instant: number, days: number): string => at(instant).toPlainDate().add({ days }).toString();

export const minutesOfDay = (instant: number): number => at(instant).hour * 60 + at(instant).minute;

const twoDigits = (number: number): string => String(number).padStart(2, '0');
export const clockText = (minutes: number): string =>
  `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;

export const wall = (date: string, minutes: number): string => `${date}T${clockText(minutes)}`;

export const instantOf = (local: string): number =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;

/** In minutes of the day, of the half hour after the door opens. */
export const halfHourOf = (halfHour: number): number => opens + halfHour * 30;

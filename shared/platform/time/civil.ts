import { memoByKey } from '../memo.ts';

/**
 * Calendar and clock by plain arithmetic on milliseconds. Of zones it asks one thing, their offset at an instant, and
 * remembers it where it is steady: a week of free times takes hundreds of answers, and asking takes ten times as long.
 */

const minute = 60_000;
const day = 86_400_000;
/** More than any zone's offset, so that a local time can't lie further from its instant. */
const furthest = 26 * 60 * minute;

/** Zones keep their offset for weeks, and none has ever left one and returned within a day. */
const blockDays = 8;
const block = blockDays * day;
const maxBlocks = 1_000;
const mostZones = 1_000;

/** Offset of the zone's clock at the instant, in milliseconds. */
type OffsetAt = (instant: number, zone: string) => number;

/** The same few months of days are asked about again and again. */
const maxKnown = 5_000;

/** By the number of the day since 1970. Throws RangeError for what is no whole number. */
const dateOfDay = memoByKey((number: number): string => {
  if (!Number.isInteger(number)) throw new RangeError(`${number} is no number of a day`);
  const [date = ''] = new Date(number * day).toISOString().split('T');
  return date;
}, maxKnown);

/** The date of a clock's time, which is given as if it were UTC. */
export const dateOf = (local: number): string => dateOfDay(Math.floor(local / day));

/** The number of the day since 1970. Throws RangeError for what is no date. */
const dayOf = memoByKey((date: string): number => {
  const number = /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00Z`) / day : Number.NaN;
  if (Number.isNaN(number) || dateOfDay(number) !== date) throw new RangeError(`${date} is no date`);
  return number;
}, maxKnown);

export const addDays = (date: string, days: number): string => dateOfDay(dayOf(date) + days);

export const daysBetween = (from: string, until: string): number => dayOf(until) - dayOf(from);

/** 0 for Monday, 6 for Sunday. */
export const weekday = (date: string): number => (((dayOf(date) + 3) % 7) + 7) % 7;

/** Since midnight, in milliseconds. */
const sinceMidnight = (time: string): number => {
  const [, hours, minutes, seconds = 0] = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(time) ?? [];
  if (hours === undefined) throw new RangeError(`${time} is no time of day`);
  return (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds) * 1000;
};

/** Reading of a clock, as if it were UTC. Throws RangeError for what is no date, or neither `HH:MM` nor `HH:MM:SS`. */
export const localOf = (date: string, time: string): number => dayOf(date) * day + sinceMidnight(time);

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** `HH:MM`. */
export const timeOf = (local: number): string => {
  const minutes = Math.floor(local / minute) - Math.floor(local / day) * 1440;
  return `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}`;
};

/** `2026-11-24T10:00:00+00:00`: to the second, with the offset to the minute. */
export const isoOf = (local: number, offset: number): string => {
  const seconds = twoDigits[Math.floor(local / 1000) - Math.floor(local / minute) * 60];
  const east = timeOf(Math.round(Math.abs(offset) / minute) * minute);
  return `${dateOf(local)}T${timeOf(local)}:${seconds}${offset < 0 ? '-' : '+'}${east}`;
};

/** The same answers as `ask`, most of them from memory. */
export const rememberOffsets = (ask: OffsetAt): OffsetAt => {
  const zones = memoByKey((_zone: string) => new Map<number, number | undefined>(), mostZones);

  /** The offset that the zone keeps over all of the block, if it keeps one. */
  const offsetOver = (index: number, zone: string): number | undefined => {
    const offset = ask(index * block, zone);
    for (let count = 1; count <= blockDays; count += 1) {
      if (ask(index * block + count * day, zone) !== offset) return undefined;
    }
    return offset;
  };

  return (instant, zone) => {
    const blocks = zones(zone);
    const index = Math.floor(instant / block);
    let offset = blocks.get(index);
    if (offset === undefined && !blocks.has(index)) {
      if (blocks.size >= maxBlocks) blocks.clear();
      offset = offsetOver(index, zone);
      blocks.set(index, offset);
    }
    return offset ?? ask(instant, zone);
  };
};

/** The instant at which the zone's clock shows the time, the earlier of two; undefined where it skips the time. */
export const instantShowing = (local: number, zone: string, offsetAt: OffsetAt): number | undefined => {
  const before = offsetAt(local - furthest, zone);
  if (offsetAt(local - before, zone) === before) return local - before;
  const after = offsetAt(local + furthest, zone);
  return offsetAt(local - after, zone) === after ? local - after : undefined;
};

/** The instant at which the zone's clock skips the time. */
export const skipOver = (local: number, zone: string, offsetAt: OffsetAt): number => {
  const after = offsetAt(local + furthest, zone);
  let [earlier, later] = [local - furthest, local + furthest];
  // Clocks change at a whole second.
  while (later - earlier > 1000) {
    const middle = earlier + Math.floor((later - earlier) / 2000) * 1000;
    if (offsetAt(middle, zone) === after) later = middle;
    else earlier = middle;
  }
  return later;
};

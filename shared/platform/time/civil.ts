import { memoByKey } from '../memo.ts';

/**
 * Calendar and clock by plain arithmetic, for the times that people deal in: four-digit years, whole minutes of
 * offset, and no clock change near. Everything answers undefined where that does not hold; Temporal (time.ts) then
 * knows. A week of free times takes hundreds of these, and Temporal ten times as long for each.
 */

const minute = 60_000;
const day = 86_400_000;
/** More than any zone's offset, so that a local time can't lie further from its instant. */
const furthest = 26 * 60 * minute;

/** Zones keep their offset for weeks, and none has ever left one and returned within a day. */
const blockDays = 8;
const block = blockDays * day;
const mostBlocks = 1_000;

/** Offset of the zone's clock at the instant, in milliseconds. */
export type OffsetAt = (instant: number, zone: string) => number;

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Years of four digits, a block away from those that have fewer or more. */
const earliest = Date.UTC(1000, 0, 1);
const latest = Date.UTC(9999, 11, 1);

/** The same few months of days are asked about again and again. */
const mostKnown = 5_000;

/** Midnight of the date in UTC; undefined for what is no date, or far from ours. */
const utcMidnight = memoByKey((date: string): number | undefined => {
  const parts = pattern.exec(date);
  if (!parts) return undefined;
  const [year, month, dayOfMonth] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1000 || year > 9998 || month < 1 || month > 12 || dayOfMonth < 1) return undefined;
  if (dayOfMonth > 28 && new Date(Date.UTC(year, month, 0)).getUTCDate() < dayOfMonth) return undefined;
  return Date.UTC(year, month - 1, dayOfMonth);
}, mostKnown);

/** By the number of the day since 1970. */
const dateOfDay = memoByKey((number: number): string => new Date(number * day).toISOString().slice(0, 10), mostKnown);
const dateOf = (local: number): string => dateOfDay(Math.floor(local / day));

const dateAt = (utc: number): string | undefined => (utc >= earliest && utc < latest ? dateOf(utc) : undefined);

export const addDays = (date: string, days: number): string | undefined => {
  const utc = utcMidnight(date);
  return utc === undefined || !Number.isInteger(days) ? undefined : dateAt(utc + days * day);
};

export const daysBetween = (from: string, until: string): number | undefined => {
  const [a, b] = [utcMidnight(from), utcMidnight(until)];
  return a === undefined || b === undefined ? undefined : (b - a) / day;
};

/** 0 for Monday, 6 for Sunday. */
export const weekday = (date: string): number | undefined => {
  const utc = utcMidnight(date);
  return utc === undefined ? undefined : (new Date(utc).getUTCDay() + 6) % 7;
};

const clockPattern = /^(\d{2}):(\d{2})$/;

const minutesOf = (time: string): number | undefined => {
  const parts = clockPattern.exec(time);
  if (!parts) return undefined;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
};

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** `HH:MM`. */
const timeOf = (local: number): string => {
  const minutes = Math.floor(local / minute) - Math.floor(local / day) * 1440;
  return `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}`;
};

/** The civil questions that need to know a zone. */
export const createCivil = (offsetAt: OffsetAt) => {
  const known = new Map<string, Map<number, number | undefined>>();

  /** The offset that the zone keeps over all of the block, if it keeps one, of whole minutes. */
  const offsetOver = (index: number, zone: string): number | undefined => {
    const offset = offsetAt(index * block, zone);
    if (offset % minute !== 0) return undefined;
    for (let count = 1; count <= blockDays; count += 1) {
      if (offsetAt(index * block + count * day, zone) !== offset) return undefined;
    }
    return offset;
  };
  /** The offset that the zone keeps for days around the instant; undefined near a clock change. */
  const steadyOffset = (instant: number, zone: string): number | undefined => {
    const blocks = known.get(zone) ?? new Map<number, number | undefined>();
    const index = Math.floor(instant / block);
    if (!blocks.has(index)) {
      if (blocks.size >= mostBlocks) blocks.clear();
      blocks.set(index, offsetOver(index, zone));
      known.set(zone, blocks);
    }
    return blocks.get(index);
  };
  /** What the zone's clock shows, in milliseconds as if it were UTC, with its offset. */
  const shown = (instant: number, zone: string): { local: number; offset: number } | undefined => {
    if (!(instant >= earliest && instant < latest) || !Number.isInteger(instant)) return undefined;
    const offset = steadyOffset(instant, zone);
    return offset === undefined ? undefined : { local: instant + offset, offset };
  };
  return {
    /** The instant at which the zone's clock shows the time; undefined near a clock change. */
    instantOf: (date: string, time: string, zone: string): number | undefined => {
      const [midnight, minutes] = [utcMidnight(date), minutesOf(time)];
      if (midnight === undefined || minutes === undefined) return undefined;
      const local = midnight + minutes * minute;
      const offset = steadyOffset(local - furthest, zone);
      return offset !== undefined && offset === steadyOffset(local + furthest, zone) ? local - offset : undefined;
    },
    localDate: (instant: number, zone: string): string | undefined => {
      const clock = shown(instant, zone);
      return clock && dateOf(clock.local);
    },
    /** `HH:MM`. */
    localTime: (instant: number, zone: string): string | undefined => {
      const clock = shown(instant, zone);
      return clock && timeOf(clock.local);
    },
    isoWithOffset: (instant: number, zone: string): string | undefined => {
      const clock = shown(instant, zone);
      if (!clock) return undefined;
      const { local, offset } = clock;
      const seconds = twoDigits[Math.floor(local / 1000) - Math.floor(local / minute) * 60];
      return `${dateOf(local)}T${timeOf(local)}:${seconds}${offset < 0 ? '-' : '+'}${timeOf(Math.abs(offset))}`;
    },
  };
};

import { addDays, daysBetween, type LocalDate } from '../../shared/platform/time/time.ts';
import type { Availability, FreeTime } from '../api.ts';

/** Seven days or fewer, each with its free times; what a visitor sees at once. */
export interface Week {
  zone: string;
  days: readonly WeekDay[];
  /** The day whose times are shown; absent when the week has none. */
  open?: WeekDay | undefined;
  /** First days of the weeks beside, within what can be booked. */
  previous?: LocalDate | undefined;
  next?: LocalDate | undefined;
  /** Looked for only when the week has no times. */
  nextFree?: LocalDate | undefined;
  /** The last day that can be booked. */
  last: LocalDate;
}

export interface WeekDay {
  date: LocalDate;
  times: readonly FreeTime[];
}

type FetchDays = (from: LocalDate, to: LocalDate) => Promise<Availability>;

export interface WeekQuery {
  today: LocalDate;
  horizonDays: number;
  from?: string | undefined;
  day?: string | undefined;
  fetchDays: FetchDays;
}

const span = 7;
/** The API gives at most 62 days at a time. */
const farthest = 61;

const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

const findNextFree = async (fetchDays: FetchDays, from: LocalDate, last: LocalDate): Promise<LocalDate | undefined> => {
  if (from > last) return undefined;
  const to = earlier(addDays(from, farthest), last);
  const { days } = await fetchDays(from, to);
  const free = days.find((day) => day.times.length > 0);
  return free ? free.date : findNextFree(fetchDays, addDays(to, 1), last);
};

/** The week that starts on `from`, or the first one when that can't be. */
export const lookUpWeek = async ({ today, horizonDays, from, day, fetchDays }: WeekQuery): Promise<Week> => {
  const last = addDays(today, horizonDays);
  const start = from && from >= today && from <= last ? from : today;
  const end = earlier(addDays(start, span - 1), last);
  const { zone, days: found } = await fetchDays(start, end);
  const timesOn = new Map(found.map((each) => [each.date, each.times]));
  const days = Array.from({ length: daysBetween(start, end) + 1 }, (_, index) => {
    const date = addDays(start, index);
    return { date, times: timesOn.get(date) ?? [] };
  });
  const free = days.filter((each) => each.times.length > 0);
  const open = free.find((each) => each.date === day) ?? free[0];
  return {
    zone,
    days,
    open,
    previous: start > today ? later(addDays(start, -span), today) : undefined,
    next: end < last ? addDays(end, 1) : undefined,
    nextFree: open ? undefined : await findNextFree(fetchDays, addDays(end, 1), last),
    last,
  };
};

const partsOfDay = ['morning', 'afternoon', 'evening'] as const;
type PartOfDay = (typeof partsOfDay)[number];

/** By the location's clock, which the time's own text tells. */
const partOf = (time: FreeTime, eveningFrom: number): PartOfDay => {
  const hour = Number(time.startsAt.slice(11, 13));
  return hour < 12 ? 'morning' : hour < eveningFrom ? 'afternoon' : 'evening';
};

/** Only the parts that have times; languages differ about the hour at which the evening begins. */
export const byPartOfDay = (
  times: readonly FreeTime[],
  eveningFrom: number,
): { part: PartOfDay; times: readonly FreeTime[] }[] =>
  partsOfDay
    .map((part) => ({ part, times: times.filter((time) => partOf(time, eveningFrom) === part) }))
    .filter((group) => group.times.length > 0);

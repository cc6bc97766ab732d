import type { Location, Period, StaffMember, WeeklyHours } from '../business/catalogue.ts';
import { addDays, instantAtOrAfter, type LocalDate, weekdayOf } from '../platform/time.ts';
import { type Interval, intersect, subtract, union } from './intervals.ts';

const toInterval = (date: LocalDate, { from, until }: Period, zone: string): Interval => ({
  from: instantAtOrAfter(date, from, zone),
  until: instantAtOrAfter(until <= from ? addDays(date, 1) : date, until, zone),
});

/** Hours change with the catalogue, whose objects are new then; until that the same days are asked for again and again. */
const remembered = new WeakMap<WeeklyHours, Map<string, readonly Interval[]>>();
const mostRemembered = 2_000;

const ofDay = (hours: WeeklyHours, date: LocalDate, zone: string): readonly Interval[] => {
  const known = remembered.get(hours) ?? new Map<string, readonly Interval[]>();
  const key = `${date} ${zone}`;
  const found = known.get(key);
  if (found) return found;
  const intervals = (hours[weekdayOf(date)] ?? []).map((period) => toInterval(date, period, zone));
  if (known.size >= mostRemembered) known.clear();
  remembered.set(hours, known.set(key, intervals));
  return intervals;
};

/** When a location is open over some local days. */
export interface Opening {
  /** Weekly hours by the day on which they begin; none on holidays. Breaks are still in them. */
  hours: ReadonlyMap<LocalDate, readonly Interval[]>;
  /** The hours of all the days together, without breaks. */
  open: readonly Interval[];
}

/** Days are taken together, so that a break after midnight falls into the night that began the day before. */
export const openingOf = (location: Location, dates: readonly LocalDate[]): Opening => {
  const holidays = new Set(location.holidays.map(({ date }) => date));
  const days = dates.filter((date) => !holidays.has(date));
  const hours = new Map(days.map((date) => [date, ofDay(location.hours, date, location.zone)]));
  const breaks = union(dates.flatMap((date) => ofDay(location.breaks, date, location.zone)));
  return { hours, open: subtract(union([...hours.values()].flat()), breaks) };
};

/** When the person works at the location over the days of the opening: own hours, else the location's, but for days off. */
export const workingOf = (person: StaffMember, location: Location, { hours, open }: Opening): Interval[] => {
  if (!person.locations.includes(location.id)) return [];
  const own = person.hours[location.id];
  const days = [...hours.keys()].filter(
    (date) => !person.daysOff.some((range) => range.from <= date && date <= range.until),
  );
  const begun = days.flatMap((date) => (own ? ofDay(own, date, location.zone) : (hours.get(date) ?? [])));
  return intersect(open, union(begun));
};

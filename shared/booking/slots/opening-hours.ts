import type { Location, Period, StaffMember, WeeklyHours } from '../../business/catalogue.ts';
import { memoByKey, memoByObject } from '../../platform/memo.ts';
import { datesBetween } from '../../platform/time/dates.ts';
import { type Interval, intersect, subtract, union } from '../../platform/time/intervals.ts';
import { addDays, instantAtOrAfter, type LocalDate, weekdayOf } from '../../platform/time/time.ts';

const toInterval = (date: LocalDate, { from, until }: Period, zone: string): Interval => ({
  from: instantAtOrAfter(date, from, zone),
  until: instantAtOrAfter(until <= from ? addDays(date, 1) : date, until, zone),
});

/** Hours change with the catalogue, whose objects are new then; until that the same days are asked for again and again. */
const maxRemembered = 2_000;

const days = memoByObject((hours: WeeklyHours) =>
  memoByKey((zone: string) =>
    memoByKey(
      (date: LocalDate): readonly Interval[] =>
        (hours[weekdayOf(date)] ?? []).map((period) => toInterval(date, period, zone)),
      maxRemembered,
    ),
  ),
);
const ofDay = (hours: WeeklyHours, date: LocalDate, zone: string): readonly Interval[] => days(hours)(zone)(date);

/** Opening times of a location over some local days. */
export interface Opening {
  /** Weekly hours by the day on which they begin; none on holidays. Breaks are still in them. */
  hours: ReadonlyMap<LocalDate, readonly Interval[]>;
  /** The hours of all the days together, without breaks. */
  open: readonly Interval[];
}

/** By the first day and the last, with a space between. */
const openings = memoByObject((location: Location) =>
  memoByKey((days: string): Opening => {
    const [first = '', last = ''] = days.split(' ');
    const holidays = new Set(location.holidays.map(({ date }) => date));
    const dates = datesBetween(first, last);
    const hours = new Map(
      dates.filter((date) => !holidays.has(date)).map((date) => [date, ofDay(location.hours, date, location.zone)]),
    );
    const breaks = union(dates.flatMap((date) => ofDay(location.breaks, date, location.zone)));
    return { hours, open: subtract(union([...hours.values()].flat()), breaks) };
  }, maxRemembered),
);

/**
 * From the first day to the last, both included. Days are taken together, so that a break after midnight falls into the
 * night that began the day before.
 */
export const openingOf = (location: Location, first: LocalDate, last: LocalDate): Opening =>
  openings(location)(`${first} ${last}`);

/** Working times of the person at the location over these days: own hours, else the location's, but for days off. */
export const workingOf = (person: StaffMember, location: Location, { hours, open }: Opening): Interval[] => {
  if (!person.locations.includes(location.id)) return [];
  const own = person.hours[location.id];
  const working = [...hours.keys()].filter(
    (date) => !person.daysOff.some((range) => range.from <= date && date <= range.until),
  );
  const begun = working.flatMap((date) => (own ? ofDay(own, date, location.zone) : (hours.get(date) ?? [])));
  return intersect(open, union(begun));
};

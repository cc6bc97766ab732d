import type { Location, Period, StaffMember, WeeklyHours } from '../business/catalogue.ts';
import { addDays, instantAtOrAfter, type LocalDate, weekdayOf } from '../platform/time.ts';
import { type Interval, intersect, subtract, union } from './intervals.ts';

const toInterval = (date: LocalDate, { from, until }: Period, zone: string): Interval => ({
  from: instantAtOrAfter(date, from, zone),
  until: instantAtOrAfter(until <= from ? addDays(date, 1) : date, until, zone),
});

const ofDay = (hours: WeeklyHours, date: LocalDate, zone: string): Interval[] =>
  union((hours[weekdayOf(date)] ?? []).map((period) => toInterval(date, period, zone)));

/** When the location is open in the hours that begin on the local date: weekly hours without breaks and holidays. */
export const openingOf = (location: Location, date: LocalDate): Interval[] => {
  if (location.holidays.some((holiday) => holiday.date === date)) return [];
  return subtract(ofDay(location.hours, date, location.zone), ofDay(location.breaks, date, location.zone));
};

/** When the person works at the location in the hours that begin on the local date; `opening` is the location's. */
export const workingOf = (
  person: StaffMember,
  location: Location,
  date: LocalDate,
  opening: Interval[],
): Interval[] => {
  if (!person.locations.includes(location.id)) return [];
  if (person.daysOff.some((range) => range.from <= date && date <= range.until)) return [];
  const own = person.hours[location.id];
  return own ? intersect(opening, ofDay(own, date, location.zone)) : opening;
};

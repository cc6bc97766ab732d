import { addDays, type LocalDate, type Weekday, weekdayOf, weekdays } from '../platform/time/time.ts';

/** Position among a month's Tuesdays, or whatever the weekday is. A month may lack a fifth; `last` is the fourth or fifth. */
export type WeekOfMonth = 1 | 2 | 3 | 4 | 'last';

/** Rule by which appointments repeat; exactly one of `count` and `until` says how often. */
export type Rule = {
  /** Appointments in all, the first one included. */
  count?: number | undefined;
  /** The last local day on which one may be. */
  until?: LocalDate | undefined;
} & (
  | { every: 'weeks'; interval: number }
  /** On the first one's weekday. */
  | { every: 'months'; interval: number; week: WeekOfMonth }
);

const dayOfMonth = (date: LocalDate): number => Number(date.slice(8, 10));

/** The month `months` after the date's own, as its first day. */
const firstOfMonth = (date: LocalDate, months: number): LocalDate => {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
};

const onWeekOf = (month: LocalDate, weekday: Weekday, week: WeekOfMonth): LocalDate => {
  if (week === 'last') {
    const end = addDays(firstOfMonth(month, 1), -1);
    return addDays(end, -((weekdays.indexOf(weekdayOf(end)) - weekdays.indexOf(weekday) + 7) % 7));
  }
  const ahead = (weekdays.indexOf(weekday) - weekdays.indexOf(weekdayOf(month)) + 7) % 7;
  return addDays(month, ahead + (week - 1) * 7);
};

/** Every week of the month that the date stands for: the fourth Friday may be the last one, too. */
export const weeksOf = (date: LocalDate): WeekOfMonth[] => {
  const nth = Math.ceil(dayOfMonth(date) / 7);
  const isLast = addDays(date, 7).slice(0, 7) !== date.slice(0, 7);
  return [...(nth <= 4 ? [nth as 1 | 2 | 3 | 4] : []), ...(isLast ? (['last'] as const) : [])];
};

/**
 * Local days of the appointments, in order, the first included; at most so many. For months `first` must be of the
 * rule's own week (`weeksOf`).
 */
export const datesOf = (rule: Rule, first: LocalDate, most: number): LocalDate[] => {
  const weekday = weekdayOf(first);
  const nth = (index: number): LocalDate =>
    rule.every === 'weeks'
      ? addDays(first, index * rule.interval * 7)
      : onWeekOf(firstOfMonth(first, index * rule.interval), weekday, rule.week);
  const dates: LocalDate[] = [];
  while (dates.length < Math.min(most, rule.count ?? most)) {
    const date = nth(dates.length);
    if (rule.until !== undefined && date > rule.until) break;
    dates.push(date);
  }
  return dates;
};

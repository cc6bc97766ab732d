import { addDays, type LocalDate, mondayOf, type Weekday, weekdayOf, weekdays } from '../platform/time/time.ts';

/** Position among a month's Tuesdays, or whatever the weekday is. A month may lack a fifth; `last` is the fourth or fifth. */
export type WeekOfMonth = 1 | 2 | 3 | 4 | 5 | 'last';

/** A month may be too short for 29 to 31; `last` is its last day. */
export type DayOfMonth = number | 'last';

/** Rule by which appointments repeat; exactly one of `count` and `until` says how often. */
export type Rule = {
  /** Appointments in all, the first one included. */
  count?: number | undefined;
  /** The last local day on which one may be. */
  until?: LocalDate | undefined;
  interval: number;
} & (
  | {
      every: 'weeks';
      /** Absent: the first one's. */
      weekdays?: Weekday[] | undefined;
    }
  /** On the first one's weekday. */
  | { every: 'months'; week: WeekOfMonth; day?: undefined }
  | { every: 'months'; day: DayOfMonth; week?: undefined }
);

const dayOfMonth = (date: LocalDate): number => Number(date.slice(8, 10));

/** The month `months` after the date's own, as its first day. */
const firstOfMonth = (date: LocalDate, months: number): LocalDate => {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
};

const lastOfMonth = (month: LocalDate): LocalDate => addDays(firstOfMonth(month, 1), -1);

/** undefined: the month is too short. */
const onDayOf = (month: LocalDate, day: DayOfMonth): LocalDate | undefined => {
  const last = lastOfMonth(month);
  if (day === 'last') return last;
  return day <= dayOfMonth(last) ? addDays(month, day - 1) : undefined;
};

/** undefined: the month has no fifth. */
const onWeekOf = (month: LocalDate, weekday: Weekday, week: WeekOfMonth): LocalDate | undefined => {
  const end = lastOfMonth(month);
  if (week === 'last') return addDays(end, -((weekdays.indexOf(weekdayOf(end)) - weekdays.indexOf(weekday) + 7) % 7));
  const ahead = (weekdays.indexOf(weekday) - weekdays.indexOf(weekdayOf(month)) + 7) % 7;
  const date = addDays(month, ahead + (week - 1) * 7);
  return date <= end ? date : undefined;
};

const isLastWeek = (date: LocalDate): boolean => addDays(date, 7).slice(0, 7) !== date.slice(0, 7);

/** Every week of the month that the date stands for: the fourth Friday may be the last one, too. */
export const weeksOf = (date: LocalDate): WeekOfMonth[] => [
  Math.ceil(dayOfMonth(date) / 7) as 1 | 2 | 3 | 4 | 5,
  ...(isLastWeek(date) ? (['last'] as const) : []),
];

/** Every day of the month that the date stands for: the 30th may be the last one, too. */
export const daysOf = (date: LocalDate): DayOfMonth[] => [
  dayOfMonth(date),
  ...(lastOfMonth(firstOfMonth(date, 0)) === date ? (['last'] as const) : []),
];

/** Days of the nth week or month of the rule, from the first one's on, in order; none where a month lacks that day. */
const datesIn = (rule: Rule, first: LocalDate, nth: number): LocalDate[] => {
  const ahead = nth * rule.interval;
  if (rule.every === 'weeks') {
    const monday = addDays(mondayOf(first), ahead * 7);
    const chosen = rule.weekdays ?? [weekdayOf(first)];
    return weekdays.flatMap((weekday, index) => (chosen.includes(weekday) ? [addDays(monday, index)] : []));
  }
  const month = firstOfMonth(first, ahead);
  const date = rule.week === undefined ? onDayOf(month, rule.day) : onWeekOf(month, weekdayOf(first), rule.week);
  return date === undefined ? [] : [date];
};

/** Later than anything is booked; a rule may name a day that most months lack. */
const endOfTime: LocalDate = '9999-01-01';

/**
 * Local days of the appointments, in order, the first included; at most so many. `first` must be of the rule's own
 * weekdays, week (`weeksOf`) or day (`daysOf`). Weeks begin on Monday. A month without a fifth, or without a 31st, has none.
 */
export const datesOf = (rule: Rule, first: LocalDate, most: number): LocalDate[] => {
  const count = Math.min(most, rule.count ?? most);
  const end = rule.until ?? endOfTime;
  const dates: LocalDate[] = [];
  for (let nth = 0; dates.length < count; nth += 1) {
    const found = datesIn(rule, first, nth).filter((date) => date >= first);
    dates.push(...found.filter((date) => date <= end));
    const latest = found.at(-1) ?? firstOfMonth(first, nth * rule.interval);
    if (latest > end || latest >= endOfTime) break;
  }
  return dates.slice(0, count);
};

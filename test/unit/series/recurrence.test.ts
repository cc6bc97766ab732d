import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOn } from '../../../shared/platform/time/dates.ts';
import {
  addDays,
  daysBetween,
  isLocalDate,
  localDate,
  localTime,
  mondayOf,
  type Weekday,
  weekdays as weekdayNames,
  weekdayOf,
} from '../../../shared/platform/time/time.ts';
import {
  type DayOfMonth,
  datesOf,
  daysOf,
  type Rule,
  type WeekOfMonth,
  weeksOf,
} from '../../../shared/series/recurrence.ts';

const weekly = (interval: number, end: { count?: number; until?: string }): Rule => ({
  every: 'weeks',
  interval,
  ...end,
});
const monthly = (interval: number, week: WeekOfMonth, end: { count?: number; until?: string }): Rule => ({
  every: 'months',
  interval,
  week,
  ...end,
});

/** Days of 2020 to 2039. */
const date = fc.integer({ min: 0, max: 7_304 }).map((days) => addDays('2020-01-01', days));
const interval = fc.integer({ min: 1, max: 12 });

describe('every so many weeks', () => {
  it('crosses the year’s end and a leap day', () => {
    expect(datesOf(weekly(1, { count: 3 }), '2027-12-24', 50)).toEqual(['2027-12-24', '2027-12-31', '2028-01-07']);
    expect(datesOf(weekly(1, { count: 3 }), '2028-02-22', 50)).toEqual(['2028-02-22', '2028-02-29', '2028-03-07']);
    expect(datesOf(weekly(4, { count: 2 }), '2028-02-29', 50)).toEqual(['2028-02-29', '2028-03-28']);
  });

  it('ends on the last day, that day included, and has at least what lies before it', () => {
    expect(datesOf(weekly(2, { until: '2026-12-08' }), '2026-11-24', 50)).toEqual(['2026-11-24', '2026-12-08']);
    expect(datesOf(weekly(2, { until: '2026-12-07' }), '2026-11-24', 50)).toEqual(['2026-11-24']);
    expect(datesOf(weekly(2, { until: '2026-11-23' }), '2026-11-24', 50)).toEqual([]);
  });

  it('keeps weekday and distance', () => {
    fc.assert(
      fc.property(date, interval, fc.integer({ min: 2, max: 40 }), (first, each, count) => {
        const dates = datesOf(weekly(each, { count }), first, 100);
        expect(dates).toHaveLength(count);
        dates.forEach((day, index) => {
          expect(weekdayOf(day)).toBe(weekdayOf(first));
          expect(daysBetween(first, day)).toBe(index * each * 7);
        });
      }),
    );
  });

  it('is cut where there would be too many', () => {
    expect(datesOf(weekly(1, { until: '2999-12-31' }), '2026-11-24', 7)).toHaveLength(7);
  });
});

describe('every so many months', () => {
  it('finds the second Tuesday, and the last Friday whether it is the fourth or the fifth', () => {
    expect(datesOf(monthly(1, 2, { count: 4 }), '2026-11-10', 50)).toEqual([
      '2026-11-10',
      '2026-12-08',
      '2027-01-12',
      '2027-02-09',
    ]);
    expect(datesOf(monthly(1, 'last', { count: 4 }), '2026-11-27', 50)).toEqual([
      '2026-11-27',
      '2026-12-25',
      '2027-01-29',
      '2027-02-26',
    ]);
  });

  it('crosses years by any interval', () => {
    expect(datesOf(monthly(5, 1, { count: 4 }), '2026-11-02', 50)).toEqual([
      '2026-11-02',
      '2027-04-05',
      '2027-09-06',
      '2028-02-07',
    ]);
    expect(datesOf(monthly(12, 'last', { count: 3 }), '2028-02-29', 50)).toEqual([
      '2028-02-29',
      '2029-02-27',
      '2030-02-26',
    ]);
  });

  it('is that week’s weekday of every such month, wherever it begins', () => {
    fc.assert(
      fc.property(date, interval, fc.integer({ min: 2, max: 40 }), (first, each, count) => {
        for (const week of weeksOf(first).filter((each) => each !== 5)) {
          const dates = datesOf(monthly(each, week, { count }), first, 100);
          expect(dates[0]).toBe(first);
          expect(dates).toHaveLength(count);
          dates.forEach((day, index) => {
            expect(isLocalDate(day)).toBe(true);
            expect(weekdayOf(day)).toBe(weekdayOf(first));
            expect(weeksOf(day)).toContain(week);
            const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
            expect(months(day) - months(first)).toBe(index * each);
          });
        }
      }),
    );
  });
});

describe('on several weekdays', () => {
  const on = (weekdays: Weekday[], interval: number, end: { count?: number; until?: string }): Rule => ({
    every: 'weeks',
    interval,
    weekdays,
    ...end,
  });

  it('has each of them in every such week, in order, from the first one on', () => {
    expect(datesOf(on(['thu', 'tue'], 1, { count: 5 }), '2026-12-03', 50)).toEqual([
      '2026-12-03',
      '2026-12-08',
      '2026-12-10',
      '2026-12-15',
      '2026-12-17',
    ]);
    expect(datesOf(on(['sun', 'mon'], 2, { count: 4 }), '2026-12-06', 50)).toEqual([
      '2026-12-06',
      '2026-12-14',
      '2026-12-20',
      '2026-12-28',
    ]);
    expect(datesOf(on(['mon', 'wed', 'fri'], 1, { until: '2026-12-09' }), '2026-12-02', 50)).toEqual([
      '2026-12-02',
      '2026-12-04',
      '2026-12-07',
      '2026-12-09',
    ]);
  });

  it('is, for all seven, every day of such weeks', () => {
    const all = [...weekdayNames];
    expect(datesOf(on(all, 1, { until: '2028-03-01' }), '2028-02-28', 50)).toEqual([
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
  });

  it('never leaves its weekdays and weeks, and misses none of them', () => {
    const chosen = fc.uniqueArray(fc.constantFrom(...weekdayNames), { minLength: 1 });
    fc.assert(
      fc.property(date, interval, chosen, fc.integer({ min: 1, max: 60 }), (first, each, others, count) => {
        const names = [...new Set([weekdayOf(first), ...others])];
        const dates = datesOf(on(names, each, { count }), first, 100);
        const expected: string[] = [];
        for (let day = first; expected.length < count; day = addDays(day, 1)) {
          const weeks = daysBetween(mondayOf(first), mondayOf(day)) / 7;
          if (weeks % each === 0 && names.includes(weekdayOf(day))) expected.push(day);
        }
        expect(dates).toEqual(expected);
      }),
    );
  });
});

describe('on a day of the month', () => {
  const on = (day: DayOfMonth, months: number, end: { count?: number; until?: string }): Rule => ({
    every: 'months',
    interval: months,
    day,
    ...end,
  });

  it('leaves out the months that are too short', () => {
    expect(datesOf(on(31, 1, { count: 5 }), '2026-12-31', 50)).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-03-31',
      '2027-05-31',
      '2027-07-31',
    ]);
    expect(datesOf(on(30, 1, { until: '2027-04-30' }), '2026-12-30', 50)).toEqual([
      '2026-12-30',
      '2027-01-30',
      '2027-03-30',
      '2027-04-30',
    ]);
    expect(datesOf(on(29, 1, { count: 3 }), '2028-01-29', 50)).toEqual(['2028-01-29', '2028-02-29', '2028-03-29']);
    expect(datesOf(on(29, 12, { count: 3 }), '2028-02-29', 50)).toEqual(['2028-02-29', '2032-02-29', '2036-02-29']);
    expect(datesOf(on(29, 12, { count: 3 }), '2096-02-29', 50)).toEqual(['2096-02-29', '2104-02-29', '2108-02-29']);
    expect(datesOf(on(31, 6, { until: '2028-01-01' }), '2026-08-31', 50)).toEqual(['2026-08-31', '2027-08-31']);
  });

  it('is the last of every month, leap years included', () => {
    expect(datesOf(on('last', 1, { count: 4 }), '2027-12-31', 50)).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
    ]);
    expect(datesOf(on('last', 12, { count: 3 }), '2027-02-28', 50)).toEqual(['2027-02-28', '2028-02-29', '2029-02-28']);
  });

  it('is that day of every such month that has it, and no other', () => {
    fc.assert(
      fc.property(date, interval, fc.integer({ min: 1, max: 40 }), (first, each, count) => {
        for (const day of daysOf(first)) {
          const until = addDays(first, 31 * each * count);
          const dates = datesOf(on(day, each, { until }), first, 1_000);
          const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
          const expected: string[] = [];
          for (let next = first; next <= until; next = addDays(next, 1)) {
            if ((months(next) - months(first)) % each === 0 && daysOf(next).includes(day)) expected.push(next);
          }
          expect(dates).toEqual(expected);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps its time by the clock, and is missing where the clock skips it', () => {
    const zone = 'America/New_York';
    const days = datesOf(on(14, 1, { count: 3 }), '2027-02-14', 50);
    expect(days.map((day) => instantOn(day, '10:00', zone))).toEqual(
      ['2027-02-14T15:00Z', '2027-03-14T14:00Z', '2027-04-14T14:00Z'].map((text) => Date.parse(text)),
    );
    expect(instantOn(days[1] ?? '', '02:30', zone)).toBeUndefined();
  });
});

describe('on the fifth weekday of a month', () => {
  it('leaves out the months that have none', () => {
    expect(datesOf(monthly(1, 5, { count: 4 }), '2026-12-29', 50)).toEqual([
      '2026-12-29',
      '2027-03-30',
      '2027-06-29',
      '2027-08-31',
    ]);
    expect(datesOf(monthly(12, 5, { count: 2 }), '2028-02-29', 50)).toEqual(['2028-02-29', '2056-02-29']);
    expect(datesOf(monthly(12, 5, { count: 200 }), '2028-02-29', 200).at(-1)?.length).toBe(10);
  });

  it('is always a last one, too', () => {
    fc.assert(
      fc.property(date, interval, (first, each) => {
        if (!weeksOf(first).includes(5)) return;
        const dates = datesOf(monthly(each, 5, { until: addDays(first, 3_000) }), first, 100);
        const last = datesOf(monthly(each, 'last', { until: addDays(first, 3_000) }), first, 100);
        expect(dates).toEqual(last.filter((day) => Number(day.slice(8)) > 28));
      }),
    );
  });
});

describe('the week of a month', () => {
  it.each([
    ['2026-11-01', [1]],
    ['2026-11-07', [1]],
    ['2026-11-08', [2]],
    ['2026-11-24', [4, 'last']],
    ['2026-11-23', [4]],
    ['2026-11-30', [5, 'last']],
    ['2026-12-29', [5, 'last']],
    ['2028-02-29', [5, 'last']],
    ['2027-02-28', [4, 'last']],
  ] as const)('of %s is %s', (day, weeks) => {
    expect(weeksOf(day)).toEqual(weeks);
  });

  it('is never none, and the last and only the last of a month stands for that, too', () => {
    fc.assert(
      fc.property(date, (day) => {
        expect(weeksOf(day)[0]).toBe(Math.ceil(Number(day.slice(8)) / 7));
        expect(weeksOf(day).includes('last')).toBe(addDays(day, 7).slice(0, 7) !== day.slice(0, 7));
      }),
    );
  });
});

describe('the same time by the clock', () => {
  const across = (zone: string, first: string, time: string) =>
    datesOf(weekly(1, { count: 4 }), first, 50).map((day) => instantOn(day, time, zone));
  const hours = (instants: readonly (number | undefined)[]) =>
    instants.slice(1).map((instant, index) => ((instant ?? Number.NaN) - (instants[index] ?? Number.NaN)) / 3_600_000);

  it.each([
    ['America/New_York', '2027-03-02', [168, 167, 168]],
    ['America/New_York', '2027-10-26', [168, 169, 168]],
    ['Australia/Sydney', '2027-09-21', [168, 167, 168]],
    ['Australia/Sydney', '2027-03-23', [168, 169, 168]],
    ['America/Santiago', '2027-08-24', [168, 167, 168]],
    ['Asia/Kolkata', '2027-03-02', [168, 168, 168]],
  ])('in %s from %s on lies so many hours apart', (zone, first, expected) => {
    const instants = across(zone, first, '10:00');
    expect(hours(instants)).toEqual(expected);
    expect(instants.map((instant) => localTime(instant ?? 0, zone))).toEqual(['10:00', '10:00', '10:00', '10:00']);
  });

  it('is missing where the spring change skips it, and the earlier where the autumn change repeats it', () => {
    expect(across('America/New_York', '2027-03-07', '02:30').map((instant) => instant !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(across('Australia/Lord_Howe', '2027-09-26', '02:15').map((instant) => instant !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(instantOn('2027-11-07', '01:30', 'America/New_York')).toBe(Date.parse('2027-11-07T05:30:00Z'));
    expect(instantOn('2027-04-04', '02:30', 'Australia/Sydney')).toBe(Date.parse('2027-04-03T15:30:00Z'));
  });

  it('is on its own day, at its own time, or missing', () => {
    const zones = fc.constantFrom('America/New_York', 'Australia/Sydney', 'Europe/London', 'Africa/Casablanca', 'UTC');
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 1439 }), zones, (day, minutes, zone) => {
        const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        const instant = instantOn(day, time, zone);
        if (instant === undefined) return;
        expect([localDate(instant, zone), localTime(instant, zone)]).toEqual([day, time]);
        const hourBefore = instant - 3_600_000;
        expect([localDate(hourBefore, zone), localTime(hourBefore, zone)]).not.toEqual([day, time]);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOn } from '../../../shared/platform/time/dates.ts';
import {
  addDays,
  daysBetween,
  isLocalDate,
  localDate,
  localTime,
  weekdayOf,
} from '../../../shared/platform/time/time.ts';
import { datesOf, type Rule, type WeekOfMonth, weeksOf } from '../../../shared/series/recurrence.ts';

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
        for (const week of weeksOf(first)) {
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

describe('the week of a month', () => {
  it.each([
    ['2026-11-01', [1]],
    ['2026-11-07', [1]],
    ['2026-11-08', [2]],
    ['2026-11-24', [4, 'last']],
    ['2026-11-23', [4]],
    ['2026-11-30', ['last']],
    ['2028-02-29', ['last']],
    ['2027-02-28', [4, 'last']],
  ] as const)('of %s is %s', (day, weeks) => {
    expect(weeksOf(day)).toEqual(weeks);
  });

  it('is never none, and the fifth is always the last', () => {
    fc.assert(
      fc.property(date, (day) => {
        expect(weeksOf(day).length).toBeGreaterThan(0);
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

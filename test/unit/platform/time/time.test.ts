import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  day,
  daysBetween,
  instantAtOrAfter,
  instantOf,
  isDuration,
  isoUtc,
  isoWithOffset,
  LocalTimeMissing,
  localDate,
  localTime,
  minute,
  mondayOf,
  offsetMinutes,
  parseMoment,
  shift,
  startOfDay,
  weekdayOf,
} from '../../../../shared/platform/time/time.ts';

const utc = (text: string): number => Date.parse(text);
const zones = ['Europe/London', 'America/New_York', 'Asia/Dhaka', 'Australia/Lord_Howe'] as const;

/** The clock changes of 2026; Lord Howe's are of half an hour, Dhaka has none. */
const changes = [
  {
    zone: 'Europe/London',
    spring: '2026-03-29',
    gap: ['01:00', '01:30', '01:59'],
    after: '02:00',
    before: 0,
    summer: 60,
  },
  {
    zone: 'America/New_York',
    spring: '2026-03-08',
    gap: ['02:00', '02:30', '02:59'],
    after: '03:00',
    before: -300,
    summer: -240,
  },
  {
    zone: 'Australia/Lord_Howe',
    spring: '2026-10-04',
    gap: ['02:00', '02:15', '02:29'],
    after: '02:30',
    before: 630,
    summer: 660,
  },
] as const;

const repeats = [
  { zone: 'Europe/London', date: '2026-10-25', time: '01:30', earlier: '2026-10-25T00:30:00Z', shift: 60 },
  { zone: 'America/New_York', date: '2026-11-01', time: '01:30', earlier: '2026-11-01T05:30:00Z', shift: 60 },
  { zone: 'Australia/Lord_Howe', date: '2026-04-05', time: '01:45', earlier: '2026-04-04T14:45:00Z', shift: 30 },
] as const;

describe('a local time', () => {
  test.each([
    ['Europe/London', '2026-11-24', '10:00', '2026-11-24T10:00:00Z'],
    ['Europe/London', '2026-07-24', '10:00', '2026-07-24T09:00:00Z'],
    ['America/New_York', '2026-11-24', '10:00', '2026-11-24T15:00:00Z'],
    ['Asia/Dhaka', '2026-07-24', '00:00', '2026-07-23T18:00:00Z'],
    ['Australia/Lord_Howe', '2026-07-24', '10:00', '2026-07-23T23:30:00Z'],
    ['Australia/Lord_Howe', '2026-12-24', '10:00', '2026-12-23T23:00:00Z'],
  ])('in %s on %s at %s is %s', (zone, date, time, instant) => {
    expect(instantOf(date, time, zone)).toBe(utc(instant));
  });

  test.each(changes)(
    'that the spring change of $zone skips is refused by name',
    ({ zone, spring, gap, after, before }) => {
      for (const time of gap) {
        expect(() => instantOf(spring, time, zone)).toThrow(LocalTimeMissing);
        expect(() => instantOf(spring, time, zone)).toThrow(`${spring}T${time} does not exist in ${zone}`);
      }
      const [hours = 0, minutes = 0] = (gap[0] ?? '').split(':').map(Number);
      const change = utc(`${spring}T00:00:00Z`) + (hours * 60 + minutes - before) * minute;
      expect(instantOf(spring, after, zone)).toBe(change);
      expect(localTime(change - minute, zone)).not.toBe(after);
    },
  );

  test.each(changes)(
    'in the gap of $zone begins with its end where hours are meant',
    ({ zone, spring, gap, after }) => {
      for (const time of gap) expect(instantAtOrAfter(spring, time, zone)).toBe(instantOf(spring, after, zone));
    },
  );

  test.each(repeats)(
    'that the autumn change of $zone repeats is the earlier',
    ({ zone, date, time, earlier, shift: back }) => {
      const instant = instantOf(date, time, zone);
      expect(instant).toBe(utc(earlier));
      expect(instantAtOrAfter(date, time, zone)).toBe(instant);
      expect([localTime(instant, zone), localTime(instant + back * minute, zone)]).toEqual([time, time]);
    },
  );

  test('of 24:00 is the beginning of the next day', () => {
    expect(instantAtOrAfter('2026-12-31', '24:00', 'Asia/Dhaka')).toBe(startOfDay('2027-01-01', 'Asia/Dhaka'));
    expect(instantAtOrAfter('2026-10-24', '24:00', 'Europe/London')).toBe(utc('2026-10-24T23:00:00Z'));
  });
});

describe('a day', () => {
  test.each([
    ['Europe/London', '2026-03-29', 23],
    ['Europe/London', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Dhaka', '2026-03-29', 24],
  ])('in %s on %s has %d hours', (zone, date, hours) => {
    expect((startOfDay(addDays(date, 1), zone) - startOfDay(date, zone)) / (60 * minute)).toBe(hours);
  });

  test('begins when the clocks say so where midnight itself is skipped', () => {
    expect(isoWithOffset(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe(
      '2018-11-04T01:00:00-02:00',
    );
  });

  test.each([
    ['2026-11-24', 1, '2026-11-25'],
    ['2026-01-31', 1, '2026-02-01'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-11-24', 0, '2026-11-24'],
  ])('%s and %d days is %s', (date, days, result) => {
    expect(addDays(date, days)).toBe(result);
    expect(daysBetween(date, result)).toBe(days);
  });

  test('has its weekday and its Monday', () => {
    const week = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'];
    expect(week.map(weekdayOf)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    expect(new Set(week.map(mondayOf))).toEqual(new Set(['2026-11-23']));
    expect(mondayOf('2027-01-01')).toBe('2026-12-28');
  });
});

describe('shifting', () => {
  const at = (date: string, time: string, zone: string) => instantOf(date, time, zone);

  test.each(changes)('by days keeps the time of day over the change in $zone', ({ zone, spring }) => {
    const noon = at(spring, '12:00', zone);
    expect(shift(noon, '-P1D', zone)).toBe(at(addDays(spring, -1), '12:00', zone));
    expect(shift(noon, '-P1W', zone)).toBe(at(addDays(spring, -7), '12:00', zone));
    expect(noon - shift(noon, '-P1D', zone)).toBeLessThan(day);
  });

  test.each(changes)('by hours is exact over the change in $zone', ({ zone, spring }) => {
    const noon = at(spring, '12:00', zone);
    expect(noon - shift(noon, '-PT24H', zone)).toBe(day);
  });

  test('by a month ends with the month', () => {
    const zone = 'Asia/Dhaka';
    expect(localDate(shift(at('2026-01-31', '10:00', zone), 'P1M', zone), zone)).toBe('2026-02-28');
    expect(localDate(shift(at('2028-01-31', '10:00', zone), 'P1M', zone), zone)).toBe('2028-02-29');
    expect(localDate(shift(at('2028-02-29', '10:00', zone), 'P1Y', zone), zone)).toBe('2029-02-28');
  });

  test('by nothing changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: utc('2100-01-01') }), fc.constantFrom(...zones), (instant, zone) => {
        expect(shift(instant, 'PT0S', zone)).toBe(instant);
      }),
    );
  });
});

describe('an instant as text', () => {
  test.each([
    ['Europe/London', '2026-11-24T10:00:00+00:00'],
    ['America/New_York', '2026-11-24T05:00:00-05:00'],
    ['Asia/Dhaka', '2026-11-24T16:00:00+06:00'],
    ['Australia/Lord_Howe', '2026-11-24T21:00:00+11:00'],
    ['Asia/Kathmandu', '2026-11-24T15:45:00+05:45'],
  ])('carries the offset of %s', (zone, text) => {
    expect(isoWithOffset(utc('2026-11-24T10:00:00.999Z'), zone)).toBe(text);
  });

  test('in UTC goes to the second', () => {
    expect(isoUtc(utc('2026-11-24T10:00:00.999Z'))).toBe('2026-11-24T10:00:00Z');
  });

  test.each(changes)('has the offset of its season in $zone', ({ zone, spring, before, summer }) => {
    expect(offsetMinutes(startOfDay(spring, zone), zone)).toBe(before);
    expect(offsetMinutes(startOfDay(addDays(spring, 1), zone), zone)).toBe(summer);
  });
});

describe('a moment that a client writes', () => {
  test.each([
    ['2026-11-24T10:00', '2026-11-24T15:00:00Z'],
    ['2026-11-24T10:00:00', '2026-11-24T15:00:00Z'],
    ['2026-11-24T10:00Z', '2026-11-24T10:00:00Z'],
    ['2026-11-24T10:00+06:00', '2026-11-24T04:00:00Z'],
    ['2026-11-01T01:30', '2026-11-01T05:30:00Z'],
    ['2026-11-01T01:30-05:00', '2026-11-01T06:30:00Z'],
  ])('as %s is %s in New York', (text, instant) => {
    expect(parseMoment(text, 'America/New_York')).toBe(utc(instant));
  });

  test('in the gap is refused, the same instant with an offset is not', () => {
    expect(() => parseMoment('2026-03-08T02:30', 'America/New_York')).toThrow(LocalTimeMissing);
    expect(parseMoment('2026-03-08T02:30-05:00', 'America/New_York')).toBe(utc('2026-03-08T07:30:00Z'));
  });

  test.each(['2026-02-30T10:00', '2026-11-24T24:00', '2026-11-24T10:61', 'tomorrow', '', '2026-11-24T10:00+99:00'])(
    '%j is refused',
    (text) => {
      expect(() => parseMoment(text, 'America/New_York')).toThrow();
    },
  );
});

describe('there and back', () => {
  const dates = fc.integer({ min: -20_000, max: 40_000 }).map((days) => addDays('2000-01-01', days));
  const wholeMinutes = fc.integer({ min: 0, max: utc('2100-01-01') / minute }).map((minutes) => minutes * minute);
  const anyZone = fc.constantFrom(...zones, 'Africa/Casablanca', 'Pacific/Chatham', 'America/St_Johns');

  test('an instant is where its own local date and time lead, or an hour before in the overlap', () => {
    fc.assert(
      fc.property(wholeMinutes, anyZone, (instant, zone) => {
        const back = instantOf(localDate(instant, zone), localTime(instant, zone), zone);
        const repeated = instant - back;
        expect([0, 30 * minute, 60 * minute]).toContain(repeated);
        expect(localTime(back, zone)).toBe(localTime(instant, zone));
      }),
    );
  });

  test('an instant is what its text with offset says', () => {
    fc.assert(
      fc.property(wholeMinutes, anyZone, (instant, zone) => {
        expect(parseMoment(isoWithOffset(instant, zone), 'UTC')).toBe(instant);
        expect(Date.parse(isoUtc(instant))).toBe(instant);
      }),
    );
  });

  test('every instant lies in the day that it is said to lie in', () => {
    fc.assert(
      fc.property(wholeMinutes, anyZone, (instant, zone) => {
        const date = localDate(instant, zone);
        expect(startOfDay(date, zone)).toBeLessThanOrEqual(instant);
        expect(startOfDay(addDays(date, 1), zone)).toBeGreaterThan(instant);
      }),
    );
  });

  test('days added are days between, and dates sort as text', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -400, max: 400 }), (date, days) => {
        const other = addDays(date, days);
        expect(daysBetween(date, other)).toBe(days);
        expect(other > date).toBe(days > 0);
        expect(daysBetween(mondayOf(date), date)).toBe(
          ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(weekdayOf(date)),
        );
      }),
    );
  });
});

describe('durations', () => {
  test.each(['P1D', '-PT2H', 'P2W', 'P1M', 'P30D', '-P30D', 'PT720H', 'PT0S'])(
    '%s is one of thirty-one days at most',
    (text) => {
      expect(isDuration(text, 31)).toBe(true);
    },
  );

  test.each(['', 'P', '1D', 'P1DT-1H', 'P32D', '-P32D', 'PT768H', 'P2M', 'P9999999Y', '-P9999999Y'])(
    '%s is none',
    (text) => {
      expect(isDuration(text, 31)).toBe(false);
    },
  );
});

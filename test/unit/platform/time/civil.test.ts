import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  instantOf,
  isoWithOffset,
  LocalTimeMissing,
  localDate,
  localTime,
  mondayOf,
  startOfDay,
  weekdayOf,
  weekdays,
} from '../../../../shared/platform/time/time.ts';

/** Half-hour changes, a midnight that is skipped, a day that is skipped (Apia, end of 2011), offsets with seconds (Monrovia). */
const zones = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'Asia/Dhaka',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/St_Johns',
];
const zone = fc.constantFrom(...zones);
const within = (from: string, until: string) => fc.integer({ min: Date.parse(from), max: Date.parse(until) });
const instant = fc.oneof(
  within('2026-01-01T00:00Z', '2028-01-01T00:00Z'),
  within('1900-01-01T00:00Z', '2100-01-01T00:00Z'),
  within('0000-01-01T00:00Z', '9999-12-31T00:00Z'),
  within('2011-12-29T00:00Z', '2012-01-01T00:00Z'),
);
const date = fc.oneof(
  fc
    .integer({ min: -40_000, max: 60_000 })
    .map((days) => Temporal.PlainDate.from('1970-01-01').add({ days }).toString()),
  fc.constantFrom(
    '2026-03-08',
    '2026-11-01',
    '2018-11-04',
    '2011-12-30',
    '2028-02-29',
    '9999-12-31',
    '0001-01-01',
    '0099-12-31',
  ),
);
const time = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5));
const at = (epoch: number, name: string) => Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(name);
const often = { numRuns: 2000 };

describe('arithmetic agrees with Temporal', () => {
  test('on what a clock shows', () => {
    fc.assert(
      fc.property(instant, zone, (epoch, name) => {
        const zoned = at(epoch, name);
        expect(localDate(epoch, name)).toBe(zoned.toPlainDate().toString());
        expect(localTime(epoch, name)).toBe(zoned.toPlainTime().toString({ smallestUnit: 'minute' }));
        expect(isoWithOffset(epoch, name)).toBe(zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' }));
      }),
      often,
    );
  });

  test('on the instants around every clock change of two years', () => {
    for (const name of zones) {
      let change = at(Date.parse('2026-01-01T00:00Z'), name).getTimeZoneTransition('next');
      for (let count = 0; change && count < 8; count += 1, change = change.getTimeZoneTransition('next')) {
        for (const beside of [-86_400_000, -1000, -1, 0, 1, 1000, 86_400_000]) {
          const epoch = change.epochMilliseconds + beside;
          const shown = at(epoch, name).toString({ timeZoneName: 'never', smallestUnit: 'second' });
          expect(isoWithOffset(epoch, name)).toBe(shown);
        }
      }
    }
  });

  test('on the instant of a local time and the beginning of a day', () => {
    fc.assert(
      fc.property(date, time, zone, (local, clock, name) => {
        const plain = Temporal.PlainDate.from(local).toPlainDateTime(clock);
        const zoned = plain.toZonedDateTime(name, { disambiguation: 'earlier' });
        if (zoned.toPlainDateTime().equals(plain)) expect(instantOf(local, clock, name)).toBe(zoned.epochMilliseconds);
        else expect(() => instantOf(local, clock, name)).toThrow(LocalTimeMissing);
        expect(startOfDay(local, name)).toBe(Temporal.PlainDate.from(local).toZonedDateTime(name).epochMilliseconds);
      }),
      often,
    );
  });

  test('on every half hour of the days around the clock changes of thirty years', () => {
    for (const name of zones) {
      let change = at(Date.parse('2005-01-01T00:00Z'), name).getTimeZoneTransition('next');
      for (; change && change.year < 2035; change = change.getTimeZoneTransition('next')) {
        const midnight = change.toPlainDate().subtract({ days: 2 }).toPlainDateTime();
        for (let halfHours = 0; halfHours < 5 * 48; halfHours += 1) {
          const plain = midnight.add({ minutes: 30 * halfHours });
          const zoned = plain.toZonedDateTime(name, { disambiguation: 'earlier' });
          if (!zoned.toPlainDateTime().equals(plain)) continue;
          const [day = '', clock = ''] = plain.toString().split('T');
          if (instantOf(day, clock, name) !== zoned.epochMilliseconds) throw new Error(`${plain} ${name}`);
        }
      }
    }
  });

  test('on dates', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -800, max: 800 }), (local, days) => {
        const plain = Temporal.PlainDate.from(local);
        const other = plain.add({ days });
        expect(addDays(local, days)).toBe(other.toString());
        if (other.year < 10_000) expect(daysBetween(local, other.toString())).toBe(days);
        expect(weekdayOf(local)).toBe(weekdays[plain.dayOfWeek - 1]);
        expect(mondayOf(local)).toBe(plain.subtract({ days: plain.dayOfWeek - 1 }).toString());
      }),
      often,
    );
  });

  test.each(['2026-02-30', '2026-13-01', '2026-00-10', '2027-02-29', '2026-1-1', ''])(
    'on %j, which is no date',
    (text) => {
      expect(() => addDays(text, 1)).toThrow(RangeError);
      expect(() => weekdayOf(text)).toThrow(RangeError);
      expect(() => startOfDay(text, 'UTC')).toThrow(RangeError);
    },
  );
});

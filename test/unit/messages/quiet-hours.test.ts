import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beforeQuiet, outsideQuiet, quietWindow } from '../../../shared/messages/quiet-hours.ts';
import { instantOf, isoWithOffset, localTime, minute, offsetMinutes } from '../../../shared/platform/time/time.ts';

const night = { from: '21:00', until: '08:00' };
const zones = ['Europe/London', 'America/New_York', 'Asia/Dhaka', 'Australia/Lord_Howe'] as const;

describe('quiet hours', () => {
  it.each(zones)('span midnight by the clock of %s', (zone) => {
    const at = (date: string, time: string) => instantOf(date, time, zone);
    const window = { from: at('2026-11-24', '21:00'), until: at('2026-11-25', '08:00') };
    expect(quietWindow(at('2026-11-24', '20:59'), night, zone)).toBeUndefined();
    expect(quietWindow(at('2026-11-24', '21:00'), night, zone)).toEqual(window);
    expect(quietWindow(at('2026-11-25', '00:00'), night, zone)).toEqual(window);
    expect(quietWindow(at('2026-11-25', '07:59'), night, zone)).toEqual(window);
    expect(quietWindow(at('2026-11-25', '08:00'), night, zone)).toBeUndefined();
  });

  it('may lie within one day, and may end at midnight', () => {
    const at = (time: string) => instantOf('2026-11-24', time, 'Asia/Dhaka');
    const siesta = { from: '13:00', until: '15:30' };
    expect(quietWindow(at('14:00'), siesta, 'Asia/Dhaka')).toEqual({ from: at('13:00'), until: at('15:30') });
    const evening = { from: '22:00', until: '24:00' };
    expect(quietWindow(at('23:59'), evening, 'Asia/Dhaka')?.until).toBe(instantOf('2026-11-25', '00:00', 'Asia/Dhaka'));
    expect(quietWindow(at('00:00'), evening, 'Asia/Dhaka')).toBeUndefined();
    expect(quietWindow(at('00:00'), { from: '24:00', until: '06:00' }, 'Asia/Dhaka')?.from).toBe(at('00:00'));
  });

  it('of a whole day are no quiet hours, else nothing would ever be sent', () => {
    const noon = instantOf('2026-11-24', '12:00', 'Europe/London');
    for (const [from, until] of [
      ['08:00', '08:00'],
      ['00:00', '24:00'],
      ['24:00', '00:00'],
    ] as const)
      expect(quietWindow(noon, { from, until }, 'Europe/London')).toBeUndefined();
  });

  it.each([
    ['Europe/London', '2026-03-28', 10],
    ['Europe/London', '2026-10-24', 12],
    ['America/New_York', '2026-03-07', 10],
    ['America/New_York', '2026-10-31', 12],
    ['Australia/Lord_Howe', '2026-04-04', 11.5],
    ['Australia/Lord_Howe', '2026-10-03', 10.5],
    ['Asia/Dhaka', '2026-03-28', 11],
  ])('in %s in the night after %s last %d hours', (zone, date, hours) => {
    const window = quietWindow(instantOf(date, '23:00', zone), night, zone);
    expect(window && (window.until - window.from) / (60 * minute)).toBe(hours);
  });

  it('that end in the repeated hour end when the clock shows their end for good', () => {
    const zone = 'Europe/London';
    const early = { from: '21:00', until: '01:30' };
    const first = instantOf('2026-10-25', '01:10', zone);
    expect(isoWithOffset(outsideQuiet(first, early, zone), zone)).toBe('2026-10-25T01:30:00+00:00');
    expect(isoWithOffset(outsideQuiet(first + 60 * minute, early, zone), zone)).toBe('2026-10-25T01:30:00+00:00');
  });

  it('that end in the skipped hour end when the clock goes forward', () => {
    const zone = 'Europe/London';
    const until = outsideQuiet(instantOf('2026-03-28', '23:00', zone), { from: '21:00', until: '01:30' }, zone);
    expect(isoWithOffset(until, zone)).toBe('2026-03-29T02:00:00+01:00');
  });
});

describe('a message that falls into quiet hours', () => {
  const zone = 'Europe/London';
  const at = (date: string, time: string) => instantOf(date, time, zone);

  it('waits for their end', () => {
    expect(outsideQuiet(at('2026-11-24', '23:00'), night, zone)).toBe(at('2026-11-25', '08:00'));
    expect(outsideQuiet(at('2026-11-24', '12:00'), night, zone)).toBe(at('2026-11-24', '12:00'));
  });

  it.each([
    ['09:00', '2026-11-25', '08:00'],
    ['08:59', '2026-11-24', '20:55'],
    ['07:30', '2026-11-24', '20:55'],
  ])('before a visit at %s goes on %s at %s', (start, date, time) => {
    expect(outsideQuiet(at('2026-11-25', '05:00'), night, zone, at('2026-11-25', start))).toBe(at(date, time));
  });

  it('leaves them, whatever the zone, the hours and the moment', () => {
    const clock = fc.integer({ min: 0, max: 1_439 }).map((m) => {
      const two = (n: number) => String(n).padStart(2, '0');
      return `${two(Math.floor(m / 60))}:${two(m % 60)}`;
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        clock,
        clock,
        // Around every clock change of these zones in 2026 and 2027.
        fc.integer({ min: Date.UTC(2026, 0, 1) / minute, max: Date.UTC(2027, 11, 31) / minute }),
        (zone, from, until, minutes) => {
          const instant = minutes * minute;
          const window = quietWindow(instant, { from, until }, zone);
          const reading = localTime(instant, zone);
          const byClock = from < until ? from <= reading && reading < until : reading >= from || reading < until;
          if (from !== until && byClock) expect(window).toBeDefined();
          // Outside by the clock only where it was set back during the quiet hours.
          if (window && !byClock)
            expect(offsetMinutes(window.from, zone)).toBeGreaterThan(offsetMinutes(window.until, zone));
          if (window) {
            expect(window.from).toBeLessThanOrEqual(instant);
            expect(window.until).toBeGreaterThan(instant);
            expect(outsideQuiet(instant, { from, until }, zone)).toBe(window.until);
            expect(outsideQuiet(instant, { from, until }, zone, instant)).toBe(window.from - beforeQuiet);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

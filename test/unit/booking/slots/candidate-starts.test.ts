import { describe, expect, it } from 'vitest';
import { momentOf } from '../../../../shared/booking/placement/placement.ts';
import { candidateStarts } from '../../../../shared/booking/slots/candidate-starts.ts';
import { Problem } from '../../../../shared/platform/http/problems.ts';
import { addDays, isoWithOffset, startOfDay } from '../../../../shared/platform/time/time.ts';

const wholeDay = (date: string, zone: string) => [
  { from: startOfDay(date, zone), until: startOfDay(addDays(date, 1), zone) },
];
const starts = (date: string, zone: string, step = 30) =>
  candidateStarts(date, zone, step, wholeDay(date, zone)).map((start) => isoWithOffset(start, zone));
/** Those of the small hours, from `from` to before `until`. */
const night = (date: string, zone: string, from: string, until: string, step = 30) =>
  starts(date, zone, step)
    .map((start) => start.slice(11))
    .filter((time) => time >= from && time < until);

describe('the starts that a day offers', () => {
  it.each([
    ['2026-03-29', 'Europe/London', 46],
    ['2026-10-25', 'Europe/London', 48],
    ['2026-03-08', 'America/New_York', 46],
    ['2026-11-01', 'America/New_York', 48],
    ['2026-10-04', 'Australia/Lord_Howe', 47],
    ['2026-04-05', 'Australia/Lord_Howe', 48],
    ['2026-03-29', 'Asia/Dhaka', 48],
    ['2028-02-29', 'Europe/London', 48],
    ['2026-12-31', 'America/New_York', 48],
  ])('on %s in %s stand every half hour of its own clock, none twice', (date, zone, count) => {
    const all = starts(date, zone);
    expect(all).toHaveLength(count);
    expect(new Set(all.map((start) => start.slice(0, 16))).size).toBe(count);
    expect(all.every((start) => start.startsWith(date) && ['00', '30'].includes(start.slice(14, 16)))).toBe(true);
    expect([...all].sort((a, b) => Date.parse(a) - Date.parse(b))).toEqual(all);
  });

  it('leave out the hour that London skips in spring', () => {
    expect(night('2026-03-29', 'Europe/London', '00:00', '03:00')).toEqual([
      '00:00:00+00:00',
      '00:30:00+00:00',
      '02:00:00+01:00',
      '02:30:00+01:00',
    ]);
  });

  it('hold the hour that London repeats in autumn once, the earlier time', () => {
    expect(night('2026-10-25', 'Europe/London', '00:30', '02:30')).toEqual([
      '00:30:00+01:00',
      '01:00:00+01:00',
      '01:30:00+01:00',
      '02:00:00+00:00',
    ]);
  });

  it('leave out the hour that New York skips, and hold once the one it repeats', () => {
    expect(night('2026-03-08', 'America/New_York', '01:30', '03:30')).toEqual(['01:30:00-05:00', '03:00:00-04:00']);
    expect(night('2026-11-01', 'America/New_York', '00:30', '02:30')).toEqual([
      '00:30:00-04:00',
      '01:00:00-04:00',
      '01:30:00-04:00',
      '02:00:00-05:00',
    ]);
  });

  it('follow the half hour by which Lord Howe changes', () => {
    expect(night('2026-10-04', 'Australia/Lord_Howe', '01:30', '03:00', 15)).toEqual([
      '01:30:00+10:30',
      '01:45:00+10:30',
      '02:30:00+11:00',
      '02:45:00+11:00',
    ]);
    expect(night('2026-04-05', 'Australia/Lord_Howe', '01:15', '02:15', 15)).toEqual([
      '01:15:00+11:00',
      '01:30:00+11:00',
      '01:45:00+11:00',
      '02:00:00+10:30',
    ]);
  });

  it('lie within the windows: the opening minute is one, the closing minute is not', () => {
    const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);
    const windows = [
      { from: at('09:10'), until: at('10:00') },
      { from: at('22:00'), until: at('22:15') },
    ];
    expect(
      candidateStarts('2026-11-24', 'Europe/London', 15, windows).map((start) => new Date(start).toISOString()),
    ).toEqual([
      '2026-11-24T09:15:00.000Z',
      '2026-11-24T09:30:00.000Z',
      '2026-11-24T09:45:00.000Z',
      '2026-11-24T22:00:00.000Z',
    ]);
  });
});

const refusal = (text: string, zone: string): Problem => {
  try {
    momentOf(text, zone);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error(`${text} was accepted`);
};

describe('the time that a client asks for', () => {
  it.each([
    ['2026-11-24T10:00', 'Europe/London', '2026-11-24T10:00:00Z'],
    ['2026-07-24T10:00', 'Europe/London', '2026-07-24T09:00:00Z'],
    ['2026-11-24T10:00', 'Asia/Dhaka', '2026-11-24T04:00:00Z'],
    ['2026-11-24T10:00+06:00', 'Europe/London', '2026-11-24T04:00:00Z'],
    ['2026-11-24T10:00:00Z', 'America/New_York', '2026-11-24T10:00:00Z'],
    ['2028-02-29T10:00', 'Asia/Dhaka', '2028-02-29T04:00:00Z'],
    // Repeated by the autumn change: the earlier one, unless the offset names the later.
    ['2026-10-25T01:30', 'Europe/London', '2026-10-25T00:30:00Z'],
    ['2026-10-25T01:30+00:00', 'Europe/London', '2026-10-25T01:30:00Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
  ])('%s in %s is the instant %s', (text, zone, instant) => {
    expect(new Date(momentOf(text, zone)).toISOString()).toBe(new Date(instant).toISOString());
  });

  it.each([
    ['2026-03-29T01:30', 'Europe/London'],
    ['2026-03-29T01:00', 'Europe/London'],
    ['2026-03-08T02:59', 'America/New_York'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe'],
  ])('%s in %s is refused in words, for the clocks skip it', (text, zone) => {
    const problem = refusal(text, zone);
    expect(problem.code).toBe('time_unavailable');
    expect(problem.extras.detail).toMatch(/does not exist.*clocks go forward.*choose another time/);
    expect(problem.extras.errors?.[0]?.path).toBe('startsAt');
  });

  it.each([
    ['2026-03-29T02:00', 'Europe/London'],
    ['2026-03-29T00:59', 'Europe/London'],
    ['2026-10-04T02:30', 'Australia/Lord_Howe'],
    ['2026-03-29T01:30', 'Asia/Dhaka'],
  ])('%s in %s exists', (text, zone) => {
    expect(isoWithOffset(momentOf(text, zone), zone).slice(0, 16)).toBe(text);
  });

  it.each([
    '2026-02-30T10:00',
    '2027-02-29T10:00',
    '2026-13-01T10:00',
    '2026-11-24T24:00',
    '2026-11-24T10:61',
    '2026-11-24T10:00+99:00',
  ])('%s is no time at all', (text) => {
    const problem = refusal(text, 'Europe/London');
    expect([problem.code, problem.extras.errors?.[0]?.path]).toEqual(['invalid_request', 'startsAt']);
  });
});

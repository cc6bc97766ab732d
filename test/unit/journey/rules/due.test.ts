import { describe, expect, it } from 'vitest';
import { defaultJourney, touchpointSchema } from '../../../../shared/business/catalogue.ts';
import { dueAt } from '../../../../shared/journey/rules/due.ts';
import { instantOf, isoWithOffset, minute } from '../../../../shared/platform/time/time.ts';

const night = { from: '21:00', until: '08:00' };
const none = { from: '00:00', until: '00:00' };
const journey = defaultJourney.map((touchpoint) => touchpointSchema.parse(touchpoint));

type Offset = Parameters<typeof dueAt>[0]['touchpoint']['offset'];
type Anchor = Parameters<typeof dueAt>[0]['touchpoint']['anchor'];

/** Local in, local out. */
const due = (
  zone: string,
  anchor: Anchor,
  offset: Offset,
  [date, time]: readonly [string, string],
  more: { quietHours?: typeof night; quiet?: 'respect' | 'ignore'; repeatDays?: number } = {},
): string | undefined => {
  const startsAt = instantOf(date, time, zone);
  const instant = dueAt({
    touchpoint: { anchor, offset, quiet: more.quiet ?? 'respect', purpose: 'service', channels: ['email'] },
    contact: {},
    anchors: { startsAt, endsAt: startsAt + 60 * minute, bookedAt: startsAt, movedAt: startsAt, cancelledAt: startsAt },
    repeatDays: more.repeatDays,
    zone,
    quietHours: more.quietHours ?? none,
  });
  return instant === undefined ? undefined : isoWithOffset(instant, zone);
};

describe('a reminder the day before', () => {
  it.each([
    ['Europe/London', '2026-03-29', '10:00', '2026-03-28T10:00:00+00:00'],
    ['Europe/London', '2026-10-25', '10:00', '2026-10-24T10:00:00+01:00'],
    ['America/New_York', '2026-03-08', '10:00', '2026-03-07T10:00:00-05:00'],
    ['America/New_York', '2026-11-01', '10:00', '2026-10-31T10:00:00-04:00'],
    ['Australia/Lord_Howe', '2026-10-04', '10:00', '2026-10-03T10:00:00+10:30'],
    ['Australia/Lord_Howe', '2026-04-05', '10:00', '2026-04-04T10:00:00+11:00'],
    ['Asia/Dhaka', '2026-03-29', '10:00', '2026-03-28T10:00:00+06:00'],
  ])('keeps the local time across the clock change: %s, %s %s', (zone, date, time, expected) => {
    expect(due(zone, 'start', '-P1D', [date, time])).toBe(expected);
  });

  it('counted in hours is exact', () => {
    expect(due('Europe/London', 'start', '-PT24H', ['2026-03-29', '10:00'])).toBe('2026-03-28T09:00:00+00:00');
  });

  it('that would fall into the skipped hour comes right after it', () => {
    expect(due('Europe/London', 'start', '-P1D', ['2026-03-30', '01:30'])).toBe('2026-03-29T02:30:00+01:00');
  });

  it('crosses midnight, months and leap days', () => {
    expect(due('Asia/Dhaka', 'start', '-P1D', ['2028-03-01', '00:00'])).toBe('2028-02-29T00:00:00+06:00');
    expect(due('Asia/Dhaka', 'start', '-P1D', ['2027-03-01', '00:00'])).toBe('2027-02-28T00:00:00+06:00');
    expect(due('Asia/Dhaka', 'start', '-P1M', ['2027-03-31', '12:00'])).toBe('2027-02-28T12:00:00+06:00');
    expect(due('Asia/Dhaka', 'end', 'P1Y', ['2028-02-29', '12:00'])).toBe('2029-02-28T13:00:00+06:00');
    expect(due('Europe/London', 'start', '-PT2H', ['2027-01-01', '01:00'])).toBe('2026-12-31T23:00:00+00:00');
  });
});

describe('quiet hours', () => {
  const london = 'Europe/London';

  it('put a message off until their end', () => {
    expect(due(london, 'end', 'PT2H', ['2026-11-24', '18:30'], { quietHours: night })).toBe(
      '2026-11-25T08:00:00+00:00',
    );
    expect(due(london, 'end', 'PT2H', ['2026-11-24', '17:59'], { quietHours: night })).toBe(
      '2026-11-24T20:59:00+00:00',
    );
  });

  it('put off a reminder while it still is of use', () => {
    expect(due(london, 'start', '-PT12H', ['2026-11-25', '11:00'], { quietHours: night })).toBe(
      '2026-11-25T08:00:00+00:00',
    );
    expect(due(london, 'start', '-PT2H', ['2026-11-25', '09:00'], { quietHours: night })).toBe(
      '2026-11-25T08:00:00+00:00',
    );
  });

  it('bring a reminder forward that would come too late', () => {
    expect(due(london, 'start', '-PT1H', ['2026-11-25', '08:30'], { quietHours: night })).toBe(
      '2026-11-24T20:55:00+00:00',
    );
    expect(due(london, 'start', '-PT2H', ['2026-11-25', '08:59'], { quietHours: night })).toBe(
      '2026-11-24T20:55:00+00:00',
    );
    expect(due(london, 'start', '-PT2H', ['2026-11-25', '07:00'], { quietHours: night })).toBe(
      '2026-11-24T20:55:00+00:00',
    );
  });

  it('do not hold a message that answers the client’s own act', () => {
    for (const anchor of ['booking', 'move', 'cancellation'] as const)
      expect(due(london, anchor, 'PT0S', ['2026-11-24', '23:15'], { quietHours: night, quiet: 'ignore' })).toBe(
        '2026-11-24T23:15:00+00:00',
      );
  });

  it.each(['Europe/London', 'America/New_York', 'Asia/Dhaka', 'Australia/Lord_Howe'])(
    'go by the clock of %s',
    (zone) => {
      expect(due(zone, 'end', 'PT2H', ['2026-11-24', '20:00'], { quietHours: night })).toMatch(/^2026-11-25T08:00:00/);
      expect(due(zone, 'end', 'PT2H', ['2026-11-24', '12:00'], { quietHours: night })).toMatch(/^2026-11-24T15:00:00/);
    },
  );

  it.each([
    ['Europe/London', '2026-10-24', '2026-10-25T08:00:00+00:00'],
    ['Europe/London', '2026-03-28', '2026-03-29T08:00:00+01:00'],
    ['Australia/Lord_Howe', '2026-10-03', '2026-10-04T08:00:00+11:00'],
    ['America/New_York', '2026-10-31', '2026-11-01T08:00:00-05:00'],
  ])('end at the same local time in the night of the clock change: %s', (zone, date, expected) => {
    expect(due(zone, 'end', 'PT2H', [date, '19:30'], { quietHours: night })).toBe(expected);
  });
});

describe('time to come back', () => {
  it('is the service’s interval after the visit, at the same local time', () => {
    const visit = ['2026-09-20', '15:00'] as const;
    expect(due('Europe/London', 'last-visit', 'repeat', visit, { repeatDays: 42 })).toBe('2026-11-01T16:00:00+00:00');
    expect(due('Australia/Lord_Howe', 'last-visit', 'repeat', visit, { repeatDays: 42 })).toBe(
      '2026-11-01T16:00:00+11:00',
    );
  });

  it('never comes for a service without an interval', () => {
    expect(due('Europe/London', 'last-visit', 'repeat', ['2026-09-20', '15:00'])).toBeUndefined();
  });

  it('may also be a fixed time after the visit', () => {
    expect(due('Asia/Dhaka', 'last-visit', 'P6W', ['2026-09-20', '15:00'])).toBe('2026-11-01T16:00:00+06:00');
  });
});

type Changes = Partial<Parameters<typeof dueAt>[0]['touchpoint']>;

describe('what waits for a client elsewhere', () => {
  const startsAt = instantOf('2026-11-24', '21:00', 'America/New_York');
  const dueTo = (contact: { phone?: string; zone?: string }, changes: Changes) => {
    const touchpoint = { ...(journey[0] as (typeof journey)[number]), offset: 'PT0S', ...changes };
    const anchors = { startsAt, endsAt: startsAt };
    const due = dueAt({ touchpoint, anchors, zone: 'America/New_York', quietHours: night, contact });
    return due === undefined ? undefined : isoWithOffset(due, contact.zone ?? 'America/New_York');
  };
  const after = { anchor: 'end', quiet: 'respect' } as const;

  it('keeps the quiet hours of the client’s own clock, where it is known', () => {
    expect(dueTo({}, after)).toBe('2026-11-25T08:00:00-05:00');
    expect(dueTo({ zone: 'America/Los_Angeles' }, after)).toBe('2026-11-24T18:00:00-08:00');
    expect(dueTo({ zone: 'Asia/Dhaka' }, after)).toBe('2026-11-25T08:00:00+06:00');
  });

  it('keeps the hours that law allows for advertising by text, whatever the settings', () => {
    const selling: Changes = { anchor: 'end', quiet: 'ignore', purpose: 'marketing', channels: ['sms'] };
    expect(dueTo({ phone: '+17185550100' }, selling)).toBe('2026-11-25T08:00:00-05:00');
    expect(dueTo({ phone: '+447700900001' }, selling)).toBe('2026-11-24T21:00:00-05:00');
    expect(dueTo({ phone: '+919800000000', zone: 'Asia/Kolkata' }, selling)).toBe('2026-11-25T10:00:00+05:30');
    expect(dueTo({ phone: '+17185550100' }, { ...selling, purpose: 'service' })).toBe('2026-11-24T21:00:00-05:00');
    expect(dueTo({ phone: '+17185550100' }, { ...selling, channels: ['email'] })).toBe('2026-11-24T21:00:00-05:00');
  });

  it('keeps the law’s hours and the business’s together', () => {
    const selling: Changes = { anchor: 'end', quiet: 'respect', purpose: 'marketing', channels: ['email', 'sms'] };
    // 7:30 in India is quiet by both; at 8:00 the business would send, the law wants 10:00.
    expect(dueTo({ phone: '+919800000000', zone: 'Asia/Kolkata' }, selling)).toBe('2026-11-25T10:00:00+05:30');
  });

  it('never goes where they leave no hour of the day', () => {
    const selling: Changes = { anchor: 'end', quiet: 'respect', purpose: 'marketing', channels: ['sms'] };
    const touchpoint = { ...(journey[0] as (typeof journey)[number]), offset: 'PT0S', ...selling };
    const input = { touchpoint, anchors: { startsAt, endsAt: startsAt }, zone: 'America/New_York' };
    const contact = { phone: '+17185550100' };
    expect(dueAt({ ...input, quietHours: { from: '08:00', until: '21:00' }, contact })).toBeUndefined();
    expect(dueAt({ ...input, quietHours: { from: '08:00', until: '20:00' }, contact })).toBe(
      instantOf('2026-11-25', '20:00', 'America/New_York'),
    );
  });
});

describe('the default journey', () => {
  it('asks for nothing whose moment has not come', () => {
    const startsAt = instantOf('2026-11-24', '10:30', 'Europe/London');
    const anchors = { startsAt, endsAt: startsAt + 60 * minute, bookedAt: startsAt - 9_000 * minute };
    const all = journey.map((touchpoint) => [
      touchpoint.id,
      dueAt({ touchpoint, anchors, repeatDays: 42, zone: 'Europe/London', quietHours: night, contact: {} }),
    ]);
    expect(Object.fromEntries(all)).toEqual({
      confirmation: anchors.bookedAt,
      reminder: instantOf('2026-11-23', '10:30', 'Europe/London'),
      moved: undefined,
      cancelled: undefined,
      review: instantOf('2026-11-24', '13:30', 'Europe/London'),
      'come-back': instantOf('2027-01-05', '11:30', 'Europe/London'),
    });
  });
});

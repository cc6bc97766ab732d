import { describe, expect, it } from 'vitest';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import { type Status, statuses } from '../../../shared/booking/contract.ts';
import { type Mark, mustBeMarkable, mustBeUndoable, undoOf } from '../../../shared/diary/rules.ts';
import { Problem } from '../../../shared/platform/http/problems.ts';

const startsAt = Date.parse('2026-11-24T04:30:00Z');
/** Half past ten in Dhaka, half past eleven of the evening before in New York. */
const appointment = (status: Status, zone: string): Appointment => ({
  id: '0123456789abcdef',
  clientId: '0123456789abcdef',
  status,
  version: 1,
  sequence: 0,
  locationId: 'here',
  zone,
  startsAt,
  endsAt: startsAt + 3_600_000,
  contact: { firstName: 'Nadia', language: 'en' },
  services: [],
  occupies: [],
  bookedAt: 0,
  updatedAt: 0,
});
const refusal = (status: Status, mark: Mark, now = startsAt, zone = 'Asia/Dhaka'): string | undefined => {
  try {
    mustBeMarkable(appointment(status, zone), mark, now);
    return undefined;
  } catch (error) {
    if (error instanceof Problem && error.code === 'status_conflict') return error.message;
    throw error;
  }
};

describe('staff mark an appointment', () => {
  it.each<[Mark, Status[]]>([
    ['arrived', ['pending', 'confirmed']],
    ['completed', ['pending', 'confirmed', 'arrived']],
    ['no_show', ['pending', 'confirmed']],
    ['cancelled', ['pending', 'confirmed', 'arrived']],
  ])('%s only when it is %j', (mark, allowed) => {
    expect(statuses.filter((status) => refusal(status, mark) === undefined)).toEqual(allowed);
  });

  it('and are told in words why not', () => {
    expect(refusal('cancelled', 'arrived')).toBe('It is cancelled; arrived follows only pending, confirmed.');
  });

  it.each<Mark>(['completed', 'no_show'])('%s from the millisecond of its start', (mark) => {
    expect(refusal('confirmed', mark, startsAt - 1)).toContain('once it has begun');
    expect(refusal('confirmed', mark, startsAt)).toBeUndefined();
  });

  it('arrived within six hours of its start, though that is after midnight', () => {
    const [six, zone] = [6 * 3_600_000, 'Africa/Abidjan'];
    expect(refusal('pending', 'arrived', startsAt - six - 1, zone)).toContain('six hours');
    expect(refusal('pending', 'arrived', startsAt - six, zone)).toBeUndefined();
  });

  it('arrived from the midnight with which the day of the visit begins where it takes place', () => {
    const dhaka = Date.parse('2026-11-24T00:00:00+06:00');
    expect(refusal('pending', 'arrived', dhaka - 1)).toContain('before the day');
    expect(refusal('pending', 'arrived', dhaka)).toBeUndefined();
    const newYork = Date.parse('2026-11-23T00:00:00-05:00');
    expect(refusal('pending', 'arrived', newYork - 1, 'America/New_York')).toContain('before the day');
    expect(refusal('pending', 'arrived', newYork, 'America/New_York')).toBeUndefined();
  });

  it('cancelled at any time', () => {
    expect(refusal('pending', 'cancelled', 0)).toBeUndefined();
    expect(refusal('confirmed', 'cancelled', startsAt + 86_400_000)).toBeUndefined();
  });
});

describe('a mark is undone', () => {
  const day = 86_400_000;
  const before = { status: 'confirmed', at: startsAt } as const;

  it('within seven days, to what it was before', () => {
    expect(mustBeUndoable({ before }, startsAt + 7 * day)).toBe(before);
    expect(undoOf({ before }, startsAt)).toEqual({ status: 'confirmed', until: startsAt + 7 * day });
    expect(() => mustBeUndoable({ before }, startsAt + 7 * day + 1)).toThrow('seven days');
    expect(undoOf({ before }, startsAt + 7 * day + 1)).toBeUndefined();
  });

  it('not where there is none', () => {
    expect(() => mustBeUndoable({}, startsAt)).toThrow('nothing to undo');
    expect(undoOf({}, startsAt)).toBeUndefined();
  });
});

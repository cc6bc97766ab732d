import { describe, expect, it } from 'vitest';
import type { Status } from '../../../../shared/booking/contract.ts';
import { defaultJourney, touchpointSchema } from '../../../../shared/business/catalogue.ts';
import { applies, othersSince, placeInSeries, skipReason } from '../../../../shared/journey/rules/applies.ts';
import { day } from '../../../../shared/platform/time/time.ts';
import { hour } from '../../../support/durations.ts';
import { serviceLine, startsAt, touchpointOf, visitOf } from '../../../support/unit/visits.ts';

const journey = new Map(defaultJourney.map((step) => [step.id, touchpointSchema.parse(step)]));
const step = (id: string) => journey.get(id) ?? touchpointOf();
const nobody = async () => [];
const never = () => Promise.reject(new Error('nobody asked for the other appointments'));

const reminder = step('reminder');
const comeBack = step('come-back');
const done = visitOf({ status: 'completed' });
const backAt = done.endsAt + 42 * day;

describe('what an appointment in its state asks for', () => {
  const all: Status[] = ['pending', 'confirmed', 'arrived', 'completed', 'cancelled', 'no_show'];
  const states = (id: string, changes = {}) =>
    all.filter((status) => applies({ ...step(id), ...changes }, visitOf({ status })));

  it.each([
    ['confirmation', ['pending', 'confirmed']],
    ['reminder', ['pending', 'confirmed']],
    ['moved', ['pending', 'confirmed']],
    ['cancelled', ['cancelled']],
    ['review', ['completed']],
    ['come-back', ['completed']],
  ])('%s: %j', (id, expected) => {
    expect(states(id)).toEqual(expected);
  });

  it('what follows the visit, whether or not it was marked, is only for those who may have come', () => {
    const came = ['pending', 'confirmed', 'arrived', 'completed'];
    expect(states('review', { when: [] })).toEqual(came);
    expect(states('review', { when: [], anchor: 'start', offset: 'PT3H' })).toEqual(came);
  });
});

describe('what an appointment is besides its state', () => {
  it('of repeating appointments only the first is confirmed, and each is reminded of', () => {
    const at = (index: number) => visitOf({ series: { id: 'series0123456789', index, count: 12 } });
    expect([0, 1, 11].map((index) => applies(step('confirmation'), at(index)))).toEqual([true, false, false]);
    expect([0, 1, 11].map((index) => applies(reminder, at(index)))).toEqual([true, true, true]);
    expect(skipReason(step('confirmation'), at(1), 0, startsAt - day, never)).toBe('superseded');
  });

  it('what is moved or cancelled together the first tells, until one of them changes again', () => {
    const ids = ['0123456789abcdef', 'second', '', '', 'fifth'];
    const first = { id: '0123456789abcdef', sequence: 3 };
    const of = (index: number, sequence = 3, changes = {}) =>
      visitOf({ id: ids[index] ?? '', sequence, together: { sequence: 3, first, count: 5 }, ...changes });
    const told = (id: string, visits: ReturnType<typeof visitOf>[]) => visits.map((visit) => applies(step(id), visit));
    expect(told('moved', [of(0), of(1), of(4), of(1, 4), visitOf()])).toEqual([true, false, false, true, true]);
    expect(told('reminder', [of(0), of(1), of(4)])).toEqual([true, true, true]);
    expect(skipReason(step('moved'), of(1), 3, startsAt - day, never)).toBe('superseded');
    const status = 'cancelled' as const;
    const off = [of(0, 3, { status }), of(1, 3, { status }), of(1, 4, { status })];
    expect(told('cancelled', off)).toEqual([true, false, true]);
    expect(skipReason(step('cancelled'), of(1, 3, { status }), 3, startsAt - day, never)).toBe('superseded');
  });

  it('one of a row whose cancelling was undone is confirmed for itself, and tells of no row', () => {
    const series = { id: 'series0123456789', index: 4, count: 12 };
    const first = { id: 'fedcba9876543210', sequence: 1 };
    const again = visitOf({ series, sequence: 2, together: { sequence: 1, first, count: 12 } });
    expect(applies(step('confirmation'), again)).toBe(true);
    expect(placeInSeries(step('confirmation'), again)).toBeUndefined();
  });

  it('while it waits for the business nothing goes but that it was declined', () => {
    const waiting = visitOf({ awaiting: 'business' });
    expect([...journey.values()].filter((touchpoint) => applies(touchpoint, waiting))).toEqual([]);
    expect(applies(step('cancelled'), { ...waiting, status: 'cancelled' })).toBe(true);
  });

  it('who has come without having been approved is asked and invited like all others', () => {
    const came = visitOf({ awaiting: 'business', status: 'completed' });
    expect([applies(step('review'), came), applies(step('come-back'), came)]).toEqual([true, true]);
  });
});

describe('a message that has fallen due', () => {
  const before = startsAt - day;
  const reason = (touchpoint: typeof reminder, changes = {}, now = before, sequence = 0) =>
    skipReason(touchpoint, visitOf(changes), sequence, now, never);

  it('goes when nothing has changed', () => {
    expect(reason(reminder)).toBeUndefined();
    expect(reason(reminder, { status: 'confirmed' })).toBeUndefined();
  });

  it('does not go for a cancelled appointment, and says so rather than that it was moved', () => {
    expect(reason(reminder, { status: 'cancelled', sequence: 1 })).toBe('cancelled');
    expect(reason(step('confirmation'), { status: 'cancelled', sequence: 1 })).toBe('cancelled');
  });

  it('does not go for the time from which the appointment was moved', () => {
    expect(reason(reminder, { sequence: 1 })).toBe('moved');
    expect(reason(step('moved'), { sequence: 2 }, before, 1)).toBe('moved');
  });

  it('about a cancellation goes, but not when it is an older one', () => {
    expect(reason(step('cancelled'), { status: 'cancelled', sequence: 1 }, before, 1)).toBeUndefined();
    expect(reason(step('cancelled'), { status: 'cancelled', sequence: 3 }, before, 1)).toBe('moved');
  });

  it.each(['confirmation', 'moved', 'reminder'])('%s is of no use once the visit has begun', (id) => {
    expect(reason(step(id), {}, startsAt - 1)).toBeUndefined();
    expect(reason(step(id), {}, startsAt)).toBe('too_late');
  });

  it('after the start of the visit is not too late, however it counts from the start', () => {
    const after = touchpointOf({ anchor: 'start', offset: 'PT3H', when: ['completed'] });
    expect(reason(after, { status: 'completed' }, startsAt + 3 * hour)).toBeUndefined();
  });

  it('asks nobody for a review who has not been there', () => {
    for (const status of ['pending', 'confirmed', 'arrived', 'no_show'] as const)
      expect(reason(step('review'), { status }, startsAt + 3 * hour)).toBe('not_completed');
    expect(reason(step('review'), { status: 'completed' }, startsAt + 3 * hour)).toBeUndefined();
  });

  it('that asks to confirm does not go to whoever has confirmed', () => {
    const unconfirmed = touchpointOf({ when: ['unconfirmed'] });
    expect(reason(unconfirmed)).toBeUndefined();
    expect(reason(unconfirmed, { status: 'confirmed' })).toBe('already_confirmed');
  });

  it('is no reminder for whoever has arrived', () => {
    expect(reason(reminder, { status: 'arrived' })).toBe('superseded');
  });
});

describe('time to come back', () => {
  const other = (changes: Parameters<typeof visitOf>[0]) => visitOf({ id: 'fedcba9876543210', ...changes });
  const reason = (...others: ReturnType<typeof visitOf>[]) =>
    skipReason(comeBack, done, 0, backAt, async () => [done, ...others]);

  it('goes when nothing happened since', async () => {
    expect(await reason()).toBeUndefined();
    expect(await skipReason(comeBack, done, 0, backAt, nobody)).toBeUndefined();
  });

  it.each(['pending', 'confirmed'] as const)('does not go when something is booked (%s)', async (status) => {
    expect(await reason(other({ status, startsAt: backAt + 5 * day }))).toBe('has_booking');
  });

  it.each(['pending', 'confirmed', 'arrived'] as const)(
    'does not go to whoever sits in the chair at that moment (%s)',
    async (status) => {
      expect(await reason(other({ status, startsAt: backAt - hour }))).toBe('has_booking');
    },
  );

  it('goes in spite of a visit that nobody has marked for more than a day', async () => {
    expect(await reason(other({ status: 'pending', startsAt: backAt - 2 * day }))).toBeUndefined();
  });

  it.each(['cancelled', 'no_show'] as const)('goes when the next appointment was %s', async (status) => {
    expect(await reason(other({ status, startsAt: backAt + day }))).toBeUndefined();
    expect(await reason(other({ status, startsAt: backAt - 10 * day }))).toBeUndefined();
  });

  it('leaves the word to a later visit with the same service', async () => {
    const later = { status: 'completed', startsAt: backAt - 10 * day } as const;
    expect(await reason(other(later))).toBe('superseded');
    expect(await reason(other({ ...later, services: [serviceLine('wash'), serviceLine('cut')] }))).toBe('superseded');
    expect(await reason(other({ ...later, services: [serviceLine('wash')] }))).toBeUndefined();
  });

  it('takes no notice of an earlier visit with the same service', async () => {
    expect(await reason(other({ status: 'completed', startsAt: startsAt - 30 * day }))).toBeUndefined();
  });
});

it('an invitation after a cancellation sees what was booked for an earlier time than the cancelled one', async () => {
  const cancelled = visitOf({ status: 'cancelled', sequence: 1, startsAt: startsAt + 20 * day });
  const touchpoint = touchpointOf({ anchor: 'cancellation', offset: 'P3D', when: ['nothing-booked'] });
  const sooner = visitOf({ id: 'fedcba9876543210', startsAt: startsAt + 5 * day });
  const book = [cancelled, sooner];
  const others = async () => book.filter((each) => each.startsAt > othersSince(cancelled, startsAt));
  expect(await skipReason(touchpoint, cancelled, 1, startsAt, others)).toBe('has_booking');
  expect(await skipReason(touchpoint, cancelled, 1, startsAt, async () => [cancelled])).toBeUndefined();
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../shared/platform/time/time.ts';
import { fitting, maxActions } from '../../../shared/series/placement.ts';
import { givenUp, lastOffer, offerNow, stateOf, suits, withoutOffer } from '../../../shared/waiting-list/rules.ts';
import type { Waiting } from '../../../shared/waiting-list/store.ts';

const zone = 'America/New_York';
const at = (text: string) => instantOf(text.slice(0, 10), text.slice(11), zone);
const now = at('2026-11-24T12:00');
const offer = {
  id: 'offer00000000000',
  startsAt: at('2026-11-25T10:00'),
  endsAt: at('2026-11-25T11:00'),
  staff: ['amina'],
  occupies: [],
  expiresAt: now + 60_000,
};
const waiting = (changes: Partial<Waiting> = {}): Waiting => ({
  id: 'waiting000000000',
  version: 1,
  status: 'waiting',
  locationId: 'brooklyn',
  zone,
  clientId: 'client0000000000',
  contact: { firstName: 'Nadia', language: 'en' },
  services: ['cut'],
  staff: [],
  seats: 1,
  from: '2026-11-24',
  to: '2026-11-28',
  passed: [],
  createdAt: now,
  updatedAt: now,
  ...changes,
});

describe('somebody who waits', () => {
  it.each([
    ['waiting', {}, now],
    ['waiting', {}, at('2026-11-28T23:59')],
    ['lapsed', {}, at('2026-11-29T00:00')],
    ['offered', { status: 'offered', offer }, now],
    ['offered', { status: 'offered', offer }, offer.expiresAt - 1],
    ['waiting', { status: 'offered', offer }, offer.expiresAt],
    ['lapsed', { status: 'offered', offer }, at('2026-11-30T00:00')],
    ['booked', { status: 'booked', offer }, at('2026-11-30T00:00')],
    ['left', { status: 'left' }, now],
  ] as const)('is %s', (state, changes, moment) => {
    expect(stateOf(waiting(changes), moment)).toBe(state);
  });

  it('has no offer before one is made, and none once its time is over or it is taken', () => {
    expect(offerNow(waiting({ offer }), now)).toBeUndefined();
    expect(offerNow(waiting({ offer, status: 'offered' }), now)).toBe(offer);
    expect(offerNow(waiting({ offer, status: 'offered' }), offer.expiresAt)).toBeUndefined();
    expect(offerNow(waiting({ offer, status: 'booked' }), now)).toBeUndefined();
  });

  it('keeps in mind what was not taken, the latest last, and not without end', () => {
    const one = withoutOffer(waiting({ offer, status: 'offered' }), 'declined', now + 1);
    expect(one).toMatchObject({ status: 'waiting', updatedAt: now + 1 });
    expect(one).not.toHaveProperty('offer');
    expect(lastOffer(one, now)).toEqual({ startsAt: offer.startsAt, outcome: 'declined' });
    const ranOut = waiting({ offer, status: 'offered', passed: one.passed });
    expect(lastOffer(ranOut, offer.expiresAt)).toEqual({ startsAt: offer.startsAt, outcome: 'missed' });
    const many = Array.from({ length: 50 }, (_, index) => ({ startsAt: index, outcome: 'missed' as const }));
    const more = withoutOffer(waiting({ offer, status: 'offered', passed: many }), 'missed', now);
    expect(more.passed).toHaveLength(50);
    expect(more.passed.at(-1)?.startsAt).toBe(offer.startsAt);
  });
});

describe('a start suits', () => {
  it.each([
    ['2026-11-24T10:00', {}, true],
    ['2026-11-28T23:45', {}, true],
    ['2026-11-23T23:45', {}, false],
    ['2026-11-29T00:00', {}, false],
    ['2026-11-25T10:00', { weekdays: ['wed'] }, true],
    ['2026-11-26T10:00', { weekdays: ['wed'] }, false],
    ['2026-11-25T10:00', { timesOfDay: { from: '10:00', until: '12:00' } }, true],
    ['2026-11-25T12:00', { timesOfDay: { from: '10:00', until: '12:00' } }, false],
    ['2026-11-25T09:45', { timesOfDay: { from: '10:00', until: '12:00' } }, false],
    ['2026-11-25T23:45', { timesOfDay: { from: '17:00', until: '24:00' } }, true],
    ['2026-11-25T23:00', { timesOfDay: { from: '22:00', until: '02:00' } }, true],
    ['2026-11-25T01:00', { timesOfDay: { from: '22:00', until: '02:00' } }, true],
    ['2026-11-25T12:00', { timesOfDay: { from: '22:00', until: '02:00' } }, false],
    ['2026-11-25T10:00', { passed: [{ startsAt: offer.startsAt, outcome: 'missed' }] }, false],
    ['2026-11-25T10:15', { passed: [{ startsAt: offer.startsAt, outcome: 'missed' }] }, true],
  ] as const)('%s %o: %s', (text, changes, fits) => {
    expect(suits(waiting(changes as unknown as Partial<Waiting>), at(text), zone)).toBe(fits);
  });
});

describe('time that is given up', () => {
  const time = (ownerId: string, from: number, until: number) => ({ ownerId, from, until });

  it('is what was taken before and is not after, ahead only', () => {
    const spans = (...args: Parameters<typeof givenUp>) => givenUp(...args).map(({ from, until }) => ({ from, until }));
    expect(spans([time('amina', 10, 20)], [], 0)).toEqual([{ from: 10, until: 20 }]);
    expect(spans([time('amina', 10, 20)], [time('amina', 10, 15)], 0)).toEqual([{ from: 15, until: 20 }]);
    expect(spans([time('amina', 10, 20)], [time('marco', 10, 20)], 0)).toEqual([{ from: 10, until: 20 }]);
    expect(spans([time('amina', 10, 20)], [time('amina', 5, 25)], 0)).toEqual([]);
    expect(spans([time('amina', 10, 20)], [], 20)).toEqual([]);
    expect(spans([time('amina', 10, 20), time('room', 10, 20)], [], 0)).toEqual([{ from: 10, until: 20 }]);
  });

  it('says what it took of each diary, and of a lesson how many seats', () => {
    const lesson = { ...time('amina', 10, 20), lesson: 'yoga/amina/here', seats: 2 };
    expect(givenUp([lesson, time('room', 10, 15), time('marco', 30, 40)], [], 0)).toEqual([
      { from: 10, until: 20, times: [lesson, time('room', 10, 15)] },
      { from: 30, until: 40, times: [time('marco', 30, 40)] },
    ]);
    const { lesson: _, ...rest } = lesson;
    expect(givenUp([lesson], [time('amina', 5, 15)], 0)).toEqual([
      { from: 15, until: 20, times: [{ ...rest, from: 15 }] },
    ]);
  });

  it('covers just the minutes that some owner has back', () => {
    const times = fc.array(
      fc
        .tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 8 }))
        .map(([owner, from, length]) => time(owner, from, from + length)),
      { maxLength: 5 },
    );
    const holds = (list: readonly { from: number; until: number }[], point: number) =>
      list.some(({ from, until }) => from <= point && point < until);
    fc.assert(
      fc.property(times, times, (before, after) => {
        const freed = givenUp(before, after, -1);
        for (let point = 0; point < 40; point += 1) {
          const back = ['a', 'b'].some((owner) => {
            const of = (list: typeof before) => list.filter(({ ownerId }) => ownerId === owner);
            return holds(of(before), point) && !holds(of(after), point);
          });
          expect(holds(freed, point)).toBe(back);
        }
      }),
    );
  });
});

describe('what fits into one transaction', () => {
  const cut = (index: number) => {
    const from = Date.parse('2026-11-24T15:00:00Z') + index * 7 * 86_400_000;
    return { items: 1, times: [{ ownerId: 'amina', zone: 'UTC', from, until: from + 3_600_000 }] };
  };

  it('is an item and a page for each, beside what goes with them all', () => {
    const changes = Array.from({ length: 60 }, (_, index) => cut(index));
    expect(fitting(4, changes)).toBe(48);
    expect(fitting(7, changes)).toBe(46);
    expect(fitting(0, changes.slice(0, 50))).toBe(50);
    expect(maxActions).toBe(100);
  });

  it('counts a page once, however many touch it, and both days of what crosses midnight', () => {
    const sameDay = Array.from({ length: 99 }, () => cut(0));
    expect(fitting(0, sameDay)).toBe(99);
    const late = (index: number) => {
      const [first] = cut(index).times;
      const from = (first?.from ?? 0) + 8.5 * 3_600_000;
      return { items: 1, times: [{ ownerId: 'amina', zone: 'UTC', from, until: from + 3_600_000 }] };
    };
    expect(
      fitting(
        1,
        Array.from({ length: 60 }, (_, index) => late(index)),
      ),
    ).toBe(33);
  });
});

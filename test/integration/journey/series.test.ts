import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hour } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, newcomer } from '../../support/world/booking.ts';
import { deliver, newYork, seeded, touchpoint } from '../../support/world/messages.ts';

import { startWorld, type World } from '../../support/world/world.ts';

const thrice = { times: 3, shuffle: seeded(20261126) };

/** What answers an act waits for the end of the night, so that a row can change before anybody has heard of it. */
describe.each([
  { how: 'once', repeatTriggers: undefined },
  { how: 'three times, all at once, each in another order', repeatTriggers: { ...thrice, atOnce: true } },
])('a row whose first appointment changes again before the message has gone, triggers coming $how:', (options) => {
  let world: World;
  beforeAll(async () => {
    const { repeatTriggers } = options;
    world = await startWorld(repeatTriggers ? { repeatTriggers } : {}, (catalogue) => {
      catalogue.journey = catalogue.journey.map((each) => ({ ...each, quiet: 'respect' as const }));
    });
  });
  afterAll(() => world.system.close());

  const bookRow = async (startsAt: string, client: ReturnType<typeof newcomer>) => {
    const services = [{ serviceId: 'cut', staffId: 'amina' }];
    const rule = { every: 'weeks' as const, interval: 1, count: 4 };
    const body = { locationId: 'brooklyn', startsAt, services, rule, client };
    const { id, occurrences } = dataOf(await world.as('reception').bookSeries({ idempotencyKey: freshKey(), body }));
    return { params: { seriesId: id }, ids: occurrences.map(({ appointmentId }) => appointmentId) };
  };

  /** Subjects of what was mailed, each with what it says of a row, and its dates. */
  const heard = ({ email }: { email: string }) =>
    world
      .mails()
      .filter(({ to }) => to.includes(email))
      .map(({ subject = '', text }) => {
        const [count, ...dates] = /the first of .*(?:\n.+)*/.exec(text)?.[0].split('\n') ?? [];
        return [
          subject.replace(/ at .*/, ''),
          count && `${count} ${dates.map((date) => date.replace(/^\w+, | at .*/g, '')).join(', ')}`,
        ];
      });

  const quietly = async (...acts: (() => Promise<{ ok: boolean }>)[]): Promise<void> => {
    for (const act of acts) {
      expect((await act()).ok).toBe(true);
      await world.system.settle();
    }
  };

  test('when it was booked, the others are confirmed', async () => {
    const [{ system }, desk, client] = [world, world.as('reception'), newcomer()];
    await system.windTo(newYork('2026-11-22T22:00'));
    const { params, ids } = await bookRow('2026-12-01T10:00', client);
    await system.settle();
    await quietly(() => desk.cancelSeries({ params, body: { scope: 'one', appointmentId: ids[0] } }));
    expect(heard(client)).toEqual([]);
    await system.windTo(newYork('2026-11-23T10:00'));
    expect(heard(client).sort()).toEqual([
      ['Cancelled: Tuesday, December 1', undefined],
      ['You are booked: Tuesday, December 8', 'the first of 3 appointments: December 8, December 15, December 22'],
    ]);
  });

  test('when it was moved, they are told of the move, and when it was cancelled, that they are', async () => {
    const [{ system }, desk, client] = [world, world.as('reception'), newcomer()];
    const { params, ids } = await bookRow('2026-12-03T10:00', client);
    await system.windTo(newYork('2026-11-23T22:00'));
    const before = heard(client).length;
    const news = () => heard(client).slice(before);
    await quietly(
      () => desk.moveSeries({ params, body: { scope: 'all', time: '12:00' } }),
      () => desk.cancelSeries({ params, body: { scope: 'one', appointmentId: ids[0] } }),
      () => desk.moveSeries({ params, body: { scope: 'one', appointmentId: ids[1], time: '14:00' } }),
    );
    expect(news()).toEqual([]);
    await system.windTo(newYork('2026-11-24T10:00'));
    expect(news().sort()).toEqual([
      ['Cancelled: Thursday, December 3', undefined],
      ['Your new time: Thursday, December 10', undefined],
      [
        'Your new time: Thursday, December 17',
        'the first of 2 appointments that have been moved: December 17, December 24',
      ],
    ]);

    await system.windTo(newYork('2026-11-24T22:00'));
    await quietly(
      () => desk.cancelSeries({ params, body: { scope: 'all' } }),
      () => desk.undoMark({ params: { appointmentId: ids[1] ?? '' } }),
    );
    await system.windTo(newYork('2026-11-25T10:00'));
    // Of the one that was brought back they had not heard that it was cancelled.
    expect(news().slice(3)).toEqual([
      [
        'Cancelled: Thursday, December 17',
        'the first of 2 appointments that have been cancelled: December 17, December 24',
      ],
    ]);
  });

  test('after it has gone nobody hears of it again', async () => {
    const [{ system }, desk, client] = [world, world.as('reception'), newcomer()];
    const { params, ids } = await bookRow('2026-12-02T14:00', client);
    await system.settle();
    await quietly(() => desk.moveSeries({ params, body: { scope: 'all', time: '15:00' } }));
    await quietly(() => desk.moveSeries({ params, body: { scope: 'one', appointmentId: ids[0], time: '16:00' } }));
    const told = heard(client);
    expect(told).toHaveLength(3);
    const [first = ''] = ids;
    await deliver(system, touchpoint(first, 'confirmation'), touchpoint(first, 'moved', 1));
    await system.windBy(2 * hour);
    expect(heard(client)).toEqual(told);
    expect([system.deadLetters(), system.failedRecords()]).toEqual([[], []]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day, hour, minute } from '../../support/durations.ts';
import {
  allTaken,
  bookAs,
  complete,
  consent,
  deliver,
  newYork,
  outcomesOf,
  planned,
  seeded,
  sentTo,
  touchpoint,
} from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

const once = { times: 3, shuffle: seeded(20261124) };

/** Every record of the stream and every message of the outbox comes three times. */
describe.each([
  { how: 'one after the other, each time in another order', repeatTriggers: once },
  { how: 'all at once, each in another order', repeatTriggers: { ...once, atOnce: true } },
])('triggers that come three times, $how:', ({ repeatTriggers }) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ repeatTriggers });
  });
  afterAll(() => world.system.close());

  test('through a whole journey each message goes exactly once, while a neighbour’s is cancelled', async () => {
    const { system, api } = world;
    const anna = { email: 'anna@example.com', phone: '+17185552001' };
    const bela = { email: 'bela@example.com', phone: '+17185552002' };
    const { token, ...visit } = await bookAs(world, anna, { consents: consent('email') });
    const other = await bookAs(world, bela, { startsAt: '2026-11-24T12:00' });
    await system.settle();
    await system.windTo(newYork('2026-11-23T12:30'));
    const moved = await api.moveByLink({ params: { token }, body: { startsAt: '2026-11-27T15:00' } });
    expect(moved.ok).toBe(true);
    await api.cancelByLink({ params: { token: other.token } });
    await system.settle();
    await system.windTo(newYork('2026-11-27T16:10'));
    await complete(world, visit.id);
    await system.windBy(60 * day);

    expect(sentTo(world, anna.email, anna.phone)).toEqual([
      'email confirmation',
      'email reminder',
      'email moved',
      'email reminder',
      'email review',
      'email come-back',
    ]);
    expect(sentTo(world, bela.email, bela.phone)).toEqual(['email confirmation', 'email reminder', 'email cancelled']);
    const marks = system.mailbox.list().map(({ tags }) => tags['message']);
    expect(new Set(marks).size).toBe(marks.length);
    expect([system.schedules(), system.deadLetters(), system.failedRecords(), system.outbox()]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  test('one low score tells the manager once', async () => {
    const { system, api } = world;
    const visit = await bookAs(world, { email: 'low@example.com' }, { startsAt: '2027-02-02T10:00' });
    await system.windTo(Date.parse(visit.endsAt));
    await complete(world, visit.id);
    await system.windBy(3 * hour);
    const link = system.mailbox
      .list({ to: 'low@example.com' })
      .flatMap(({ links }) => links)
      .find((each) => each.includes('/r/'));
    const token = link?.split('/r/')[1] ?? '';
    const given = await api.putReviewByLink({ params: { token }, body: { ratings: [{ staffId: 'amina', score: 1 }] } });
    expect(given.ok).toBe(true);
    await system.settle();
    expect(sentTo(world, 'manager.brooklyn@linden-rose.example')).toEqual(['email low-score']);
  });

  test('an old schedule that fires late, for a moved or a cancelled appointment, sends nothing', async () => {
    const { system, api } = world;
    const contact = { email: 'stale@example.com', phone: '+17185552003' };
    const { token, ...visit } = await bookAs(world, contact, { startsAt: '2027-02-09T10:00' });
    await system.settle();
    await api.moveByLink({ params: { token }, body: { startsAt: '2027-02-10T10:00' } });
    await system.settle();
    await system.windTo(newYork('2027-02-08T10:00') + minute);
    expect(await deliver(system, touchpoint(visit.id, 'reminder', 0), touchpoint(visit.id, 'confirmation', 0))).toEqual(
      allTaken,
    );
    expect(sentTo(world, contact.email, contact.phone)).toEqual(['email confirmation', 'email moved']);

    await api.cancelByLink({ params: { token } });
    await system.settle();
    for (const [id, sequence] of [
      ['reminder', 0],
      ['reminder', 1],
      ['moved', 1],
      ['review', 1],
      ['come-back', 1],
    ] as const)
      expect(await deliver(system, touchpoint(visit.id, id, sequence))).toEqual(allTaken);
    await system.windTo(newYork('2027-02-12T10:00'));
    expect(sentTo(world, contact.email, contact.phone)).toEqual([
      'email confirmation',
      'email moved',
      'email cancelled',
    ]);
    const outcomes = await outcomesOf(world, { id: visit.id, startsAt: '2027-02-10T10:00:00-05:00' });
    expect(outcomes).toContain('reminder: skipped moved');
    expect(outcomes).toContain('reminder: skipped cancelled');
  });

  test('fifty deliveries of one message at once send one mail', async () => {
    const { system } = world;
    const contact = { email: 'fifty@example.com', phone: '+17185552004' };
    const visit = await bookAs(world, contact, { startsAt: '2027-02-17T10:00' });
    await system.settle();
    await system.windTo(newYork('2027-02-16T09:00'));
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => deliver(system, touchpoint(visit.id, 'reminder'))),
    );
    expect(sentTo(world, contact.email, contact.phone)).toEqual(['email confirmation', 'email reminder']);
    // Whoever finds it in hand looks again later: none of them may say that it is done before it is.
    expect(answers.some(({ batchItemFailures }) => batchItemFailures.length === 0)).toBe(true);
    await system.settle();
    expect(await deliver(system, touchpoint(visit.id, 'reminder'))).toEqual(allTaken);
    await system.windTo(newYork('2027-02-16T11:00'));
    expect(sentTo(world, contact.email, contact.phone)).toEqual(['email confirmation', 'email reminder']);
    expect(planned(world, visit)).toEqual({});
  });
});

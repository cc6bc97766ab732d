import { afterAll, beforeAll, expect, test } from 'vitest';
import { hour, minute } from '../../support/durations.ts';
import {
  allTaken,
  bookAs,
  deliver,
  newYork,
  outcomesOf,
  planned,
  sentTo,
  touchpoint,
} from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

/** A business that is quiet from nine in the evening to nine in the morning, when it opens. */
let world: World;

beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.settings.quietHours = { from: '21:00', until: '09:00' };
    for (const touchpoint of catalogue.journey) if (touchpoint.id === 'reminder') touchpoint.offset = '-PT12H';
  });
});
afterAll(() => world.system.close());

const reminders = (...addresses: string[]) => sentTo(world, ...addresses).filter((each) => each.includes('reminder'));

test('a reminder due in the quiet hours is planned for their end, or before them if that is too late to be of use', async () => {
  const { system } = world;
  const noon = await bookAs(world, {}, { startsAt: '2026-11-24T11:30' });
  const early = await bookAs(world, {}, { startsAt: '2026-11-24T09:30' });
  await system.settle();
  expect(planned(world, noon)).toEqual({ reminder: newYork('2026-11-24T09:00') });
  expect(planned(world, early)).toEqual({ reminder: newYork('2026-11-23T20:55') });
});

test('what answers the client’s own act goes at once, at any hour', async () => {
  const { system, api } = world;
  const contact = { email: 'night-owl@example.com' };
  await system.windTo(newYork('2026-11-24T23:30'));
  const { token } = await bookAs(world, contact, { startsAt: '2026-12-01T11:00' });
  await system.settle();
  expect(sentTo(world, contact.email)).toEqual(['email confirmation']);
  await api.moveByLink({ params: { token }, body: { startsAt: '2026-12-01T14:00' } });
  await api.cancelByLink({ params: { token } });
  await system.settle();
  expect(sentTo(world, contact.email)).toContain('email cancelled');
  expect(system.clock.now()).toBeLessThan(newYork('2026-11-25T00:00'));
});

test('a reminder that was held up into the night waits for the morning, and still is one', async () => {
  const { system } = world;
  const contact = { email: 'held-up@example.com' };
  const visit = await bookAs(world, contact, { startsAt: '2026-12-02T11:30' });
  await system.windTo(newYork('2026-12-01T22:00'));
  expect(await deliver(system, touchpoint(visit.id, 'reminder'))).toEqual(allTaken);
  expect(reminders(contact.email)).toEqual([]);
  await system.windTo(newYork('2026-12-02T09:00') - minute);
  expect(reminders(contact.email)).toEqual([]);
  await system.windTo(newYork('2026-12-02T10:00'));
  expect(reminders(contact.email)).toEqual(['email reminder']);
});

test('a reminder that was held up, and by the morning would be of no use, is skipped', async () => {
  const { system } = world;
  const contact = { email: 'held-up-too-long@example.com' };
  await system.windTo(newYork('2026-12-03T22:00'));
  const visit = await bookAs(world, contact, { startsAt: '2026-12-04T09:30' });
  await system.settle();
  expect(planned(world, visit)).toEqual({});
  expect(await deliver(system, touchpoint(visit.id, 'reminder'))).toEqual(allTaken);
  expect(await outcomesOf(world, visit)).toEqual(['confirmation: delivered', 'reminder: skipped too_late']);
  await system.windTo(newYork('2026-12-04T09:30') + hour);
  expect(reminders(contact.email)).toEqual([]);
});

test('the wait for the morning survives what the planner does meanwhile, and its schedule survives the wait', async () => {
  const { system, api } = world;
  const contact = { email: 'moved-at-night@example.com' };
  const { token, ...visit } = await bookAs(world, contact, { startsAt: '2026-12-09T11:30' });
  await system.windTo(newYork('2026-12-08T22:00'));
  await deliver(system, touchpoint(visit.id, 'reminder'));
  const waiting = planned(world, visit);
  expect(waiting).toEqual({ reminder: newYork('2026-12-09T09:00'), 'reminder.0': newYork('2026-12-09T09:00') });

  await api.moveByLink({ params: { token }, body: { startsAt: '2026-12-11T11:30' } });
  await system.settle();
  // An old message that is late to find out, and would be to blame if the new reminder were lost.
  await deliver(system, touchpoint(visit.id, 'reminder', 0));
  expect(planned(world, visit)).toMatchObject({ reminder: newYork('2026-12-11T09:00') });
  await system.windTo(newYork('2026-12-09T12:00'));
  expect(reminders(contact.email)).toEqual([]);
  await system.windTo(newYork('2026-12-11T09:30'));
  expect(reminders(contact.email)).toEqual(['email reminder']);
  expect(await outcomesOf(world, { id: visit.id, startsAt: '2026-12-11T11:30:00-05:00' })).toEqual([
    'confirmation: delivered',
    'moved: delivered',
    'reminder: skipped moved',
    'reminder: delivered',
  ]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, newYork, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, ({ settings }) => {
    settings.booking.horizonDays = 200;
  });
});
afterAll(() => world.system.close());

const cutBy = (staffId: string) => [{ serviceId: 'cut', staffId }];

test('whoever asked for somebody hears that somebody else will serve her; who asked for anyone does not', async () => {
  const desk = staffOf(world);
  const [asked, anyones] = ['asked@example.com', 'anyones@example.com'];
  const named = await bookAs(world, { email: asked, phone: undefined }, { startsAt: '2026-12-01T10:00' });
  const open = await bookAs(
    world,
    { email: anyones, phone: undefined },
    { startsAt: '2026-12-01T13:00', services: cutBy('anyone') },
  );
  await world.system.settle();
  for (const { id } of [named, open]) {
    const visit = await desk.get(id);
    const other = visit.services[0]?.staff.id === 'marco' ? 'amina' : 'marco';
    dataOf(await desk.change(visit, { services: cutBy(other), override: { hours: true } }));
  }
  await world.system.settle();
  expect(sentTo(world, asked)).toEqual(['email confirmation', 'email moved']);
  const last = world.system.mailbox.list({ to: asked }).at(-1);
  expect([last?.subject, last?.text]).toEqual([
    'You are booked: Tuesday, December 1 at 10:00 AM',
    expect.stringContaining('Marco'),
  ]);
  expect(sentTo(world, anyones)).toEqual(['email confirmation']);
});

test('a link that was sent before the visit was put off stays good', async () => {
  const desk = staffOf(world);
  const { id, token } = await bookAs(world, {}, { startsAt: '2026-12-10T10:00' });
  dataOf(await desk.change(await desk.get(id), { startsAt: '2027-03-04T10:00', override: { hours: true } }));
  await world.system.windTo(newYork('2027-02-20T10:00'));
  const params = { token };
  expect(dataOf(await world.api.getByLink({ params, query: {} })).startsAt).toBe('2027-03-04T10:00:00-05:00');
  dataOf(await world.api.cancelByLink({ params }));
  await world.system.windTo(newYork('2027-04-10T10:00'));
  expect(codeOf(await world.api.getByLink({ params, query: {} }))).toBe('link_expired');
});

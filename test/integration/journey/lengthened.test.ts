import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const services = (durationMinutes: number, staffId = 'amina') => [{ serviceId: 'cut', staffId, durationMinutes }];
const clientOf = (email: string) => ({ firstName: 'Nadia', email, language: 'en' });
const latestFile = (email: string): string =>
  world.system.mailbox
    .list({ to: email })
    .at(-1)
    ?.attachments.map(({ text }) => text)
    .join() ?? '';

test('a booking that is lengthened at once is confirmed, once, as it is', async () => {
  const desk = staffOf(world);
  const email = 'longer@example.com';
  const booked = await desk.book('2026-12-01T10:00', { client: clientOf(email) });
  dataOf(await desk.change(booked, { services: services(75) }));
  await world.system.settle();
  expect(sentTo(world, email)).toEqual(['email confirmation']);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: delivered']);
  expect(latestFile(email)).toContain('DTEND:20261201T161500Z');
});

test('a move that is followed by lengthening is told, once, as it is', async () => {
  const desk = staffOf(world);
  const email = 'later@example.com';
  const booked = await desk.book('2026-12-02T10:00', { client: clientOf(email) });
  await world.system.settle();
  const moved = dataOf(await desk.change(booked, { startsAt: '2026-12-03T11:00' }));
  dataOf(await desk.change(moved, { services: services(75) }));
  await world.system.settle();
  expect(sentTo(world, email)).toEqual(['email confirmation', 'email moved']);
  expect(latestFile(email)).toContain('DTEND:20261203T171500Z');
});

test('whoever only books longer hears nothing more, and is reminded once', async () => {
  const desk = staffOf(world);
  const email = 'reminded@example.com';
  const booked = await bookAs(world, { email, phone: undefined }, { startsAt: '2026-12-04T10:00' });
  await world.system.settle();
  dataOf(await desk.change(await desk.get(booked.id), { services: services(75) }));
  await world.system.settle();
  await world.system.windTo(Date.parse('2026-12-04T09:00:00-05:00'));
  await world.system.settle();
  expect(sentTo(world, email)).toEqual(['email confirmation', 'email reminder']);
});

test('staff book a length at once', async () => {
  const desk = staffOf(world);
  const booked = await desk.book('2026-12-05T10:00', { services: services(75) });
  expect(booked).toMatchObject({ startsAt: '2026-12-05T10:00:00-05:00', endsAt: '2026-12-05T11:15:00-05:00' });
  expect(booked.services).toMatchObject([{ durationMinutes: 75 }]);
});

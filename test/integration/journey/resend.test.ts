import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../shared/platform/http/contract.ts';
import { day } from '../../support/durations.ts';
import { bookAs, clientIdOf, complete, consent, newYork, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

interface Booked {
  id: string;
  startsAt: string;
}

const press = async (
  booked: Booked,
  touchpoint: string,
  { occurrence = 0, key = randomUUID() as string, role = 'reception' as Role, clientId = '' } = {},
) => {
  const outcome = await world.as(role).resendMessage({
    params: { clientId: clientId || (await clientIdOf(world, booked)) },
    body: { appointmentId: booked.id, touchpoint, occurrence },
    idempotencyKey: key,
  });
  await world.system.settle();
  return outcome.ok ? `${outcome.status} ${outcome.data.resend}` : `${outcome.status} ${outcome.problem.detail ?? ''}`;
};

test('staff send a confirmation again: once for each press, once for each key', async () => {
  const contact = { email: 'again@example.com', phone: undefined };
  const booked = await bookAs(world, contact, { startsAt: '2026-12-01T10:00' });
  await world.system.settle();
  const key = randomUUID();
  expect([await press(booked, 'confirmation', { key }), await press(booked, 'confirmation', { key })]).toEqual([
    '202 1',
    '202 1',
  ]);
  expect(sentTo(world, contact.email)).toEqual(['email confirmation', 'email confirmation']);
  expect(await press(booked, 'confirmation')).toBe('202 2');
  expect(sentTo(world, contact.email)).toHaveLength(3);

  const listed = await world.as('owner').listMessages({
    params: { clientId: await clientIdOf(world, booked) },
    query: { appointmentId: booked.id },
  });
  expect(listed.ok && listed.data.messages.map(({ resend, by, status }) => [resend, by !== undefined, status])).toEqual(
    [
      [2, true, 'delivered'],
      [1, true, 'delivered'],
      [undefined, false, 'delivered'],
    ],
  );
});

test('two who press at once send twice, under numbers of their own', async () => {
  const contact = { email: 'both@example.com', phone: undefined };
  const booked = await bookAs(world, contact, { startsAt: '2026-12-01T12:00' });
  await world.system.settle();
  const pressed = await Promise.all([press(booked, 'confirmation'), press(booked, 'confirmation')]);
  expect(pressed.sort()).toEqual(['202 1', '202 2']);
  await world.system.settle();
  expect(sentTo(world, contact.email)).toHaveLength(3);
});

test('five times are enough', async () => {
  const booked = await bookAs(world, { email: 'much@example.com', phone: undefined }, { startsAt: '2026-12-01T14:00' });
  await world.system.settle();
  for (let time = 1; time <= 5; time += 1) expect(await press(booked, 'confirmation')).toBe(`202 ${time}`);
  expect(await press(booked, 'confirmation')).toMatch(/^409 It has been sent again 5 times/);
});

test('at night, too: staff want it now', async () => {
  const contact = { email: 'night@example.com', phone: undefined };
  const booked = await bookAs(world, contact, { startsAt: '2026-12-02T10:00' });
  await world.system.windTo(newYork('2026-12-01T23:00'));
  expect(sentTo(world, contact.email)).toEqual(['email confirmation', 'email reminder']);
  expect(await press(booked, 'reminder')).toBe('202 1');
  expect(sentTo(world, contact.email)).toHaveLength(3);
});

test('what says nothing true any more is refused, with the reason', async () => {
  const { api, as, system } = world;
  const moved = await bookAs(world, {}, { startsAt: '2026-12-08T10:00' });
  const cancelled = await bookAs(world, {}, { startsAt: '2026-12-08T12:00' });
  await system.settle();
  await api.moveByLink({ params: { token: moved.token }, body: { startsAt: '2026-12-08T14:00' } });
  await as('reception').markAppointment({ params: { appointmentId: cancelled.id }, body: { status: 'cancelled' } });
  await system.settle();
  expect(await press(moved, 'confirmation')).toMatch(/^409 .*moved/);
  expect(await press(moved, 'moved', { occurrence: 1 })).toBe('202 1');
  expect(await press(cancelled, 'confirmation')).toBe('409 The appointment is cancelled.');
  expect(await press(cancelled, 'cancelled', { occurrence: 1 })).toBe('202 1');
  await system.windTo(Date.parse('2026-12-08T20:00:00Z'));
  expect(await press(moved, 'reminder', { occurrence: 1 })).toBe('409 The visit has begun.');
});

test('neither consent nor a stop gives way to staff', async () => {
  const { api, system } = world;
  const contact = { email: undefined, phone: '+17185558001' };
  const visit = await bookAs(world, contact, { startsAt: '2026-12-15T10:00', consents: consent('sms') });
  await system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  await system.windBy(43 * day);
  const [, token = ''] = /\/u\/([\w-]+)/.exec(world.texts().at(-1)?.text ?? '') ?? [];
  expect(await outcomesOf(world, visit)).toContain('come-back: sent');
  await api.unsubscribe({ params: { token }, body: {} });
  expect(await press(visit, 'come-back')).toMatch(/^409 The client has not agreed/);
  const booked = await bookAs(world, contact, { startsAt: '2027-02-09T10:00' });
  await system.settle();
  await api.unsubscribe({ params: { token }, body: { scope: 'all' } });
  expect(await press(booked, 'confirmation')).toMatch(/^409 The client wants no messages there/);
});

test('what was skipped for want of an address can’t be sent again, what never was is not there', async () => {
  const booked = await bookAs(world, {}, { startsAt: '2027-02-10T10:00' });
  const other = await bookAs(world, {}, { startsAt: '2027-02-10T12:00' });
  await world.system.settle();
  expect(await press(booked, 'reminder')).toMatch(/^404/);
  expect(await press(booked, 'confirmation', { clientId: await clientIdOf(world, other) })).toMatch(/^404/);
});

test('nobody without the role', async () => {
  const booked = await bookAs(world, {}, { startsAt: '2027-02-11T10:00' });
  await world.system.settle();
  for (const role of ['owner', 'manager', 'reception'] as const)
    expect(await press(booked, 'confirmation', { role })).toMatch(/^202/);
  expect(await press(booked, 'confirmation', { role: 'staff' })).toMatch(/^403/);
});

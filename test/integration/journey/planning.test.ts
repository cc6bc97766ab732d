import { afterAll, beforeAll, expect, test } from 'vitest';
import { day, hour, minute } from '../../support/durations.ts';
import {
  bookAs,
  complete,
  deliver,
  newYork,
  outcomesOf,
  planned,
  sentTo,
  touchpoint,
} from '../../support/world/messages.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const twoPeople = [
  { serviceId: 'cut-short', staffId: 'marco' },
  { serviceId: 'beard', staffId: 'marco' },
];

// The clock of a file only goes forward: each test plays on days of its own, one after the other.

test('a booking plans its reminder under a name that EventBridge takes', async () => {
  const { api, system } = world;
  const booked = await mustBook(api);
  await system.settle();
  expect(planned(world, booked)).toEqual({ reminder: Date.parse(booked.startsAt) - day });
  for (const { name } of system.schedules()) expect(name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
});

test('confirming leaves what is planned as it is, and moving and cancelling don’t', async () => {
  const { api, system } = world;
  const { token, ...booked } = await mustBook(api, { startsAt: '2026-11-25T10:00' });
  await system.settle();
  const before = system.schedules();

  await api.confirmByLink({ params: { token } });
  await system.settle();
  expect(system.schedules()).toEqual(before);

  const moved = await api.moveByLink({ params: { token }, body: { startsAt: '2026-11-27T12:00' } });
  await system.settle();
  expect(moved.ok).toBe(true);
  expect(planned(world, booked)).toEqual({ reminder: newYork('2026-11-26T12:00') });

  await api.cancelByLink({ params: { token } });
  await system.settle();
  expect(planned(world, booked)).toEqual({});
});

test('moved nearer than the reminder’s time, there is no reminder, neither the old one nor one at once', async () => {
  const { api, system } = world;
  const contact = { email: 'nearer@example.com' };
  const { token, ...booked } = await bookAs(world, contact, { startsAt: '2026-11-27T10:00' });
  await system.settle();
  const moved = await api.moveByLink({ params: { token }, body: { startsAt: '2026-11-23T09:00' } });
  expect(moved.ok).toBe(true);
  await system.settle();
  expect(planned(world, booked)).toEqual({});
  await system.windTo(newYork('2026-11-23T08:59'));
  expect(sentTo(world, contact.email)).toEqual(['email confirmation', 'email moved']);
});

test('booked twenty hours before the visit, there is no reminder at all', async () => {
  const { system } = world;
  await system.windTo(newYork('2026-11-23T14:00'));
  const contact = { email: 'late@example.com', phone: '+17185550042' };
  const booked = await bookAs(world, contact, { startsAt: '2026-11-24T12:00' });
  await system.settle();
  expect(planned(world, booked)).toEqual({});
  await system.windTo(newYork('2026-11-24T12:00'));
  expect(sentTo(world, contact.email, contact.phone)).toEqual(['email confirmation']);
});

test('a completed visit plans the review and the shortest interval of its services, a no-show nothing', async () => {
  const { system, as } = world;
  const visit = await bookAs(world, {}, { startsAt: '2026-12-01T10:00', services: twoPeople });
  const missed = await bookAs(world, {}, { startsAt: '2026-12-01T13:00', services: twoPeople });
  await system.windTo(newYork('2026-12-01T14:30'));
  await complete(world, visit.id);
  await as('reception').markAppointment({ params: { appointmentId: missed.id }, body: { status: 'no_show' } });
  await system.settle();
  const ends = Date.parse(visit.endsAt);
  // The review was due two hours after the end: that time has passed.
  expect(planned(world, visit)).toEqual({ 'come-back': ends + 21 * day });
  expect(planned(world, missed)).toEqual({});
});

test('marked in time, the review is asked for two hours after the end', async () => {
  const { system } = world;
  const contact = { email: 'review-in-time@example.com' };
  const visit = await bookAs(world, contact, { startsAt: '2026-12-03T10:00' });
  await system.windTo(Date.parse(visit.endsAt) + minute);
  await complete(world, visit.id);
  expect(planned(world, visit)).toEqual({
    review: Date.parse(visit.endsAt) + 2 * hour,
    'come-back': Date.parse(visit.endsAt) + 42 * day,
  });
  await system.windTo(Date.parse(visit.endsAt) + 2 * hour - minute);
  expect(sentTo(world, contact.email)).toEqual(['email confirmation', 'email reminder']);
  await system.windBy(2 * minute);
  expect(sentTo(world, contact.email)).toEqual(['email confirmation', 'email reminder', 'email review']);
});

test('a message about a touchpoint or an appointment that is gone is dropped without a word', async () => {
  const { system, api } = world;
  const booked = await mustBook(api, { startsAt: '2026-12-08T10:00' });
  await system.settle();
  const mails = system.mailbox.list().length;
  const taken = await deliver(
    system,
    touchpoint(booked.id, 'no-such-step'),
    touchpoint('0000000000000000', 'reminder'),
  );
  expect(taken).toEqual({ batchItemFailures: [] });
  expect(system.mailbox.list()).toHaveLength(mails);
});

test('what is in the outbox by mistake is handed back, and does not hold up the rest of its batch', async () => {
  const { system } = world;
  const good = await bookAs(world, { email: 'in-a-bad-batch@example.com' }, { startsAt: '2026-12-08T12:00' });
  await system.settle();
  await system.windTo(newYork('2026-12-07T11:59'));
  const bodies = ['not JSON', '{}', '{"kind":"touchpoint"}', JSON.stringify(touchpoint(good.id, 'reminder'))];
  const answer = await system.invoke('messages', {
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
  });
  expect(answer).toEqual({ batchItemFailures: ['m0', 'm1', 'm2'].map((itemIdentifier) => ({ itemIdentifier })) });
  await system.settle();
  expect(await outcomesOf(world, good)).toContain('reminder: delivered');
});

test('the invitation to come back keeps the local time over the change of the clocks', async () => {
  const { system } = world;
  const visit = await bookAs(world, {}, { startsAt: '2027-02-16T10:00' });
  await system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  expect(visit.endsAt).toBe('2027-02-16T11:00:00-05:00');
  expect(planned(world, visit)['come-back']).toBe(Date.parse('2027-03-30T11:00:00-04:00'));
});

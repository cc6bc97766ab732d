import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClients } from '../../../shared/clients/clients.ts';
import { hour, minute } from '../../support/durations.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, clientIdOf, newYork, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { openTable } from '../../support/world/table.ts';
import { bookingOf, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, ({ settings }) => {
    settings.messageBudget = { perHour: 6, perDay: 15, unprovenPerHour: 2, unprovenPerDay: 4 };
  });
});
afterAll(() => world.system.close());

type Booked = Awaited<ReturnType<typeof bookAs>>;

/** Times of one day, one after another, so that no test runs out of them. */
const timesFrom = (date: string) => {
  let next = 0;
  return () => {
    const [days, at] = [Math.floor(next / 6), next % 6];
    next += 1;
    const local = new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * hour).toISOString().slice(0, 10);
    return `${local}T${['10:00', '11:15', '12:30', '13:45', '15:00', '16:15'][at]}`;
  };
};

const prove = async (booked: Booked, address: string): Promise<void> => {
  const { table, close } = openTable(world.system);
  await createClients(table).prove({ address, clientId: await clientIdOf(world, booked), at: 1, how: 'link' });
  close();
};

test('whoever books and cancels in a loop with somebody else’s address: two mails an hour, four a day', async () => {
  const { system, api } = world;
  const email = 'bombed@example.com';
  const next = timesFrom('2026-12-01');
  const visits: Booked[] = [];
  for (let time = 0; time < 14; time += 1) {
    const startsAt = next();
    const booked = await bookAs(world, { email, phone: undefined }, { startsAt });
    await system.settle();
    visits.push(booked);
    expect((await api.cancelByLink({ params: { token: booked.token } })).ok).toBe(true);
    await system.settle();
  }
  expect(sentTo(world, email)).toEqual(['email confirmation', 'email cancelled']);
  const last = visits.at(-1) as Booked;
  expect(await outcomesOf(world, last)).toEqual([
    'cancelled: skipped over_budget',
    'confirmation: retrying over_budget',
  ]);
  await system.windBy(20 * hour);
  expect(sentTo(world, email)).toHaveLength(2);
  expect(await outcomesOf(world, last)).toEqual(['cancelled: skipped over_budget', 'confirmation: skipped cancelled']);
  expect([system.deadLetters(), system.failedRecords(), system.outbox()]).toEqual([[], [], []]);
});

test('confirmations over the budget go as one when there is room again, each visit told of once', async () => {
  const { system } = world;
  const email = 'busy@example.com';
  const next = timesFrom('2026-12-08');
  const visits: Booked[] = [];
  for (let time = 0; time < 5; time += 1)
    visits.push(await bookAs(world, { email, phone: undefined }, { startsAt: next() }));
  await system.settle();
  expect(sentTo(world, email)).toHaveLength(2);
  await system.windBy(hour + minute);
  const mails = system.mailbox.list({ to: email });
  expect(mails).toHaveLength(3);
  expect(mails[2]?.text).toContain('This is the first of 3 appointments:\nTuesday, December 8');
  expect(mails[2]?.attachments[0]?.text.match(/^UID:/gm)).toHaveLength(3);
  const outcomes = await Promise.all(visits.map((visit) => outcomesOf(world, visit)));
  expect(outcomes.flat().sort()).toEqual([
    ...Array.from({ length: 3 }, () => 'confirmation: delivered'),
    'confirmation: skipped joined',
    'confirmation: skipped joined',
  ]);
  await system.windBy(2 * hour);
  expect(sentTo(world, email)).toHaveLength(3);
  expect(system.schedules().filter(({ name }) => name.endsWith('.joined'))).toEqual([]);
});

test('a proven address has a budget of its own, which strangers’ bookings before did not touch', async () => {
  const { system } = world;
  const contact = { email: 'own@example.com', phone: undefined };
  const next = timesFrom('2026-12-15');
  const first = await bookAs(world, contact, { startsAt: next() });
  for (let time = 0; time < 3; time += 1) await bookAs(world, contact, { startsAt: next() });
  await system.settle();
  expect(sentTo(world, contact.email)).toHaveLength(2);
  await prove(first, contact.email);
  for (let time = 0; time < 8; time += 1) await bookAs(world, contact, { startsAt: next() });
  await system.settle();
  expect(sentTo(world, contact.email)).toHaveLength(2 + 6);
  await system.windBy(hour + minute);
  // Two held while it was unproven and two since go as one.
  expect(sentTo(world, contact.email)).toHaveLength(2 + 6 + 1);
});

test('what the desk books, moves and cancels counts, and always goes', async () => {
  const { system } = world;
  const desk = staffOf(world);
  const client = { firstName: 'Nadia', email: 'desk@example.com' };
  const next = timesFrom('2027-01-05');
  for (let time = 0; time < 8; time += 1) {
    const { id } = await desk.book(next(), { client });
    await system.settle();
    if (time > 5) await desk.mark(id, 'cancelled');
  }
  await system.settle();
  expect(sentTo(world, client.email)).toHaveLength(10);
  // The client's own acts find the hour full.
  const booked = await bookAs(world, { email: client.email, phone: undefined }, { startsAt: next() });
  await prove(booked, client.email);
  await world.api.cancelByLink({ params: { token: booked.token } });
  await system.settle();
  expect((await outcomesOf(world, booked)).filter((each) => each.startsWith('cancelled'))).toEqual([
    'cancelled: skipped over_budget',
  ]);
});

test('reminders go whatever was sent before them to a proven address, and within the small budget to another', async () => {
  const { system } = world;
  await system.windTo(newYork('2027-01-11T08:00'));
  const threeOn = async (date: string, email: string): Promise<Booked[]> => {
    const services = [{ serviceId: 'cut-short', staffId: 'anyone' }];
    const visits: Booked[] = [];
    for (const time of ['10:00', '10:15', '10:45'])
      visits.push(await bookAs(world, { email, phone: undefined }, { startsAt: `${date}T${time}`, services }));
    return visits;
  };
  const [proven, strange] = ['reminded@example.com', 'strange@example.com'];
  const [own] = await threeOn('2027-01-20', proven);
  const others = await threeOn('2027-01-21', strange);
  await prove(own as Booked, proven);
  await system.windTo(newYork('2027-01-20T16:00'));
  const reminders = (email: string) => sentTo(world, email).filter((each) => each === 'email reminder').length;
  expect([reminders(proven), reminders(strange)]).toEqual([3, 2]);
  const outcomes = await Promise.all(others.map((visit) => outcomesOf(world, visit)));
  expect(outcomes.flat().filter((each) => each.startsWith('reminder: skipped'))).toEqual([
    'reminder: skipped over_budget',
  ]);
});

test('a resend counts, says what is left, and goes also where nothing is', async () => {
  const { system, as } = world;
  const desk = staffOf(world);
  const client = { firstName: 'Nadia', email: 'again@example.com' };
  const { id, clientId } = await desk.book('2027-01-26T10:00', { client });
  await system.settle();
  const press = async () => {
    const outcome = await as('reception').resendMessage({
      params: { clientId },
      body: { appointmentId: id, touchpoint: 'confirmation', occurrence: 0 },
      idempotencyKey: randomUUID(),
    });
    await system.settle();
    return outcome.ok ? [outcome.data.resend, outcome.data.leftThisHour, outcome.data.leftToday] : outcome.problem.code;
  };
  expect([await press(), await press(), await press(), await press(), await press()]).toEqual([
    [1, 4, 13],
    [2, 3, 12],
    [3, 2, 11],
    [4, 1, 10],
    [5, 0, 9],
  ]);
  expect(sentTo(world, client.email)).toHaveLength(6);
});

test('of many who write to one address at the same moment as many go as there is room for', async () => {
  const { system } = world;
  const email = 'crowd@example.com';
  const next = timesFrom('2027-02-02');
  const wishes = await Promise.all(
    Array.from({ length: 12 }, async () => ({
      ...(await bookingOf(world.api, { startsAt: next() })),
      client: { firstName: 'Nadia', email, language: 'en' as const },
    })),
  );
  for (const body of wishes)
    expect((await world.api.createAppointment({ body, idempotencyKey: randomUUID() })).ok).toBe(true);
  await system.settle();
  expect(sentTo(world, email)).toHaveLength(2);
  await system.windBy(30 * minute);
  expect([sentTo(world, email).length, system.deadLetters()]).toEqual([2, []]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, rowsOf } from '../../support/world/booking.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, clientIdOf, complete, consent, newYork, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { jobOf } from '../../support/world/settings.ts';
import { bookCut, cancel, join, oneHourDays, statusOf } from '../../support/world/waiting.ts';
import { startWorld, type World } from '../../support/world/world.ts';
import { loseSchedules, planned, replan } from './adopted.ts';

/** A business that is quiet from nine in the evening to eight in the morning. */
let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    oneHourDays(catalogue, ['amina', 'zara']);
    catalogue.settings.frequencyCap = { messages: 5, days: 7 };
    for (const service of catalogue.services) if (service.id === 'blow-dry') service.repeatDays = 1;
  });
});
afterAll(() => world.system.close());

const drying = { services: [{ serviceId: 'blow-dry', staffId: 'marco' }] };

const resend = async (visit: { id: string; startsAt: string }, touchpoint: string): Promise<void> => {
  const outcome = await world.as('reception').resendMessage({
    params: { clientId: await clientIdOf(world, visit) },
    body: { appointmentId: visit.id, touchpoint, occurrence: 0 },
    idempotencyKey: freshKey(),
  });
  dataOf(outcome);
  await world.system.settle();
};

const inOrder = () => planned(world.system).sort((one, other) => (one.name < other.name ? -1 : 1));

const named = (pattern: RegExp): string[] =>
  planned(world.system)
    .map(({ name }) => name)
    .filter((name) => pattern.test(name));

test('what waits for the morning waits on where the schedules are gone, and comes once', async () => {
  const { system } = world;
  const staff = staffOf(world);
  const phone = '+17185558101';
  const contact = { phone, email: undefined };
  const invited = await bookAs(world, contact, { ...drying, startsAt: '2026-11-23T10:00', consents: consent('sms') });
  const late = await bookAs(world, { email: 'late@example.com' }, { ...drying, startsAt: '2026-11-24T12:00' });
  const farAhead = await staff.book('2028-11-20T10:00', drying);
  const moving = await bookCut(world, { startsAt: '2026-12-01T10:00' });
  const blocked = dataOf(await staff.block({ staffId: 'zara', from: '2026-12-01T09:30', until: '2026-12-01T11:30' }));
  const day = { from: '2026-12-01', to: '2026-12-01' };
  const waiting = [await join(world, { ...day, staff: ['amina'] }), await join(world, { ...day, staff: ['zara'] })];
  await system.windTo(Date.parse(invited.endsAt));
  await complete(world, invited.id);
  await system.windTo(newYork('2026-11-24T23:00'));
  expect(await outcomesOf(world, invited)).toContain('come-back: sent');
  const [texts, mails] = [sentTo(world, phone).length, sentTo(world, 'late@example.com').length];

  await complete(world, late.id);
  await resend(invited, 'come-back');
  await resend(invited, 'come-back');
  dataOf(await world.api.moveByLink({ params: { token: moving.token }, body: { startsAt: '2026-12-08T10:00' } }));
  dataOf(await staff.unblock(blocked.id));
  await system.settle();
  const before = inOrder();
  const morning = newYork('2026-11-25T08:00');
  const held = before.filter(({ dueAt }) => dueAt === morning).map(({ name }) => name.replace(/^freed\..*/, 'freed'));
  expect(held.sort()).toEqual(
    [`${invited.id}.come-back.0.1`, `${invited.id}.come-back.0.2`, `${late.id}.review.0`, 'freed', 'freed'].sort(),
  );
  expect(before.map(({ name }) => name)).toContain(`${farAhead.id}.reminder`);

  await loseSchedules(system);
  for (const seed of [7, 8]) {
    expect(await jobOf(world, await replan(system, seed))).toMatchObject({ finishedAt: expect.any(String) });
    expect(inOrder()).toEqual(before);
  }
  await system.windTo(morning - 60_000);
  expect([sentTo(world, phone).length, sentTo(world, 'late@example.com').length]).toEqual([texts, mails]);
  expect(await Promise.all(waiting.map((each) => statusOf(world, each)))).toEqual(['waiting', 'waiting']);

  await system.windTo(morning + 60_000);
  expect(sentTo(world, phone)).toHaveLength(texts + 2);
  expect(sentTo(world, 'late@example.com').slice(mails)).toEqual(['email review']);
  expect(await Promise.all(waiting.map((each) => statusOf(world, each)))).toEqual(['offered', 'offered']);
  expect(await rowsOf(world, 'FreedTime')).toEqual([]);
  const { messages } = dataOf(
    await world.as('owner').listMessages({
      params: { clientId: await clientIdOf(world, invited) },
      query: { appointmentId: invited.id },
    }),
  );
  const again = messages.filter(({ resend: number }) => number !== undefined);
  expect(again.find(({ resend: number }) => number === 2)?.by).toEqual(expect.any(String));
  expect(system.deadLetters()).toEqual([]);
});

test('a morning that has passed meanwhile sends no message late, but a freed time is offered yet', async () => {
  const { system } = world;
  const email = 'too-late@example.com';
  const late = await bookAs(world, { email }, { ...drying, startsAt: '2026-11-25T17:30' });
  const visit = await bookCut(world, { startsAt: '2026-12-15T10:00' });
  const waiting = await join(world, { from: '2026-12-15', to: '2026-12-15' });
  await system.windTo(newYork('2026-11-25T23:00'));
  await complete(world, late.id);
  await cancel(world, visit);
  const sent = sentTo(world, email).length;
  expect(named(/\.review\.0$|^freed/)).toHaveLength(2);

  await loseSchedules(system);
  await system.windTo(newYork('2026-11-26T10:00'));
  await replan(system, 9);
  expect(named(/\.review\.0$|come-back\.0/)).toEqual([]);
  await system.windBy(60_000);
  expect(await statusOf(world, waiting)).toBe('offered');
  expect(named(/^freed/)).toEqual([]);
  // Nor in the night after, by another adoption.
  await system.windTo(newYork('2026-11-26T22:00'));
  await replan(system, 10);
  await system.windTo(newYork('2026-11-27T09:00'));
  expect(sentTo(world, email)).toHaveLength(sent);
  expect(system.deadLetters()).toEqual([]);
});

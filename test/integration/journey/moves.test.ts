import { afterAll, beforeAll, expect, test } from 'vitest';
import { hour, minute } from '../../support/durations.ts';
import { codeOf, dataOf, problemOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, outcomesOf, planned, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, ({ settings }) => {
    settings.booking.movesOnline = 5;
    settings.messageBudget.unprovenPerHour = 4;
    settings.messageBudget.unprovenPerDay = 6;
  });
});
afterAll(() => world.system.close());

const moveTo = (token: string, startsAt: string) => world.api.moveByLink({ params: { token }, body: { startsAt } });
const settled = async (token: string, startsAt: string): Promise<void> => {
  dataOf(await moveTo(token, startsAt));
  await world.system.settle();
};

test('the first move is told at once, of more within the hour the last, two minutes after it', async () => {
  const { system } = world;
  const email = 'looking@example.com';
  const { token, ...booked } = await bookAs(world, { email, phone: undefined }, { startsAt: '2026-12-01T10:00' });
  await system.settle();
  await settled(token, '2026-12-01T11:00');
  expect(sentTo(world, email)).toEqual(['email confirmation', 'email moved']);
  await system.windBy(10 * minute);
  await settled(token, '2026-12-01T12:00');
  await system.windBy(minute);
  await settled(token, '2026-12-01T13:00');
  const toldAt = system.clock.now() + 2 * minute;
  expect(Math.abs((planned(world, booked)['moved'] ?? 0) - toldAt)).toBeLessThan(minute);
  await system.windBy(minute);
  expect(sentTo(world, email)).toHaveLength(2);
  await system.windBy(2 * minute);
  expect(sentTo(world, email)).toEqual(['email confirmation', 'email moved', 'email moved']);
  expect(system.mailbox.list({ to: email }).at(-1)?.subject).toBe('Your new time: Tuesday, December 1 at 1:00 PM');
  expect(planned(world, booked)).not.toHaveProperty('moved');

  await system.windBy(hour);
  await settled(token, '2026-12-01T14:00');
  expect(sentTo(world, email).filter((each) => each === 'email moved')).toHaveLength(3);
  expect(await outcomesOf(world, booked)).toEqual([
    'confirmation: delivered',
    'moved: delivered',
    'moved: delivered',
    'moved: delivered',
  ]);
});

test('a move by staff, and cancelling, are told at once and end the wait', async () => {
  const { system } = world;
  const desk = staffOf(world);
  const email = 'helped@example.com';
  const { token, id } = await bookAs(world, { email, phone: undefined }, { startsAt: '2026-12-02T10:00' });
  await settled(token, '2026-12-02T11:00');
  await settled(token, '2026-12-02T12:00');
  expect(planned(world, { id })).toHaveProperty('moved');
  dataOf(await desk.change(await desk.get(id), { startsAt: '2026-12-02T13:00' }));
  await system.settle();
  expect(planned(world, { id })).not.toHaveProperty('moved');
  expect(system.mailbox.list({ to: email }).at(-1)?.subject).toBe('Your new time: Wednesday, December 2 at 1:00 PM');
  await settled(token, '2026-12-02T14:00');
  dataOf(await world.api.cancelByLink({ params: { token } }));
  await system.settle();
  expect(planned(world, { id })).toEqual({});
  expect(sentTo(world, email).at(-1)).toBe('email cancelled');
});

test('of 200 moves of one booking five happen, then the client is asked to call; a stranger’s phone gets three texts', async () => {
  const { system, api } = world;
  const phone = '+12125550123';
  const { token, ...booked } = await bookAs(world, { phone, email: undefined }, { startsAt: '2026-12-03T10:00' });
  await system.settle();
  const answers: string[] = [];
  for (let time = 0; time < 200; time += 1) {
    answers.push(codeOf(await moveTo(token, `2026-12-03T${time < 5 ? 11 + time : 16 + (time % 2)}:00`)));
    if (time < 8) await system.settle();
  }
  expect(answers.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'done'));
  expect(new Set(answers.slice(5))).toEqual(new Set(['too_many_moves']));
  const refused = problemOf(await moveTo(token, '2026-12-03T10:00'));
  expect(refused).toMatchObject({ status: 409, detail: expect.stringMatching(/^Call us on \+1/) });
  const seen = dataOf(await api.getByLink({ params: { token }, query: {} }));
  expect(seen.may).toMatchObject({ move: false, cancel: true });
  await system.windBy(hour / 2);
  // The confirmation, the first move, and the last: those between came and went.
  expect(sentTo(world, phone)).toHaveLength(3);
  expect(world.texts().at(-1)?.text).toMatch(/Dec 3, 3:00/);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: sent', 'moved: sent', 'moved: sent']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { mustBook, startWorld, type World } from '../world.ts';

const hour = 3_600_000;
const day = 24 * hour;
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

test('a client books, is reminded, confirms, moves, comes, reviews, and is invited to come back', async () => {
  const { system, api, as, mails } = world;
  const booked = await mustBook(api, {
    consents: [{ channel: 'email', purpose: 'marketing', words: 'Tell me by e-mail when it is time to come back.' }],
  });
  await system.settle();
  expect(mails().map(({ subject }) => subject)).toHaveLength(1);
  expect(mails()[0]?.text).toContain(booked.token);
  const visit = Date.parse(booked.startsAt);
  expect(system.schedules().map(({ name, dueAt }) => [name, dueAt])).toEqual([[`${booked.id}.reminder`, visit - day]]);

  await system.windTo(visit - day + hour);
  expect(mails()).toHaveLength(2);

  const confirmed = await api.confirmByLink({ params: { token: booked.token } });
  expect(confirmed.ok && confirmed.data.status).toBe('confirmed');

  const moved = await api.moveByLink({ params: { token: booked.token }, body: { startsAt: '2026-11-27T15:00' } });
  expect(moved.ok && [moved.data.status, moved.data.startsAt]).toEqual(['pending', '2026-11-27T15:00:00-05:00']);
  await system.settle();
  expect(mails()).toHaveLength(3);
  const later = Date.parse('2026-11-27T15:00:00-05:00');
  expect(system.schedules().map(({ dueAt }) => dueAt)).toEqual([later - day]);

  await system.windTo(later - hour);
  expect(mails()).toHaveLength(4);

  await system.windTo(later + 2 * hour);
  const marked = await as('reception').markAppointment({
    params: { appointmentId: booked.id },
    body: { status: 'completed' },
  });
  expect(marked.ok && marked.data.status).toBe('completed');
  await system.settle();
  await system.windBy(day);
  expect(mails()).toHaveLength(5);
  const review = mails()[4]?.links.find((link) => link.includes('/r/'));
  const token = review?.split('/r/')[1] ?? '';

  const reviewed = await api.putReviewByLink({
    params: { token },
    body: { ratings: [{ staffId: 'amina', score: 2 }], words: 'Too short.' },
  });
  expect(reviewed.ok).toBe(true);
  await system.settle();
  expect(mails()).toHaveLength(6);
  expect(mails()[5]?.to).toEqual(['manager.brooklyn@linden-rose.example']);

  await system.windBy(50 * day);
  expect(mails()).toHaveLength(7);
  expect(mails()[6]?.raw).toContain('List-Unsubscribe-Post');
  expect(system.deadLetters()).toEqual([]);
  expect(system.schedules()).toEqual([]);
});

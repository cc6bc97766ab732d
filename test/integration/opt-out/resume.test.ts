import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOf } from '../../support/outcomes.ts';
import { bookAs, complete, outcomesOf, tokenSentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

/** The unsubscribe link of a review request to the address. */
const stopLink = async (email: string, startsAt: string): Promise<string> => {
  const visit = await bookAs(world, { email, phone: undefined }, { startsAt });
  await world.system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  await world.system.windBy(4 * 3_600_000);
  const asked = world.system.mailbox.list({ to: email }).find(({ tags }) => tags['message']?.includes('_review_'));
  return /\/u\/([\w-]+)/.exec(asked?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
};
const confirmationTo = async (email: string, startsAt: string) => {
  const booked = await bookAs(world, { email, phone: undefined }, { startsAt });
  await world.system.settle();
  return (await outcomesOf(world, booked))[0];
};
const see = async (token: string) => {
  const { all, marketing, reviews, resumable } = dataOf(await world.api.getSubscription({ params: { token } }));
  return { all, marketing, reviews, resumable };
};
const press = (token: string, form: Record<string, string>) =>
  fetch(`${world.system.url}/u/${token}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

test('who stopped everything can take it back by the same link, but for advertising, and only for that address', async () => {
  const token = await stopLink('back@example.com', '2026-11-24T10:00');
  const other = await stopLink('other@example.com', '2026-11-25T10:00');
  for (const each of [token, other]) expect((await press(each, { scope: 'all' })).status).toBe(303);
  expect(await see(token)).toEqual({ all: false, marketing: false, reviews: false, resumable: true });
  expect(await confirmationTo('back@example.com', '2026-12-01T10:00')).toBe('confirmation: skipped suppressed');

  const page = await (await fetch(`${world.system.url}/u/${token}`)).text();
  expect(page).toContain('name="resume"');
  expect((await see(token)).resumable).toBe(true);
  for (let time = 0; time < 2; time += 1) {
    const pressed = await press(token, { resume: 'yes' });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `/u/${token}?done=resumed`]);
  }
  const done = await (await fetch(`${world.system.url}/u/${token}?done=resumed`)).text();
  expect(done).toContain('class="notice done"');
  expect(await see(token)).toEqual({ all: true, marketing: false, reviews: false, resumable: false });
  expect(await confirmationTo('back@example.com', '2026-12-02T10:00')).toBe('confirmation: delivered');
  expect(await confirmationTo('other@example.com', '2026-12-03T10:00')).toBe('confirmation: skipped suppressed');

  // It can be stopped anew.
  dataOf(await world.api.unsubscribe({ params: { token }, body: { scope: 'all' } }));
  expect(await see(token)).toMatchObject({ all: false, resumable: true });
});

test.each([
  ['bounce', 'bounced@example.com', '2026-12-08T10:00', '2026-12-15T10:00'],
  ['complaint', 'complained@example.com', '2026-12-09T10:00', '2026-12-16T10:00'],
] as const)('a link does not lift a %s', async (kind, email, startsAt, later) => {
  const token = await stopLink(email, startsAt);
  world.system.publishFeedback(kind, world.system.mailbox.list({ to: email })[0]?.id ?? '');
  await world.system.settle();
  expect(await see(token)).toMatchObject({ all: false, resumable: false });
  const refused = await world.api.resumeSubscription({ params: { token } });
  expect([refused.status, refused.ok || refused.problem.code]).toEqual([409, 'not_resumable']);
  expect((await press(token, { resume: 'yes' })).status).toBe(409);
  expect(await confirmationTo(email, later)).toBe('confirmation: skipped suppressed');
});

test('who books with a stopped address is told so by its own link, with the way to change it; a stranger learns nothing', async () => {
  const email = 'stopped@example.com';
  const page = async (token: string, query = '') => (await fetch(`${world.system.url}/a/${token}${query}`)).text();
  const first = await bookAs(world, { email, phone: undefined }, { startsAt: '2026-12-22T10:00' });
  const own = await tokenSentTo(world, email);
  expect(await page(own)).not.toContain('are stopped');
  dataOf(
    await world.as('reception').stopAddress({ body: { channel: 'email', address: email, reason: 'client_asked' } }),
  );

  const stopped = await bookAs(world, { email, phone: undefined }, { startsAt: '2026-12-22T12:00' });
  const free = await bookAs(world, { email: 'free@example.com', phone: undefined }, { startsAt: '2026-12-22T14:00' });
  const shown = await Promise.all([stopped, free].map(({ token }) => page(token, '?done=booked')));
  for (const each of shown) {
    expect(each).toContain('If you once stopped our messages, none will come.');
    expect(each).not.toContain('are stopped');
  }
  const answers = await Promise.all(
    [first, stopped, free].map(async ({ token }) =>
      dataOf(await world.api.getByLink({ params: { token }, query: {} })),
    ),
  );
  expect(answers.map(({ address }) => address)).toEqual([undefined, undefined, undefined]);

  const told = await page(own);
  expect(told).toContain('Messages to this email address are stopped');
  const [, token = ''] = /href="\/u\/([\w-]+)"/.exec(told) ?? [];
  expect((await press(token, { resume: 'yes' })).status).toBe(303);
  expect(await page(own)).not.toContain('are stopped');
  expect(await confirmationTo(email, '2026-12-23T10:00')).toBe('confirmation: delivered');
});

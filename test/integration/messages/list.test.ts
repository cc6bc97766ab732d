import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAs, clientIdOf } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
let clientId: string;
let first: { id: string; startsAt: string };

const contact = { email: 'listed@example.com', phone: '+17185556001' };

/** One client with three appointments, of which one was moved: four messages. */
beforeAll(async () => {
  world = await startWorld();
  const { token, ...booked } = await bookAs(world, contact, { startsAt: '2026-12-01T10:00' });
  first = booked;
  await bookAs(world, contact, { startsAt: '2026-12-02T10:00' });
  await bookAs(world, contact, { startsAt: '2026-12-03T10:00' });
  await world.system.settle();
  await world.api.moveByLink({ params: { token }, body: { startsAt: '2026-12-01T14:00' } });
  await world.system.settle();
  clientId = await clientIdOf(world, first);
});
afterAll(() => world.system.close());

const list = async (query: Record<string, unknown> = {}, id = clientId) => {
  const listed = await world.as('reception').listMessages({ params: { clientId: id }, query });
  if (!listed.ok) throw new Error(JSON.stringify(listed.problem));
  return listed.data;
};

test('the desk and above see what was sent and what became of it, without address, link or id of the provider', async () => {
  for (const role of ['owner', 'manager', 'reception'] as const) {
    const listed = await world.as(role).listMessages({ params: { clientId }, query: {} });
    expect(listed.ok && listed.data.messages).toHaveLength(4);
  }
  const { messages } = await list({ appointmentId: first.id });
  expect(messages).toEqual([
    expect.objectContaining({ touchpoint: 'moved', occurrence: 1, status: 'delivered' }),
    {
      appointmentId: first.id,
      touchpoint: 'confirmation',
      occurrence: 0,
      template: 'confirmation',
      status: 'delivered',
      channel: 'email',
      at: expect.stringMatching(/^2026-11-22T\d\d:\d\d:\d\dZ$/),
    },
  ]);
});

test('the newest stand first, of all appointments together', async () => {
  const { messages } = await list();
  expect(messages.map(({ touchpoint }) => touchpoint)).toEqual([
    'moved',
    'confirmation',
    'confirmation',
    'confirmation',
  ]);
  expect(messages[0]?.appointmentId).toBe(first.id);
  expect(messages[3]?.appointmentId).toBe(first.id);
});

test('the public does not see them', async () => {
  const address = `${world.system.url}/v1/clients/${clientId}/messages`;
  expect((await fetch(address)).status).toBe(401);
  expect((await fetch(address, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
});

test('pages of any size show each message once', async () => {
  const all = (await list()).messages;
  for (const limit of [1, 2, 3, 4, 100]) {
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit, ...(cursor ? { cursor } : {}) });
      expect(page.messages.length).toBeLessThanOrEqual(limit);
      seen.push(...page.messages);
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(all);
  }
});

test('a client without messages, or one that is not there, has an empty list', async () => {
  expect(await list({}, '0000000000000000')).toEqual({ messages: [] });
  expect(await list({ appointmentId: '0000000000000000' })).toEqual({ messages: [] });
});

test.each([
  ['limit', '0'],
  ['limit', '101'],
  ['limit', 'ten'],
  ['appointmentId', 'x'],
  ['cursor', 'nonsense'],
  ['cursor', Buffer.from('CLIENT').toString('base64url')],
  ['cursor', 'x'.repeat(501)],
])('%s=%s is refused by name', async (name, value) => {
  const outcome = await world.as('owner').listMessages({ params: { clientId }, query: { [name]: value } });
  expect([outcome.status, outcome.ok || outcome.problem.errors?.[0]?.path]).toEqual([400, name]);
});

test('a cursor of the whole list is no cursor of one appointment’s', async () => {
  const { cursor } = await list({ limit: 1 });
  const others = (await list()).messages.map(({ appointmentId }) => appointmentId);
  const last = others.find((id) => id !== others[0]) ?? '';
  expect(cursor).toBeTruthy();
  const outcome = await world
    .as('owner')
    .listMessages({ params: { clientId }, query: { appointmentId: last, cursor: cursor ?? '' } });
  expect([outcome.status, outcome.ok || outcome.problem.errors?.[0]?.path]).toEqual([400, 'cursor']);
});

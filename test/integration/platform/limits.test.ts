import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedSystem } from '../../../infra/local/demo.ts';
import { manageToken } from '../../../shared/booking/appointments/view.ts';
import type { Settings } from '../../../shared/business/catalogue.ts';
import { contracts, examples } from '../../../shared/contracts.ts';
import { stopToken } from '../../../shared/messages/stop-link.ts';
import type { RouteContract } from '../../../shared/platform/http/contract.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { reviewToken } from '../../../shared/reviews/token.ts';
import { sessionRoutes } from '../../../shared/session/contract.ts';
import { waitingToken } from '../../../shared/waiting-list/view.ts';
import { day, minute } from '../../support/durations.ts';
import { freshKey, newcomer, type Reply, raw, rowsOf, tally } from '../../support/world/booking.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { bookingOf, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const limit = async (changes: Partial<Settings['publicLimits']>): Promise<void> => {
  const catalogue = structuredClone(world.catalogue);
  Object.assign(catalogue.settings.publicLimits, changes);
  await seedSystem(world.system, catalogue);
  // Every instance has read the settings of less than a minute ago.
  await world.system.windTo(Math.ceil((world.system.clock.now() + 2 * minute) / minute) * minute);
};

/** Acts by a cookie, which strangers don't have. */
const byCookie = ['refreshSession', 'endSession'];

/** Acts of strangers: whatever changes something without signing in. */
const acts: RouteContract[] = contracts.filter(
  ({ id, caller, method }: RouteContract) => !Array.isArray(caller) && method !== 'GET' && !byCookie.includes(id),
);
/** Acts that are counted by person, for want of a form. */
const isOfSession = ({ id }: RouteContract): boolean => sessionRoutes.some((route) => route.id === id);

/** What has been counted so far, by the names of those of whom it was. */
const counts = async (): Promise<Map<string, number>> =>
  new Map(
    [...(await rowsOf(world, 'Attempts')), ...(await rowsOf(world, 'Pause'))].map(({ pk, sk, inDay, tries }) => [
      `${pk} ${sk}`,
      Number(inDay ?? tries),
    ]),
  );

const send = async (contract: RouteContract, token: string, from = '127.0.0.1'): Promise<Reply> => {
  const issued = await world.api.getFormToken({});
  if (!issued.ok) throw new Error('no form token');
  const { body } = examples[contract.id] ?? {};
  const isForm = contract.bodyType !== undefined;
  const json = {
    ...(body as object),
    ...(contract.caller === 'public' && !isOfSession(contract) ? { formToken: issued.data.formToken } : {}),
  };
  return raw(world, contract.method, contract.path.replace('{token}', token), {
    from,
    headers: {
      'content-type': contract.bodyType ?? 'application/json',
      ...(contract.idempotency ? { 'idempotency-key': freshKey() } : {}),
    },
    body: isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(json),
  });
};

/** Signs a link of the kind that stands in the path, to nothing that there is. */
const goodToken = async (path: string): Promise<string> => {
  const tokens = createTokens({ load: async () => world.system.linkKeys() }, world.system.clock.now);
  const id = 'abcdefghijklmnop';
  const endsAt = world.system.clock.now() + day;
  if (path.startsWith('/v1/waiting/'))
    return waitingToken(tokens, { id, to: '2026-12-24', zone: 'UTC', createdAt: 0 }, 'email');
  if (path.startsWith('/v1/reviews/')) return reviewToken(tokens, { id, endsAt }, 'email');
  if (path.startsWith('/v1/subscriptions/')) return stopToken(tokens, 'email', id, world.system.clock.now());
  return manageToken(tokens, { id, endsAt }, 'email');
};

describe('every act of a stranger', () => {
  it('is nothing with a link that is not good: not even counted', async () => {
    const before = await counts();
    for (const contract of acts.filter(({ caller }) => caller === 'link'))
      expect((await send(contract, 'x'.repeat(44))).status).toBe(404);
    expect(await counts()).toEqual(before);
  });

  it.each(acts.map((contract) => [contract.id, contract] as const))(
    '%s is counted by the household and by the form, link or person',
    async (_, contract) => {
      const before = await counts();
      const token = await goodToken(contract.path);
      await send(contract, token);
      const grown = [...(await counts())].filter(([name, count]) => count === (before.get(name) ?? 0) + 1);
      expect(grown.map(([name]) => name)).toHaveLength(2);
    },
  );

  it.each(sessionRoutes.filter(({ id }) => byCookie.includes(id)))(
    '$id is counted by the household',
    async ({ method, path }) => {
      const before = await counts();
      await raw(world, method, path, { headers: { cookie: 'session=guessed' } });
      const grown = [...(await counts())].filter(([name, count]) => count === (before.get(name) ?? 0) + 1);
      expect(grown).toHaveLength(1);
    },
  );

  it('of the pages is, too', async () => {
    const before = await counts();
    await raw(world, 'POST', `/a/${await goodToken('/v1/links/{token}')}/confirm`);
    const grown = [...(await counts())].filter(([name, count]) => count === (before.get(name) ?? 0) + 1);
    expect(grown).toHaveLength(2);
  });
});

describe('acts by one link', () => {
  const client = newcomer();
  let token: string;
  beforeAll(async () => {
    await mustBook(world.api, { startsAt: '2026-12-01T10:00', client });
    token = await tokenSentTo(world, client.email);
    await limit({ perTokenPerMinute: 4, perHour: 2, perDay: 2 });
  });
  const act = (id: string) => acts.find((contract) => contract.id === id) as RouteContract;

  it('are refused beyond the link’s limit, from wherever they come, and told until when', async () => {
    const replies = [];
    for (const from of ['127.0.0.1', '127.0.0.2', '127.0.0.3'])
      for (const _ of [1, 2]) replies.push(await send(act('confirmByLink'), token, from));
    expect(tally(replies.map(({ status }) => status))).toEqual({ 200: 4, 429: 2 });
    const refused = replies.at(-1);
    expect(refused?.json).toMatchObject({ code: 'too_many_requests', detail: expect.stringMatching(/again in \d+ s/) });
    expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(60);
    const page = await raw(world, 'POST', `/a/${token}/confirm`);
    expect([page.status, page.text]).toEqual([429, expect.stringContaining('One moment, please')]);
    expect((await raw(world, 'GET', `/a/${token}`)).status).toBe(200);
    await world.system.windBy(minute);
    expect((await send(act('confirmByLink'), token)).status).toBe(200);
  });

  it('don’t suffer from what the household did at forms, nor from other links of it', async () => {
    const other = newcomer();
    await limit({ perHour: 1, perDay: 1 });
    const bodyOf = async () =>
      JSON.stringify({ ...(await bookingOf(world.api, { startsAt: '2026-12-03T10:00' })), client: other });
    const post = async () =>
      raw(world, 'POST', '/v1/appointments', {
        from: '127.0.0.9',
        headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
        body: await bodyOf(),
      });
    expect([(await post()).status, (await post()).status]).toEqual([201, 429]);
    const params = await tokenSentTo(world, other.email);
    expect((await send(act('confirmByLink'), params, '127.0.0.9')).status).toBe(200);
  });

  it('that stop messages are done all the same', async () => {
    await limit({ perTokenPerMinute: 1, perTokenPerHour: 1, perTokenPerDay: 1 });
    const params = { token };
    const seen = await world.api.getByLink({ params, query: {} });
    const stop = seen.ok ? String(seen.data.address?.subscription) : '';
    for (const id of ['unsubscribe', 'unsubscribeOneClick', 'unsubscribe', 'unsubscribeOneClick'])
      expect((await send(act(id), stop)).status).toBe(200);
    expect((await send(act('resumeSubscription'), stop)).status).toBe(429);
  });
});

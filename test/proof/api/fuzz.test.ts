import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedSystem } from '../../../infra/local/demo.ts';
import { pageRoutes } from '../../../web/routes.ts';
import { daysAfter, startLivedIn } from '../lived-in.ts';
import { inAccord, scenesOf } from '../scenes.ts';
import { fetchDocument, type Route, routesOf } from './document.ts';
import { createJudge, leaks } from './judge.ts';
import { kindOf } from './known.ts';
import { pageAsRoute, pageDraftsFor, withFields } from './page-drafts.ts';
import { draftsFor, toSent } from './requests.ts';
import { type Reply, type Sent, send } from './send.ts';
import { createValues } from './values.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
/** Requests for each route; by hand one may want thousands. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 20);
console.log(`FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`);

const { world, known, bearers, learnLinks } = await startLivedIn();
const { system, catalogue, api } = world;
const document = await fetchDocument(system.url);
const judge = createJudge(document);
const values = createValues(known, system.clock.now());
const scenes = scenesOf(catalogue, system.clock.now());
afterAll(() => system.close());

/** How often a route answered what, and what it said last. */
const tally = new Map<string, Map<number, { times: number; said: string }>>();
const count = (id: string, { status, text }: Reply): void => {
  const row = tally.get(id) ?? new Map();
  tally.set(id, row.set(status, { times: (row.get(status)?.times ?? 0) + 1, said: text.slice(0, 300) }));
};

/** Whether settings may have been changed. */
let unsettled = false;

const learn = (route: Route, reply: Reply): void => {
  count(route.id, reply);
  if (reply.status >= 300) return;
  unsettled ||= route.method !== 'GET' && route.path.startsWith('/v1/settings');
  const words = route.path.split('/').filter((word) => /^[a-z]/.test(word));
  try {
    known.learn(JSON.parse(reply.text), kindOf(words.at(-1) ?? ''));
  } catch {
    // No JSON, nothing to learn.
  }
};

/** What others need to go deep: tokens of forms expire, and settings may have been turned upside down. */
const refresh = async (): Promise<void> => {
  if (unsettled) await seedSystem(system, catalogue);
  unsettled = false;
  const form = await api.getFormToken({});
  if (form.ok) known.add(kindOf('formToken'), form.data.formToken);
  learnLinks();
};

const report = (sent: Sent): string => {
  const { method, target, headers, body } = sent;
  return JSON.stringify({ method, target: target.slice(0, 500), headers, body: String(body ?? '').slice(0, 2_000) });
};

/** A seed of its own for each route: with one for all, the second route would send the first one's Idempotency-Keys. */
const seedOf = (id: string): number => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, seed);

const fuzz = <T>(id: string, arbitrary: fc.Arbitrary<T>, act: (drawn: T) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(arbitrary, act), { seed: seedOf(id), numRuns: runs, interruptAfterTimeLimit: 50_000 });

const fuzzRoute = async (route: Route): Promise<void> => {
  await refresh();
  const drafts = draftsFor(route, values, known, Object.keys(bearers));
  const accorded = fc.tuple(drafts, scenes).map(([draft, scene]) => inAccord(draft, route, scene));
  const ask = async (sent: Sent): Promise<Reply> => {
    const reply = await send(system.url, sent);
    learn(route, reply);
    const fault = judge(route, sent, reply);
    if (fault) throw new Error(`${route.id} ${fault}\n${report(sent)}`);
    return reply;
  };
  await fuzz(route.id, fc.oneof({ weight: 3, arbitrary: accorded }, drafts), async (draft) => {
    const sent = toSent(route, draft, known, bearers);
    const { status, text } = await ask(sent);
    // A precondition that failed tells the version that stands.
    const [fault] = status === 412 ? (JSON.parse(text) as { errors: { allowed: string[] }[] }).errors : [];
    if (fault) await ask({ ...sent, headers: { ...sent.headers, 'If-Match': fault.allowed[0] ?? '' } });
  });
};

const named = (routes: Route[]) => routes.map((route) => [route.id, route] as const);
const [settings, others] = [true, false].map((changes) =>
  routesOf(document).filter(({ path }) => path.startsWith('/v1/settings') === changes),
);

describe('every route, asked as the document says and otherwise', () => {
  test.each(named(others ?? []))('%s', (_, route) => fuzzRoute(route));
});

describe('every page, whatever is asked and posted', () => {
  test.each(pageRoutes.map((page) => [page.id, page] as const))('%s', async (id, page) => {
    await refresh();
    const route = pageAsRoute(page);
    await fuzz(id, pageDraftsFor(route, values, known, scenes, Object.keys(bearers)), async (pageDraft) => {
      const sent = withFields(toSent(route, { ...pageDraft.draft, body: undefined }, known, bearers), pageDraft, known);
      const reply = await send(system.url, sent);
      count(route.id, reply);
      const { status, text, headers } = reply;
      const fault =
        (status >= 500 && 'breaks') ||
        leaks(text) ||
        (status < 300 && id !== 'calendar' && headers['content-type'] !== 'text/html; charset=utf-8' && 'is no page') ||
        (/text\/html/.test(String(headers['content-type'])) && !/<\/html>\s*$/.test(text) && 'is cut off');
      if (fault) throw new Error(`${route.id} answers ${status}: ${fault}: ${text.slice(0, 300)}\n${report(sent)}`);
    });
  });
});

describe('settings, which shake everything else', () => {
  test.each(named(settings ?? []))('%s', (_, route) => fuzzRoute(route));
});

describe('after all that', () => {
  const today = () => new Date(system.clock.now()).toISOString().slice(0, 10);
  beforeAll(refresh);

  test('every day of the diary can be read', async () => {
    for (const { id: locationId } of catalogue.locations)
      for (let days = -60; days <= 450; days += 30) {
        const query = { locationId, from: daysAfter(today(), days), to: daysAfter(today(), days + 29) };
        const answer = await world.as('owner').getDiary({ query });
        expect(answer.status, JSON.stringify(query)).toBe(200);
      }
  });

  test('availability can be read as far as it goes', async () => {
    for (const { id: location } of catalogue.locations)
      for (const { skills, locations } of catalogue.staff) {
        if (!locations.includes(location)) continue;
        for (const days of [0, 60]) {
          const query = {
            location,
            services: skills[0] ?? '',
            from: daysAfter(today(), days),
            to: daysAfter(today(), days + 59),
          };
          const answer = await api.getAvailability({ query });
          expect(answer.ok ? 200 : answer.problem.detail, JSON.stringify(query)).toBe(200);
        }
      }
  });

  test('every link, list and page that was learnt can be opened', async () => {
    for (const token of known.all('token/links')) {
      const { status } = await send(system.url, { method: 'GET', target: `/a/${token}`, headers: {} });
      expect([200, 404, 410], token).toContain(status);
    }
    for (const clientId of known.all('client')) {
      const { status } = await world.as('owner').listMessages({ params: { clientId }, query: {} });
      expect(status, clientId).toBe(200);
    }
  });

  test('nothing failed behind the scenes', async () => {
    // Each change of the journey leaves a thousand pieces of planning: what seconds work off tells enough.
    await Promise.race([system.settle(), sleep(4_000)]);
    expect(system.failedRecords()).toEqual([]);
    expect(system.deadLetters()).toEqual([]);
    expect(system.logs().filter((line) => line.includes('"crashed"'))).toEqual([]);
  });

  test('the requests went deep', () => {
    // Nobody draws a password, a code or a cookie of somebody.
    const routes = routesOf(document).filter(({ path }) => !path.startsWith('/v1/session'));
    const never = routes.filter(({ id }) => ![...(tally.get(id)?.keys() ?? [])].some((status) => status < 300));
    const rows = [...tally].map(
      ([id, row]) => `  ${id}: ${[...row].map(([status, { times }]) => `${status} ${times}×`).join(', ')}`,
    );
    const why = never.flatMap(({ id }) => [...(tally.get(id) ?? [])].map(([, { said }]) => `  ${id}: ${said}`));
    console.log(`Answers by route:\n${rows.join('\n')}\nNever with success:\n${why.join('\n')}`);
    expect(never.length).toBeLessThanOrEqual(routes.length / 10);
  });
});

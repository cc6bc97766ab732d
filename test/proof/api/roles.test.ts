import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { createIdentity } from '../../../infra/local/gateway/identity.ts';
import { functions } from '../../../infra/manifest.ts';
import { contracts } from '../../../shared/contracts.ts';
import type { Caller, Role, RouteContract } from '../../../shared/platform/http/contract.ts';
import { roles } from '../../../shared/platform/http/contract.ts';
import { createRouter } from '../../../shared/platform/http/router.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { unknownFields } from '../../../shared/platform/unknown-fields.ts';
import { signedOut, signInFailed } from '../../../shared/session/problems.ts';
import { pageRoutes } from '../../../web/routes.ts';
import { startLivedIn } from '../lived-in.ts';
import { inAccord, scenesOf } from '../scenes.ts';
import { fetchDocument, type Route, routesOf } from './document.ts';
import { draftsFor, toSent } from './requests.ts';
import { type Reply, type Sent, send } from './send.ts';
import { createValues } from './values.ts';

const everyone = roles;
const desk = ['owner', 'manager', 'reception'] as const;
const leaders = ['owner', 'manager'] as const;
const ownerAlone = ['owner'] as const;

/**
 * Who may do what, word for word: whoever adds a route or opens one says so here, too, or in `roles.ts` beside the unit
 * tests of the capability.
 */
const listed: Record<string, Caller> = {
  getBusiness: 'public',
  listLocations: 'public',
  listServices: 'public',
  listStaff: 'public',
  getJourney: desk,
  getAvailability: 'public',
  getFormToken: 'public',
  getAvailabilityForForm: 'public',
  holdTime: 'public',
  createAppointment: 'public',
  getByLink: 'link',
  getAvailabilityByLink: 'link',
  confirmByLink: 'link',
  proveByLink: 'link',
  agreeByLink: 'link',
  moveByLink: 'link',
  cancelByLink: 'link',
  getCalendarByLink: 'link',
  getDiary: everyone,
  bookAtDesk: everyone,
  listLessons: everyone,
  changeLesson: everyone,
  cancelLesson: everyone,
  createBlock: everyone,
  removeBlock: everyone,
  getAppointment: everyone,
  getAppointmentHistory: everyone,
  changeAppointment: everyone,
  markAppointment: everyone,
  undoMark: everyone,
  approveAppointment: desk,
  checkSeries: everyone,
  bookSeries: everyone,
  getSeries: everyone,
  cancelSeries: everyone,
  moveSeries: everyone,
  joinWaitingList: 'public',
  getWaiting: 'link',
  takeOffer: 'link',
  declineOffer: 'link',
  stayOnWaitingList: 'link',
  leaveWaitingList: 'link',
  listWaiting: desk,
  addToWaitingList: desk,
  removeWaiting: desk,
  getClient: everyone,
  liftNoShows: desk,
  proveAddress: desk,
  listMessages: everyone,
  resendMessage: desk,
  listInbox: desk,
  lookUpAddress: desk,
  stopAddress: desk,
  resumeAddress: desk,
  listTemplates: desk,
  putTemplate: leaders,
  deleteTemplate: leaders,
  previewTemplate: desk,
  getSubscription: 'link',
  unsubscribe: 'link',
  resumeSubscription: 'link',
  unsubscribeOneClick: 'link',
  getReviewByLink: 'link',
  putReviewByLink: 'link',
  listReviews: leaders,
  getSettings: leaders,
  putBusiness: ownerAlone,
  putJourney: leaders,
  createLocation: ownerAlone,
  putLocation: leaders,
  deleteLocation: ownerAlone,
  createStaffMember: leaders,
  putStaffMember: leaders,
  deleteStaffMember: leaders,
  createCategory: leaders,
  putCategory: leaders,
  deleteCategory: leaders,
  createService: leaders,
  putService: leaders,
  deleteService: leaders,
  createResource: leaders,
  putResource: leaders,
  deleteResource: leaders,
  getJob: leaders,
  resumeJob: leaders,
  stopJob: leaders,
  listAudit: ownerAlone,
  listReads: ownerAlone,
  getDocument: 'public',
};
const unitTests = join(import.meta.dirname, '..', '..', 'unit');
const beside = readdirSync(unitTests, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /[\\/]roles\.ts$/.test(file),
);
const ofCapabilities = await Promise.all(
  beside.map((file): Promise<{ expected: Record<string, Caller> }> => import(/* @vite-ignore */ join(unitTests, file))),
);
const expected = Object.assign({}, listed, ...ofCapabilities.map((module) => module.expected));

type Purpose =
  | 'manage'
  | 'manage-email'
  | 'manage-sms'
  | 'review'
  | 'stop-email'
  | 'stop-sms'
  | 'form'
  | 'waiting'
  | 'waiting-email'
  | 'waiting-sms';

const manage = ['manage', 'manage-email', 'manage-sms'] as const;
const waitingLinks = ['waiting', 'waiting-email', 'waiting-sms'] as const;

/** What each link opens; the first of a path says it for the whole family. */
const opens: Record<string, readonly Purpose[]> = {
  '/v1/links/': manage,
  '/v1/subscriptions/': ['stop-email', 'stop-sms'],
  '/v1/reviews/': ['review'],
  '/v1/waiting/': waitingLinks,
  '/a/': manage,
  '/u/': ['stop-email', 'stop-sms'],
  '/r/': ['review'],
  '/w/': waitingLinks,
};
/** Every purpose that there is; the compiler asks for the ones that come. */
const purposes = Object.keys({
  manage: true,
  'manage-email': true,
  'manage-sms': true,
  review: true,
  'stop-email': true,
  'stop-sms': true,
  form: true,
  waiting: true,
  'waiting-email': true,
  'waiting-sms': true,
} satisfies Record<Purpose, true>) as Purpose[];

const routes: readonly RouteContract[] = contracts;
const byId = Object.fromEntries(routes.map((contract) => [contract.id, contract.caller]));

test('every route is for those who are meant, and the table above knows every route', () => {
  expect(byId).toEqual(expected);
});

const gateway = createRouter(
  Object.entries(functions).flatMap(([functionName, { trigger }]) =>
    trigger.kind === 'http' ? trigger.routes.map((route) => ({ ...route, functionName })) : [],
  ),
);
/** The route of both gateways that a contract's requests meet. */
const entranceOf = ({ method, path }: { method: string; path: string }) => {
  const found = gateway.find(method, path);
  if (!found) throw new Error(`The manifest has no way to ${method} ${path}`);
  return found.route;
};

test('the manifest, from which both gateways are made, asks for a token where the contracts are for staff', () => {
  for (const contract of routes) {
    const { caller, path } = entranceOf(contract);
    if (Array.isArray(contract.caller)) expect(caller, contract.id).toEqual(roles);
    else expect([caller, path], contract.id).toEqual([contract.caller, contract.path]);
  }
});

test('what is served below /v1 without a token has a contract for clients', () => {
  const built = Object.values(functions).flatMap(({ trigger }) => (trigger.kind === 'http' ? trigger.routes : []));
  const open = built.filter(({ caller, path }) => !Array.isArray(caller) && path.startsWith('/v1/'));
  const forClients = routes.filter(({ caller }) => !Array.isArray(caller)).map(({ path }) => path);
  expect(open.filter(({ path }) => !forClients.some((each) => each === path))).toEqual([]);
  // A path that staff have methods of, too, lets clients in by theirs alone.
  const forStaff = routes.filter(({ caller }) => Array.isArray(caller)).map(({ path }) => path);
  expect(open.filter(({ path, method }) => method === 'ANY' && forStaff.some((each) => each === path))).toEqual([]);
});

const { world, known, appointments, waiting } = await startLivedIn();
const { system, catalogue } = world;
afterAll(() => system.close());
/** What a link is about, and another thing of its kind. */
const subjects = (purpose: Purpose): [mine: string, other: string] => {
  // What one who waits gives up goes to the next of the same day: these two wait for days of their own.
  const [mine = '', other = ''] = purpose.startsWith('waiting') ? waiting.slice(2) : appointments;
  return [mine, other];
};
const client = new DynamoDBClient({
  endpoint: system.dynamoEndpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const tokens = createTokens({ load: async () => system.linkKeys() }, system.clock.now);
const foreignTokens = createTokens({ load: async () => [Buffer.alloc(32, 7).toString('base64')] }, system.clock.now);
const year = 365 * 86_400_000;
const inAYear = system.clock.now() + year;

const documented = routesOf(await fetchDocument(system.url));
const values = createValues(known, system.clock.now());
const soundHeaders = ({ headers }: Route): Record<string, string> =>
  Object.fromEntries(headers.map(({ name }) => [name, name === 'If-Match' ? '"1"' : randomUUID()]));

const takes = (schema: z.ZodType, value: unknown): boolean =>
  schema.safeParse(value).success && unknownFields(schema, value).length === 0;

/** A request that the contract takes, so that nothing but who asks decides. */
const soundRequest = (contract: RouteContract): Sent => {
  const route = documented.find(({ id }) => id === contract.id);
  if (!route) throw new Error(`The document lacks ${contract.id}`);
  const drafts = fc
    .tuple(draftsFor(route, values, known, ['nobody']), scenesOf(catalogue, system.clock.now()))
    .map(([draft, scene]) => inAccord({ ...draft, as: 'nobody', gzip: false }, route, scene));
  const form = contract.bodyType === 'application/x-www-form-urlencoded';
  for (const draft of fc.sample(drafts, { seed: 1, numRuns: 2_000 })) {
    const sent = toSent(route, { ...draft, headers: soundHeaders(route) }, known, {});
    const url = new URL(`http://x${sent.target}`);
    const body = String(sent.body ?? '');
    // Cursors are of other lists, and what goes beyond the rules is for some of the roles.
    if (draft.query.some(([name]) => ['cursor', 'since'].includes(name))) continue;
    if (/override/i.test(JSON.stringify(draft.body ?? null))) continue;
    const fits =
      (contract.query ? takes(contract.query, Object.fromEntries(url.searchParams)) : url.search === '') &&
      (!contract.params || /^[^%]*$/.test(url.pathname)) &&
      (!contract.params ||
        contract.params.safeParse(
          Object.fromEntries(Object.entries(draft.params).map(([name, value]) => [name, known.fill(String(value))])),
        ).success) &&
      (!contract.body ||
        (draft.body?.raw === false &&
          draft.body.type === route.body?.contentType &&
          takes(contract.body, form ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body))));
    if (fits) return sent;
  }
  throw new Error(`No sound request for ${contract.id} came out`);
};

const ask = (sent: Sent, token?: string): Promise<Reply> =>
  send(system.url, { ...sent, headers: { ...sent.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) } });

const codeOf = ({ text }: Reply): string | undefined => {
  try {
    return (JSON.parse(text) as { code?: string }).code;
  } catch {
    return undefined;
  }
};

const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: string): [header: string, claims: Record<string, unknown>, signature: string] => {
  const [header = '', claims = '', signature = ''] = token.split('.');
  return [header, JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')), signature];
};
const [header, claims, signature] = partsOf(system.token('staff'));
const promoted = json({ ...claims, 'cognito:groups': ['owner'] });
const owner = system.token('owner');

/** Tokens that prove nothing, though each would name an owner. */
const worthless: Record<string, string | undefined> = {
  'no token': undefined,
  'an empty token': ' ',
  'no JWT at all': 'owner',
  'signed with a foreign key': createIdentity(Buffer.from('a key of somebody else'), system.clock.now).token('owner'),
  expired: system.token('owner', undefined, -1),
  'of a clerk who made herself owner': `${header}.${promoted}.${signature}`,
  'with alg none': `${json({ alg: 'none', typ: 'JWT' })}.${promoted}.`,
  'with alg none and a true signature': `${json({ alg: 'none', typ: 'JWT' })}.${owner.split('.').slice(1).join('.')}`,
  'without its signature': `${owner.split('.').slice(0, 2).join('.')}.`,
  'with a part too many': `${owner}.x`,
  'with a link’s token': await tokens.sign('manage', subjects('manage')[0], inAYear),
};

const staffRoutes = routes
  .filter(({ caller }) => Array.isArray(caller))
  .map((contract) => [contract.id, contract] as const);
const linkRoutes = routes.filter(({ caller }) => caller === 'link').map((contract) => [contract.id, contract] as const);
const publicRoutes = routes
  .filter(({ caller }) => caller === 'public')
  .map((contract) => [contract.id, contract] as const);

/** Codes of capabilities, after the door. */
const sessionRefusals: readonly string[] = [signInFailed.code, signedOut.code];

describe.each(staffRoutes)('%s, for staff', (_, contract) => {
  const sent = soundRequest(contract);
  const allowed = contract.caller as readonly Role[];

  test.each(Object.entries(worthless))('refuses %s', async (_name, token) => {
    expect((await ask(sent, token)).status).toBe(401);
  });

  test.each(roles.filter((role) => !allowed.includes(role)))('is not for %s', async (role) => {
    const reply = await ask(sent, system.token(role));
    expect([reply.status, codeOf(reply)]).toEqual([403, 'forbidden']);
  });

  test.each(['nobody', 'Owner', 'owners', 'own', 'admin'])('is not for a group %s', async (group) => {
    expect((await ask(sent, system.token(group as Role))).status).toBe(403);
  });

  test.each([...allowed])('lets %s in', async (role) => {
    const { status, text } = await ask(sent, system.token(role));
    // Which of the others' appointments and clients plain staff are refused, `bounds.test.ts` proves.
    if (role === 'staff' && status === 403) expect(text).not.toContain('Needs one of the roles');
    // A wrong password, or a session that is over, is no matter of roles.
    else if (!sessionRefusals.includes(JSON.parse(text).code)) expect([401, 403], text).not.toContain(status);
    expect(status, text).toBeLessThan(500);
    expect(status, text).not.toBe(400);
  });

  test('trusts nobody but the gateway: its function refuses what comes without claims', async () => {
    const { functionName: name, method, path } = entranceOf(contract);
    const url = new URL(`http://x${sent.target}`);
    const event = (authorizer: object) => ({
      version: '2.0',
      routeKey: `${method} ${path}`,
      rawPath: url.pathname,
      rawQueryString: url.search.slice(1),
      headers: { ...sent.headers, authorization: `Bearer ${owner}` },
      queryStringParameters: Object.fromEntries(url.searchParams),
      pathParameters: {},
      requestContext: {
        requestId: 'x',
        domainName: 'x',
        http: { method: contract.method, sourceIp: '192.0.2.1' },
        ...authorizer,
      },
      body: sent.body,
      isBase64Encoded: false,
    });
    const statusFor = async (authorizer: object) =>
      ((await system.invoke(name, event(authorizer))) as { statusCode: number }).statusCode;
    expect(await statusFor({})).toBe(401);
    const withClaims = (more: object) => statusFor({ authorizer: { jwt: { claims: { sub: 'x', ...more } } } });
    expect(await withClaims({ token_use: 'id' })).toBe(403);
    expect(await withClaims({ token_use: 'id', 'cognito:groups': '[owners downers]' })).toBe(403);
    expect(await withClaims({ token_use: 'id', 'cognito:groups': '[a,owner]' })).toBe(403);
    for (const token_use of ['access', undefined])
      expect(await withClaims({ token_use, 'cognito:groups': '[owner]' })).toBe(401);
  });
});

describe.each(publicRoutes)('%s, for anyone', (_, contract) => {
  const sent = soundRequest(contract);
  test.each(Object.entries({ ...worthless, 'of staff': system.token('staff') }))(
    'does not mind a token: %s',
    async (_name, token) => {
      const reply = await ask(sent, token);
      expect(['unauthenticated', 'forbidden']).not.toContain(codeOf(reply));
      if (!sessionRefusals.includes(codeOf(reply) ?? '')) expect(reply.status).not.toBe(401);
      expect(reply.status, reply.text).toBeLessThan(500);
    },
  );
});

/** Of whoever asks; offers and times may well be gone. */
const refusals = ['unauthenticated', 'forbidden', 'link_invalid', 'link_expired', 'invalid_request', 'not_found'];

const familyOf = (path: string): string => path.slice(0, path.indexOf('{token}'));
const withToken = (sent: Sent, family: string, token: string): Sent => ({
  ...sent,
  target: sent.target.replace(new RegExp(`^${family}[^/?]*`), `${family}${encodeURIComponent(token)}`),
});
const flipped = (token: string, at: number): string =>
  `${token.slice(0, at)}${token[at] === 'a' ? 'b' : 'a'}${token.slice(at + 1)}`;

/** How many appointments that are none have been named: each is counted by itself. */
let none = 0;
const badLinks = async (purpose: Purpose): Promise<Record<string, string>> => {
  const [mine, other] = subjects(purpose);
  const good = await tokens.sign(purpose, mine, inAYear);
  none += 1;
  return {
    'of nobody': 'x'.repeat(44),
    'signed with a foreign key': await foreignTokens.sign(purpose, mine, inAYear),
    'with another subject': `${other}${good.slice(16)}`,
    'with a later end': `${good.slice(0, 16)}${'zzzzzz'}${good.slice(22)}`,
    'with another signature': flipped(good, 30),
    'cut short': good.slice(0, -1),
    'with a letter too many': `${good}A`,
    'in capitals': good.toUpperCase(),
    'of staff': owner.slice(0, 200),
    'made of dots': '%2e%2e',
    'of an appointment that is none': await tokens.sign(
      purpose,
      `zzzzzzzzzzzz${String(none).padStart(4, '0')}`,
      inAYear,
    ),
  };
};

/** The engine gives attributes in any order. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
};

/** All items but the counters of acts: whatever is signed well is counted, also where it leads to nothing. */
const everything = async (): Promise<string[]> => {
  await system.settle();
  const { Items = [] } = await client.send(new ScanCommand({ TableName: system.tableName, ConsistentRead: true }));
  return Items.filter(({ entity }) => entity?.S !== 'Attempts')
    .map((item) => JSON.stringify(inOrder(item)))
    .sort();
};

describe.each(linkRoutes)('%s, by link', (_, contract) => {
  const family = familyOf(contract.path);
  const right = opens[family] ?? [];
  const sent = soundRequest(contract);

  test('is in a family whose purposes are known', () => {
    expect(right.length).toBeGreaterThan(0);
  });

  test('is refused to every token that is not good, and nothing changes', async () => {
    const before = await everything();
    for (const purpose of right)
      for (const [name, token] of Object.entries(await badLinks(purpose))) {
        const reply = await ask(withToken(sent, family, token));
        expect(reply.status, `${name}: ${reply.text}`).toBe(404);
      }
    expect(await everything()).toEqual(before);
  });

  test('is refused to a token of any other purpose', async () => {
    for (const purpose of purposes.filter((one) => !right.includes(one))) {
      const reply = await ask(withToken(sent, family, await tokens.sign(purpose, subjects(purpose)[0], inAYear)));
      expect([reply.status, codeOf(reply)], purpose).toEqual([404, 'link_invalid']);
    }
  });

  test('is refused to a token that has expired, and says so', async () => {
    for (const purpose of right) {
      const reply = await ask(
        withToken(sent, family, await tokens.sign(purpose, subjects(purpose)[0], system.clock.now() - 60_000)),
      );
      expect([reply.status, codeOf(reply)], purpose).toEqual([410, 'link_expired']);
    }
  });

  test('is open to its own token, which no bearer token replaces or spoils', async () => {
    for (const purpose of right) {
      const good = withToken(sent, family, await tokens.sign(purpose, subjects(purpose)[0], inAYear));
      for (const bearer of [undefined, worthless['expired'], owner]) {
        const reply = await ask(good, bearer);
        expect(refusals, reply.text).not.toContain(codeOf(reply));
        expect(reply.status, reply.text).toBeLessThan(500);
      }
      expect((await ask(withToken(sent, family, 'x'.repeat(44)), owner)).status).toBe(404);
    }
  });

  test('reaches nothing of another of its kind', async () => {
    for (const purpose of right) {
      const [mine, other] = subjects(purpose);
      const kind = purpose.startsWith('waiting') ? 'WAITING' : 'APPOINTMENT';
      const about = (items: string[]) => items.filter((item) => item.includes(`${kind}#${other}"`));
      const before = about(await everything());
      expect(before.length).toBeGreaterThan(0);
      const reply = await ask(withToken(sent, family, await tokens.sign(purpose, mine, inAYear)));
      expect(reply.text).not.toContain(other);
      expect(about(await everything())).toEqual(before);
    }
  });
});

describe('pages by link', () => {
  const pages = pageRoutes
    .filter(({ caller }) => caller === 'link')
    .map(({ method, path }) => [`${method} ${path}`, method, path] as const);

  test.each(pages)('%s is refused to every token that is not good', async (_, method, path) => {
    const family = familyOf(path);
    const [purpose] = opens[family] ?? [];
    if (!purpose) throw new Error(`Nobody knows what ${family} opens`);
    const body = method === 'POST' ? 'startsAt=2027-01-12T10:00:00-05:00&scope=all&score-amina=5' : undefined;
    const headers: Record<string, string> = body ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const open = (token: string) => send(system.url, { method, target: path.replace('{token}', token), headers, body });
    const before = await everything();
    for (const [name, token] of Object.entries(await badLinks(purpose)))
      expect((await open(encodeURIComponent(token))).status, name).toBe(404);
    for (const wrong of purposes.filter((one) => !opens[family]?.includes(one)))
      expect((await open(await tokens.sign(wrong, subjects(wrong)[0], inAYear))).status, wrong).toBe(404);
    expect((await open(await tokens.sign(purpose, subjects(purpose)[0], system.clock.now() - 60_000))).status).toBe(
      410,
    );
    expect(await everything()).toEqual(before);
  });
});

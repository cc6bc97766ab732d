import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { timeTaken } from '../../../../shared/booking/problems.ts';
import { route } from '../../../../shared/platform/http/contract.ts';
import { Problem, unprocessable, versionMismatch } from '../../../../shared/platform/http/problems.ts';
import {
  type Binding,
  bind,
  type IncomingRequest,
  inProcess,
  lasting,
  maxBodyBytes,
  type RequestContext,
  serve,
} from '../../../../shared/platform/http/server.ts';

const visit = route({
  id: 'makeVisit',
  method: 'POST',
  path: '/v1/places/{placeId}/visits/{visitId}',
  tag: 'test',
  caller: 'public',
  summary: 'Makes a visit',
  params: z.object({ placeId: z.string().max(20), visitId: z.string() }),
  query: z.object({ limit: z.coerce.number().int().max(10).default(5) }),
  body: z.object({
    services: z.array(z.object({ serviceId: z.string(), channel: z.enum(['email', 'sms']).default('sms') })),
    notes: z.string().optional(),
  }),
  status: 201,
  answer: z.object({
    id: z.string(),
    placeId: z.string(),
    limit: z.number(),
    guest: z.object({ firstName: z.string() }),
  }),
  errors: [],
});
const once = route({ ...visit, id: 'makeVisitOnce', idempotency: 'required' });
const rename = route({
  id: 'renameVisit',
  method: 'PUT',
  path: '/v1/visits/{visitId}',
  tag: 'test',
  caller: 'public',
  summary: 'Renames a visit',
  params: z.object({ visitId: z.string() }),
  precondition: 'required',
  status: 200,
  answer: z.object({ seen: z.string(), version: z.int() }),
  errors: [],
});
const staffOnly = route({
  id: 'readVisits',
  method: 'GET',
  path: '/v1/visits',
  tag: 'test',
  caller: ['owner', 'reception'],
  summary: 'Reads visits',
  status: 200,
  answer: z.object({ by: z.string() }),
  errors: [],
});
const form = route({
  id: 'stop',
  method: 'POST',
  path: '/v1/stop',
  tag: 'test',
  caller: 'public',
  summary: 'Stops',
  bodyType: 'application/x-www-form-urlencoded',
  body: z.object({ 'List-Unsubscribe': z.literal('One-Click') }),
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  errors: [],
});

const context: RequestContext = { sourceIp: '192.0.2.1' };
const good = { services: [{ serviceId: 'cut' }] };
const request = (changes: Partial<IncomingRequest> = {}): IncomingRequest => ({
  method: 'POST',
  path: '/v1/places/brooklyn/visits/one',
  params: { placeId: 'brooklyn', visitId: 'one' },
  query: {},
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(good),
  context,
  ...changes,
});

/** What the use case answers has more than the contract shows. */
const stored = { id: 'one', guest: { firstName: 'Nadia', phone: '+17185550100' }, secret: 'hidden' };
const making = bind(visit, ({ params, query }) => ({ ...stored, placeId: params.placeId, limit: query.limit }));

const ask = async (binding: Binding, changes: Partial<IncomingRequest> = {}) => {
  const crashes: unknown[] = [];
  const response = await serve(binding, request(changes), (error) => crashes.push(error));
  const isJson = response.headers['content-type']?.includes('json');
  return { ...response, json: isJson ? JSON.parse(response.body) : undefined, crashes };
};
const askBody = (body: unknown, binding: Binding = making) => ask(binding, { body: JSON.stringify(body) });

describe('a good request', () => {
  test('reaches the use case parsed, with its defaults', async () => {
    let seen: unknown;
    const binding = bind(visit, (call) => {
      seen = call;
      return { ...stored, placeId: 'x', limit: 1 };
    });
    await ask(binding, { query: { limit: '7' } });
    expect(seen).toEqual({
      params: { placeId: 'brooklyn', visitId: 'one' },
      query: { limit: 7 },
      body: { services: [{ serviceId: 'cut', channel: 'sms' }] },
      idempotencyKey: undefined,
      context,
      setCookie: expect.any(Function),
    });
  });

  test('is answered with the status of the contract, and nobody keeps the answer', async () => {
    const { status, headers } = await ask(making);
    expect([status, headers]).toEqual([201, { 'content-type': 'application/json', 'cache-control': 'no-store' }]);
  });

  test('lets nothing out that the contract does not show', async () => {
    const { json } = await ask(making);
    expect(json).toEqual({ id: 'one', placeId: 'brooklyn', limit: 5, guest: { firstName: 'Nadia' } });
  });

  test('may say its content type in any case and with a charset', async () => {
    const { status } = await ask(making, { headers: { 'content-type': 'Application/JSON; charset=UTF-8' } });
    expect(status).toBe(201);
  });

  test('may be a form where the contract says so, and gets text back', async () => {
    const { status, headers, body } = await ask(
      bind(form, ({ body: { 'List-Unsubscribe': how } }) => `done: ${how}`),
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' },
    );
    expect([status, headers['content-type'], body]).toEqual([200, 'text/plain; charset=utf-8', 'done: One-Click']);
  });
});

describe('a fault in the input', () => {
  test('is named by the path of its field', async () => {
    const { status, json } = await askBody({ services: [{}, { serviceId: 5 }] });
    expect([status, json.code]).toEqual([400, 'invalid_request']);
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual([
      'services[0].serviceId',
      'services[1].serviceId',
    ]);
    expect(json.detail).toContain('services[0].serviceId: ');
  });

  test('comes with what would be allowed where the choices are few', async () => {
    const { json } = await askBody({ services: [{ serviceId: 'cut', channel: 'pigeon' }] });
    expect(json.errors).toEqual([
      { path: 'services[0].channel', message: expect.any(String), allowed: ['email', 'sms'] },
    ]);
  });

  test('of the whole body is told without a path', async () => {
    const { json } = await askBody(null);
    expect(json.errors).toEqual([{ path: '', message: expect.any(String) }]);
    expect(json.detail).toBe(json.errors[0].message);
  });

  test('in the path or the query is named, too', async () => {
    const inPath = await ask(making, { params: { placeId: 'x'.repeat(21), visitId: 'one' } });
    const inQuery = await ask(making, { query: { limit: '99' } });
    expect([inPath.json.errors[0].path, inQuery.json.errors[0].path]).toEqual(['placeId', 'limit']);
  });

  test('told a thousand times is told twenty times', async () => {
    const { status, json, body } = await askBody({ services: Array.from({ length: 20_000 }, () => 0) });
    expect([status, json.errors.length]).toEqual([400, 20]);
    expect(body.length).toBeLessThan(10_000);
  });

  test('that is no JSON at all is a 400', async () => {
    for (const body of ['{', '', 'services=cut', '{"services":[}', undefined]) {
      const { status, json } = await ask(making, { body });
      expect([status, json.errors]).toEqual([400, [{ path: '', message: 'is not JSON' }]]);
    }
  });

  test('nested ever deeper ends in an answer', async () => {
    const { status } = await ask(making, { body: `${'['.repeat(30_000)}${']'.repeat(30_000)}` });
    expect(status).toBe(400);
  });

  test('cannot reach the prototype of objects', async () => {
    const { status, json } = await ask(making, {
      body: '{"services":[{"serviceId":"cut","__proto__":{"polluted":true}}],"__proto__":{"polluted":true}}',
    });
    expect([status, ({} as Record<string, unknown>)['polluted']]).toEqual([400, undefined]);
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual(['services[0].__proto__', '__proto__']);
  });
});

describe('a body', () => {
  const sized = (bytes: number) => {
    const frame = JSON.stringify({ ...good, notes: '' });
    return JSON.stringify({ ...good, notes: 'x'.repeat(bytes - frame.length) });
  };

  test('may have as many bytes as are allowed, and not one more', async () => {
    expect((await ask(making, { body: sized(maxBodyBytes) })).status).toBe(201);
    const { status, json } = await ask(making, { body: sized(maxBodyBytes + 1) });
    expect([status, json.code]).toEqual([413, 'body_too_large']);
  });

  test('is measured in bytes, not in characters', async () => {
    const notes = 'ণ'.repeat(maxBodyBytes / 3 + 1);
    expect((await askBody({ ...good, notes })).status).toBe(413);
  });

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'multipart/form-data'])(
    'of type %s is not read as JSON',
    async (type) => {
      const { status, json } = await ask(making, { headers: type ? { 'content-type': type } : {} });
      expect([status, json.code, json.detail]).toEqual([
        415,
        'unsupported_media_type',
        'Send Content-Type: application/json.',
      ]);
    },
  );

  test('of JSON is not taken where a form is expected', async () => {
    const { status } = await ask(bind(form, () => 'done'));
    expect(status).toBe(415);
  });
});

describe('an Idempotency-Key', () => {
  const withKey = (key: string | undefined) =>
    ask(
      bind(once, ({ idempotencyKey }) => ({ ...stored, id: idempotencyKey, placeId: 'x', limit: 1 })),
      { headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) } },
    );

  test('must be there where a contract needs it', async () => {
    const { status, json } = await withKey(undefined);
    expect([status, json.code]).toEqual([400, 'idempotency_key_missing']);
  });

  test('reaches the use case', async () => {
    expect((await withKey('8f14e45f-ceea-467f-9575-0d6c1a6c3f5a')).json.id).toBe(
      '8f14e45f-ceea-467f-9575-0d6c1a6c3f5a',
    );
  });

  test.each(['short', 'x'.repeat(101), 'with space', 'naïve-key-é', 'line\nbreak', ' leading1'])(
    'such as %j is refused',
    async (key) => {
      const { status, json } = await withKey(key);
      expect([status, json.code, json.errors[0].path]).toEqual([400, 'invalid_request', 'Idempotency-Key']);
    },
  );

  test('may have 8 to 100 characters', async () => {
    expect([(await withKey('x'.repeat(8))).status, (await withKey('~'.repeat(100))).status]).toEqual([201, 201]);
  });

  test('means nothing where the contract does not ask for one', async () => {
    const { status } = await ask(making, { headers: { 'content-type': 'application/json', 'idempotency-key': '?' } });
    expect(status).toBe(201);
  });
});

describe('If-Match', () => {
  const renaming = bind(rename, ({ ifMatch }) => ({ seen: ifMatch, version: 8 }));
  const matching = (value: string | undefined) =>
    ask(renaming, { headers: value === undefined ? {} : { 'if-match': value } });

  test('must be there where a contract needs it', async () => {
    for (const value of [undefined, '', ' ']) {
      const { status, json } = await matching(value);
      expect([status, json.code]).toEqual([428, 'version_missing']);
    }
  });

  test.each(['"7"', 'W/"7"', '7', 'W/7', ' "7" '])('as %j is the version 7', async (value) => {
    const { status, json } = await matching(value);
    expect([status, json.seen]).toEqual([200, '7']);
  });

  test('may be the revision of a whole, as it is written', async () => {
    expect((await matching('"2026-11-22T15:00:00.000Z"')).json.seen).toBe('2026-11-22T15:00:00.000Z');
  });

  test.each(['*', '"7", "8"', '"7', '7"', '""', 'w/"7"', '"a b"', `"${'x'.repeat(65)}"`])(
    'as %j names no version and is refused',
    async (value) => {
      const { status, json } = await matching(value);
      expect([status, json.code, json.errors[0].path]).toEqual([400, 'invalid_request', 'If-Match']);
    },
  );

  test('finds its next value in the ETag of an answer that has a version, and in no other', async () => {
    expect((await matching('"7"')).headers['etag']).toBe('"8"');
    expect((await ask(making)).headers).not.toHaveProperty('etag');
  });

  test('of another version is told the one that stands', async () => {
    const { status, json } = await ask(
      bind(rename, () => {
        throw versionMismatch(9);
      }),
      { headers: { 'if-match': '"7"' } },
    );
    expect([status, json.code, json.errors]).toEqual([
      412,
      'version_mismatch',
      [{ path: 'If-Match', message: expect.any(String), allowed: ['"9"'] }],
    ]);
    expect(json.detail).toContain('"9"');
  });
});

describe('staff', () => {
  const binding = bind(staffOnly, ({ context: { staff } }) => ({ by: staff?.id ?? '' }));
  const as = (staff: RequestContext['staff']) => ask(binding, { context: { ...context, staff } });

  test('must have signed in', async () => {
    const { status, json } = await as(undefined);
    expect([status, json.code]).toEqual([401, 'unauthenticated']);
  });

  test('with another role are told which would do', async () => {
    const { status, json } = await as({ id: 'a', roles: ['manager', 'staff'] });
    expect([status, json.code, json.detail]).toEqual([403, 'forbidden', 'Needs one of the roles: owner, reception.']);
    expect((await as({ id: 'a', roles: [] })).status).toBe(403);
  });

  test('with one of the roles come in', async () => {
    const { status, json } = await as({ id: 'a', roles: ['staff', 'reception'] });
    expect([status, json]).toEqual([200, { by: 'a' }]);
  });

  test('are asked for before the body is looked at', async () => {
    const guarded = bind(route({ ...visit, id: 'guarded', caller: ['owner'] }), () => stored as never);
    expect((await ask(guarded, { body: '{' })).status).toBe(401);
  });
});

describe('what goes wrong behind the route', () => {
  test('by a rule becomes the problem that the rule names', async () => {
    const refusing = bind(visit, () => {
      throw new Problem(timeTaken, {
        detail: 'Gone.',
        nearest: [{ startsAt: '2026-11-24T10:00:00+00:00' }],
        retryAfter: 3,
      });
    });
    const { status, headers, json, crashes } = await ask(refusing);
    expect([status, crashes]).toEqual([409, []]);
    expect(headers).toEqual({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'retry-after': '3',
    });
    expect(json).toEqual({
      type: 'urn:regulars:problem:time_taken',
      title: 'That time has just been taken',
      status: 409,
      code: 'time_taken',
      detail: 'Gone.',
      nearest: [{ startsAt: '2026-11-24T10:00:00+00:00' }],
      retryAfter: 3,
    });
  });

  test('in one field is named like any other fault', async () => {
    const { status, json } = await ask(
      bind(visit, () => {
        throw unprocessable('services[0].serviceId', 'is not offered', ['cut']);
      }),
    );
    expect([status, json.errors]).toEqual([
      422,
      [{ path: 'services[0].serviceId', message: 'is not offered', allowed: ['cut'] }],
    ]);
  });

  test('unforeseen is a 500 without a word of what it was, and is told to whoever watches', async () => {
    const crash = new TypeError('cannot read the phone +17185550100 of Nadia');
    const { status, json, body, crashes } = await ask(
      bind(visit, () => {
        throw crash;
      }),
    );
    expect([status, crashes]).toEqual([500, [crash]]);
    expect(json).toEqual({
      type: 'urn:regulars:problem:internal',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'internal',
    });
    expect(body).not.toMatch(/Nadia|phone|TypeError/);
  });

  test('with an answer that lasts has it pass the schema once by each contract; with any other, every time', async () => {
    let passed = 0;
    const counted = z.object({ id: z.string().refine(() => (passed += 1)) });
    const [first, second] = [
      { ...staffOnly, caller: 'public' as const, answer: counted },
      { ...visit, answer: counted },
    ];
    const [kept, fresh] = [lasting({ id: 'one', secret: 'hidden' }), { id: 'two' }];
    for (const answer of [kept, kept, fresh, fresh]) {
      const { status, json } = await ask(bind(first, () => answer));
      expect([status, json]).toEqual([200, { id: answer.id }]);
    }
    expect(passed).toBe(3);
    expect((await ask(bind(second, () => kept))).status).toBe(201);
    expect(passed).toBe(4);
  });

  test('with an answer that breaks its contract is a 500, not half an answer', async () => {
    const { status, body, crashes } = await ask(bind(visit, () => ({ secret: 'hidden' }) as never));
    expect([status, crashes.length]).toEqual([500, 1]);
    expect(body).not.toContain('hidden');
  });
});

describe('the way through the same process', () => {
  test('hands over what the path carries, decoded', async () => {
    const transport = inProcess([making], context, () => {});
    const response = await transport(visit, {
      method: 'POST',
      path: `/v1/places/${encodeURIComponent('কাট 1/2')}/visits/one`,
      query: { limit: '2' },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(good),
    });
    expect(JSON.parse(response.body)).toMatchObject({ placeId: 'কাট 1/2', limit: 2 });
  });

  test('says which handler is missing', async () => {
    await expect(inProcess([making], context, () => {})(form, request())).rejects.toThrow(
      'No handler is bound to stop',
    );
  });

  test('tells of crashes like the way over HTTP', async () => {
    const crashes: unknown[] = [];
    const broken = bind(visit, () => Promise.reject(new Error('broken')));
    const { status } = await inProcess([broken], context, (error) => crashes.push(error))(visit, request());
    expect([status, crashes.length]).toEqual([500, 1]);
  });
});

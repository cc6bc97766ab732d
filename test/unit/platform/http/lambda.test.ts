import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { route } from '../../../../shared/platform/http/contract.ts';
import { apiHandler } from '../../../../shared/platform/http/handlers.ts';
import { contextOf, groupsOf, httpEvent, httpStack, postedIn } from '../../../../shared/platform/http/lambda.ts';
import { type Binding, bind } from '../../../../shared/platform/http/server.ts';
import { createTelemetry } from '../../../../shared/platform/telemetry.ts';
import { httpEventOf } from '../../../support/unit/http-event.ts';

const visit = route({
  id: 'visit',
  method: 'POST',
  path: '/v1/visits/{token}',
  tag: 'test',
  caller: 'link',
  summary: 'A visit',
  params: z.object({ token: z.string() }),
  query: z.object({ language: z.string().optional() }),
  body: z.object({
    firstName: z.string(),
    lastName: z.string().optional(),
    phone: z.string().optional(),
    email: z.string().optional(),
  }),
  status: 200,
  answer: z.unknown(),
  errors: [],
});

const echo = bind(visit, ({ params, query, body, context }) => ({ params, query, body, context }));

const run = async (
  event: APIGatewayProxyEventV2,
  bindings: () => readonly Binding[] = () => [echo],
  stack?: (telemetry: ReturnType<typeof createTelemetry>) => ReturnType<typeof apiHandler>,
) => {
  const lines: string[] = [];
  const telemetry = createTelemetry('test', (text) => lines.push(text));
  const handler = stack?.(telemetry) ?? apiHandler(telemetry, bindings);
  const result = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
  return { ...result, json: JSON.parse(result.body ?? 'null'), lines, logged: lines.map((text) => JSON.parse(text)) };
};

describe('an event of API Gateway', () => {
  test('becomes a request: parameters, query, body, who asks and from where', async () => {
    const { statusCode, json } = await run(
      httpEventOf({ queryStringParameters: { language: 'bn', other: undefined }, rawQueryString: 'language=bn' }),
    );
    expect(statusCode).toBe(200);
    expect(json).toEqual({
      params: { token: '0123456789abcdef' },
      query: { language: 'bn' },
      body: { firstName: 'Nadia' },
      context: { sourceIp: '192.0.2.7', cookies: [] },
    });
  });

  test('may carry its body in base64, in any script', async () => {
    const body = Buffer.from(JSON.stringify({ firstName: 'নাদিয়া 🌸' })).toString('base64');
    const { json } = await run(httpEventOf({ body, isBase64Encoded: true }));
    expect(json.body).toEqual({ firstName: 'নাদিয়া 🌸' });
  });

  test('without a body where one is needed is a 400', async () => {
    for (const isBase64Encoded of [true, false]) {
      expect((await run(httpEventOf({ body: undefined, isBase64Encoded }))).statusCode).toBe(400);
    }
  });

  test('tells nothing of the host that the visitor names', () => {
    const headers = { host: 'evil.example', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' };
    expect(JSON.stringify(contextOf(httpEvent.parse(httpEventOf({ headers }))))).not.toContain('evil');
  });

  test('is too large by its bytes, however they are written', async () => {
    const of = async (body: string, isBase64Encoded = false) =>
      (await postedIn(httpEvent.parse(httpEventOf({ body, isBase64Encoded })))).tooLarge ?? false;
    const base64 = (bytes: number) => Buffer.alloc(bytes, 'a').toString('base64');
    expect([await of('a'.repeat(65_536)), await of('a'.repeat(65_537)), await of('ব'.repeat(22_000))]).toEqual([
      false,
      true,
      true,
    ]);
    expect([await of(base64(65_536), true), await of(base64(65_537), true)]).toEqual([false, true]);
  });

  test('for a route that is not bound is a 404 in problem details', async () => {
    const { statusCode, headers, json } = await run(httpEventOf({ routeKey: 'GET /v1/elsewhere' }));
    expect([statusCode, json.code, headers?.['content-type']]).toEqual([404, 'not_found', 'application/problem+json']);
  });

  test('in another form than ours is answered and logged, not thrown at the gateway', async () => {
    const { statusCode, json, logged } = await run(httpEventOf({ headers: 'none' }));
    expect([statusCode, json.code]).toEqual([500, 'internal']);
    expect(logged).toContainEqual(expect.objectContaining({ level: 'error', message: 'crashed', error: 'ZodError' }));
  });
});

describe('a function that cannot even be set up', () => {
  const unset = () => {
    throw new Error('The environment variable TABLE_NAME is not set');
  };

  test('answers in problem details, and its log says why', async () => {
    const { statusCode, json, logged } = await run(httpEventOf(), unset);
    expect([statusCode, json]).toEqual([500, expect.objectContaining({ code: 'internal' })]);
    expect(JSON.stringify(json)).not.toContain('TABLE_NAME');
    expect(logged[0]).toMatchObject({
      level: 'error',
      message: 'crashed',
      error: 'Error',
      route: 'POST /v1/visits/{token}',
    });
  });

  test('tries again with the next request', async () => {
    const telemetry = createTelemetry('test', () => {});
    let failing = true;
    const handler = apiHandler(telemetry, () => (failing ? unset() : [echo]));
    const first = (await handler(httpEventOf(), {} as Context)) as APIGatewayProxyStructuredResultV2;
    failing = false;
    const second = (await handler(httpEventOf(), {} as Context)) as APIGatewayProxyStructuredResultV2;
    expect([first.statusCode, second.statusCode]).toEqual([500, 200]);
  });
});

describe('groups of a token', () => {
  test.each([
    ['[owner manager]', ['owner', 'manager']],
    ['[staff]', ['staff']],
    [
      ['manager', 'staff'],
      ['manager', 'staff'],
    ],
    ['[a,owner]', []],
    ['[owner,staff]', []],
    [['a,owner'], []],
    ['[]', []],
    ['', []],
    [undefined, []],
    [null, []],
    ['[coowner owners OWNER]', []],
    [['root', 7], []],
  ])('%j are the roles %j', (claim, expected) => {
    expect(groupsOf(claim)).toEqual(expected);
  });

  test('make a member of staff of whoever carries a verified token, and of nobody else', () => {
    const staff = (authorizer: unknown) => {
      const event = httpEventOf();
      return contextOf(httpEvent.parse({ ...event, requestContext: { ...event.requestContext, authorizer } })).staff;
    };
    const claims = { sub: 'a1', token_use: 'id', iat: '1795428000' };
    const issuedAt = 1_795_428_000;
    expect(staff({ jwt: { claims: { ...claims, 'cognito:groups': '[owner]' }, scopes: null } })).toEqual({
      id: 'a1',
      roles: ['owner'],
      issuedAt,
    });
    expect(staff({ jwt: { claims } })).toEqual({ id: 'a1', roles: [], issuedAt });
    expect([staff(undefined), staff({})]).toEqual([undefined, undefined]);
  });

  test.each(['access', 'refresh', 'ID', '', undefined])(
    'count in an ID token alone, not where it is %j',
    (token_use) => {
      const claims = { sub: 'a1', 'cognito:groups': '[owner]', token_use };
      const event = httpEventOf();
      const requestContext = { ...event.requestContext, authorizer: { jwt: { claims } } };
      expect(contextOf(httpEvent.parse({ ...event, requestContext })).staff).toBeUndefined();
    },
  );
});

describe('every answer', () => {
  const secure = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  };

  test.each([
    ['a good one', httpEventOf(), 200],
    ['a refusal', httpEventOf({ body: '{' }), 400],
    ['an unknown route', httpEventOf({ routeKey: 'GET /nowhere' }), 404],
    ['a malformed event', httpEventOf({ headers: 5 }), 500],
  ])('carries the headers that keep browsers safe: %s', async (_, event, expected) => {
    const { statusCode, headers } = await run(event);
    expect(statusCode).toBe(expected);
    expect(headers).toMatchObject(secure);
  });

  test('may tighten them', async () => {
    const { headers } = await run(httpEventOf(), undefined, (telemetry) =>
      httpStack(telemetry, async () => ({ statusCode: 200, headers: { 'referrer-policy': 'same-origin' }, body: '1' })),
    );
    expect(headers).toEqual({ ...secure, 'referrer-policy': 'same-origin' });
  });
});

describe('what is logged of a request', () => {
  const personal = [
    'Nadia',
    'Karim',
    '+17185550100',
    'nadia@example.com',
    '0123456789abcdef',
    '192.0.2.7',
    'secret-note',
    'Mozilla',
    'Bearer',
  ];
  const event = httpEventOf({
    rawPath: '/v1/visits/0123456789abcdef',
    rawQueryString: 'language=secret-note',
    queryStringParameters: { language: 'secret-note' },
    cookies: ['name=Nadia'],
    headers: { host: 'salon.example', 'content-type': 'application/json', authorization: 'Bearer Karim' },
    body: JSON.stringify({ firstName: 'Nadia', lastName: 'Karim', phone: '+17185550100', email: 'nadia@example.com' }),
  });
  const crashing = bind(visit, ({ body, params }) => {
    throw new Error(
      `${body.firstName} <nadia@example.com>\n    at ${params.token} (+17185550100)\n    at secret-note:1:1`,
    );
  });
  const refusing = bind(visit, ({ body }) => JSON.parse(`{"a": ${body.firstName}`));

  test.each([
    ['that is answered', [echo], 200],
    ['that crashes with an error full of them', [crashing], 500],
    ['whose parsing quotes them', [refusing], 500],
  ])('holds no path, token, body or address of one %s', async (_, bindings, expected) => {
    const { statusCode, lines } = await run(event, () => bindings);
    expect(statusCode).toBe(expected);
    expect(lines).not.toEqual([]);
    for (const text of lines) for (const part of personal) expect(text).not.toContain(part);
  });

  test('is the id of its contract, status, time and id', async () => {
    const { logged } = await run(event);
    expect(logged).toEqual([
      {
        level: 'info',
        message: 'request',
        function: 'test',
        route: 'visit',
        status: 200,
        milliseconds: expect.any(Number),
        requestId: 'JKJaXmPLvHcESHA=',
      },
    ]);
  });

  test('of staff says who asked, and nothing else of the token', async () => {
    const claims = { sub: 'a1b2', token_use: 'id', email: 'nadia@example.com', 'cognito:groups': '[owner]' };
    const signedIn = httpEventOf();
    Object.assign(signedIn.requestContext, { authorizer: { jwt: { claims } } });
    const { logged, lines } = await run(signedIn);
    expect(logged).toEqual([expect.objectContaining({ route: 'visit', staff: 'a1b2' })]);
    expect(lines.join()).not.toContain('nadia@example.com');
  });

  test('of a crash is its kind, where it happened, and the status that the caller saw', async () => {
    const { logged } = await run(event, () => [crashing]);
    expect(logged[0]).toMatchObject({
      level: 'error',
      message: 'crashed',
      error: 'Error',
      route: 'visit',
    });
    expect(logged[0].stack).toMatch(/^ {4}at .*lambda\.test\.ts:\d+/);
    expect(logged).toContainEqual(expect.objectContaining({ message: 'request', status: 500 }));
  });

  test('of a refusal is no error of ours', async () => {
    const { logged } = await run(httpEventOf({ body: '{' }));
    expect(logged.map(({ level, status }) => [level, status])).toEqual([['info', 400]]);
  });
});

test('a request that takes longer than it should is ended by Lambda alone', async () => {
  const telemetry = createTelemetry('test', () => {});
  const handler = httpStack(telemetry, async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { statusCode: 200, body: '"late"' };
  });
  const context = { getRemainingTimeInMillis: () => 10 } as Context;
  expect(await handler(httpEventOf(), context)).toMatchObject({ statusCode: 200 });
});

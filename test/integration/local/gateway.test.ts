import { request as httpRequest } from 'node:http';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type System, startSystem } from '../../../infra/local/system.ts';
import { startAt } from '../../support/world/local.ts';
import { functions } from './fixtures/manifest.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ functions, startAt });
});
afterAll(() => system.close());

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;

const echo = async (path: string, init?: RequestInit): Promise<Event> =>
  (await (await fetch(`${system.url}${path}`, init)).json()) as Event;

describe('the event', () => {
  test('is that of an HTTP API, payload format 2.0', async () => {
    const event = await echo('/echo/ann?a=1&a=2&b=x%20y&c', {
      headers: { cookie: 'one=1; two=2', 'X-Custom': 'Value', 'user-agent': 'tester' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /echo/{name}',
      rawPath: '/echo/ann',
      rawQueryString: 'a=1&a=2&b=x%20y&c',
      queryStringParameters: { a: '1,2', b: 'x y', c: '' },
      pathParameters: { name: 'ann' },
      cookies: ['one=1', 'two=2'],
      isBase64Encoded: false,
      headers: { 'x-custom': 'Value', 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1' },
      requestContext: {
        stage: '$default',
        routeKey: 'GET /echo/{name}',
        domainName: new URL(system.url).host,
        http: { method: 'GET', path: '/echo/ann', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tester' },
      },
    });
    expect(event.headers['cookie']).toBeUndefined();
    expect(event.body).toBeUndefined();
    expect(event.requestContext.requestId).toMatch(/^[\w-]{8,}$/);
    expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(startAt);
    expect(event.requestContext.time).toMatch(/^24\/Nov\/2026:09:\d\d:\d\d \+0000$/);
  });

  test('leaves out what is not there', async () => {
    const event = await echo('/echo', { method: 'POST' });
    for (const absent of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(event).not.toHaveProperty(absent);
    }
  });

  test('carries path parameters decoded, in any script', async () => {
    const name = 'রেশমা/ & ü%';
    const event = await echo(`/echo/${encodeURIComponent(name)}/deep/a%2Bb`);
    expect(event.pathParameters).toEqual({ name, other: 'a+b' });
    expect(event.routeKey).toBe('GET /echo/{name}/deep/{other}');
    expect(event.rawPath).toBe(`/echo/${name}/deep/a+b`);
  });

  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/csv', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ])('has a body of %s with isBase64Encoded %s', async (type, isBase64Encoded) => {
    const event = await echo('/echo', { method: 'POST', headers: { 'content-type': type }, body: '{"a":"ক"}' });
    const body = isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : event.body;
    expect([event.isBase64Encoded, body]).toEqual([isBase64Encoded, '{"a":"ক"}']);
  });

  test('names the address of whoever asks', async () => {
    const sourceIp = await new Promise<string>((resolve, reject) => {
      const { port } = new URL(system.url);
      httpRequest({ host: '127.0.0.1', port, path: '/echo/x', localAddress: '127.0.0.7' }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve((JSON.parse(text) as Event).requestContext.http.sourceIp));
      })
        .on('error', reject)
        .end();
    });
    expect(sourceIp).toBe('127.0.0.7');
  });
});

describe('routes', () => {
  test('an exact route goes before a template', async () => {
    expect((await echo('/echo/exactly')).routeKey).toBe('GET /echo/exactly');
    expect((await echo('/echo/exactly2')).routeKey).toBe('GET /echo/{name}');
  });

  test.each([
    ['an unknown path', 'GET', '/nothing'],
    ['another method', 'PUT', '/text'],
    ['HEAD', 'HEAD', '/text'],
    ['a trailing slash', 'GET', '/text/'],
    ['an empty parameter', 'GET', '/echo/'],
  ])('%s is not found', async (_, method, path) => {
    const answer = await fetch(`${system.url}${path}`, { method });
    expect(answer.status).toBe(404);
    if (method !== 'HEAD') expect(await answer.json()).toEqual({ message: 'Not Found' });
  });

  test('a path that cannot be decoded is a bad request', async () => {
    expect((await fetch(`${system.url}/echo/%E0%A4%A`)).status).toBe(400);
  });

  test('a body above 10 MB is too large', async () => {
    const answer = await fetch(`${system.url}/echo`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });
});

describe('the answer', () => {
  test('of a function that returns text is that text, as JSON type', async () => {
    const answer = await fetch(`${system.url}/text`);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'application/json',
      'just text',
    ]);
  });

  test('of a function that returns an object without a status is the object', async () => {
    expect(await (await fetch(`${system.url}/object`)).json()).toEqual({ anything: 1 });
  });

  test('has the headers and each cookie', async () => {
    const { headers } = await fetch(`${system.url}/cookies`);
    expect(headers.get('content-type')).toBe('text/html');
    expect(headers.get('x-one')).toBe('1');
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  });

  test('may be bytes', async () => {
    const bytes = await (await fetch(`${system.url}/bytes`)).arrayBuffer();
    expect([...new Uint8Array(bytes)]).toEqual([0, 255, 1]);
  });

  test.each(['/crash', '/malformed'])('of a function that fails is 500 and tells no more: %s', async (path) => {
    const stderr = vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await fetch(`${system.url}${path}`);
    expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(stderr).toHaveBeenCalledOnce();
    stderr.mockRestore();
  });
});

describe('routes for staff', () => {
  const ask = (authorization?: string) =>
    fetch(`${system.url}/staff`, authorization ? { headers: { authorization } } : {});

  test('a good token reaches the function, its claims as text', async () => {
    const answer = await ask(`Bearer ${system.token('manager', 'mia@example.com')}`);
    const { requestContext } = (await answer.json()) as Event;
    const { claims } = requestContext.authorizer.jwt;
    expect(claims).toMatchObject({ email: 'mia@example.com', 'cognito:groups': '[manager]', token_use: 'id' });
    expect(Object.values(claims).every((claim) => typeof claim === 'string')).toBe(true);
  });

  test.each<[string, () => string | undefined]>([
    ['no token', () => undefined],
    ['nonsense', () => 'Bearer a.b.c'],
    ['an expired token', () => `Bearer ${system.token('owner', 'o@example.com', -1)}`],
    [
      'a token with other claims under the same signature',
      () => {
        const [first, claims = '', last] = system.token('staff').split('.');
        const changed = Buffer.from(claims, 'base64url').toString().replace('["staff"]', '["owner"]');
        return `Bearer ${first}.${Buffer.from(changed).toString('base64url')}.${last}`;
      },
    ],
    [
      'a token that wants no signature',
      () => {
        const [, claims] = system.token('owner').split('.');
        return `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
      },
    ],
  ])('%s is unauthorized', async (_, authorization) => {
    const answer = await ask(authorization());
    expect([answer.status, await answer.json()]).toEqual([401, { message: 'Unauthorized' }]);
  });

  test('a token expires by the wound clock', async () => {
    const token = system.token('owner', 'o@example.com', 3600);
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    await system.windBy(3_601_000);
    expect((await ask(`Bearer ${token}`)).status).toBe(401);
  });
});

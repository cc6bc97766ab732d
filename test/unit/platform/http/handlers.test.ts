import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type RouteContract, route } from '../../../../shared/platform/http/contract.ts';
import { apiHandler, type Capabilities, capabilitiesHandler } from '../../../../shared/platform/http/handlers.ts';
import { type Binding, bind } from '../../../../shared/platform/http/server.ts';
import { createTelemetry } from '../../../../shared/platform/telemetry.ts';
import { httpEventOf } from '../../../support/unit/http-event.ts';

const contractOf = (method: RouteContract['method'], path: RouteContract['path'], caller: RouteContract['caller']) =>
  route({
    id: `${method.toLowerCase()}${path.replace(/\W+/g, '-')}`,
    method,
    path,
    tag: 'test',
    caller,
    summary: '',
    status: 200,
    answer: z.object({ id: z.string() }),
    errors: [],
  });
const bound = (
  method: RouteContract['method'],
  path: RouteContract['path'],
  caller: RouteContract['caller'] = 'public',
) => {
  const contract = contractOf(method, path, caller);
  return bind(contract, () => ({ id: contract.id }));
};

type Handler = ReturnType<typeof apiHandler>;

const ask = async (handler: Handler, method: string, rawPath: string, changes: Record<string, unknown> = {}) => {
  const event = httpEventOf(
    { routeKey: `${method} /v1/{proxy+}`, rawPath, pathParameters: {}, ...changes },
    { method },
  );
  const { statusCode, headers, body } = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
  return { status: statusCode, headers, body, json: body ? JSON.parse(body) : undefined };
};

const lines: string[] = [];
const telemetry = createTelemetry('test', (text) => lines.push(text));
const logged = () => lines.splice(0).map((text) => JSON.parse(text));

describe('a function behind routes that take any path and method', () => {
  const staff = ['owner'] as const;
  const bindings: Binding[] = [bound('GET', '/v1/things/{id}'), bound('DELETE', '/v1/things/{id}', staff)];
  const handler = apiHandler(telemetry, () => bindings);

  test('finds the contract by the path', async () => {
    expect(await ask(handler, 'GET', '/v1/things/a')).toMatchObject({ status: 200, json: { id: 'get-v1-things-id-' } });
  });

  test('answers HEAD like GET, without a body', async () => {
    const [get, head] = [await ask(handler, 'GET', '/v1/things/a'), await ask(handler, 'HEAD', '/v1/things/a')];
    expect(head.status).toBe(200);
    expect(head.headers).toEqual(get.headers);
    expect(head.body).toBeUndefined();
    expect((await ask(handler, 'HEAD', '/v1/nothing')).status).toBe(404);
  });

  test('answers 405 to another method than a path has, and names those', async () => {
    const { status, headers, json } = await ask(handler, 'PATCH', '/v1/things/a');
    expect([status, headers?.['allow'], json.code]).toEqual([405, 'DELETE, GET, HEAD, OPTIONS', 'method_not_allowed']);
  });

  test('lets a browser ask before it sends a form', async () => {
    const { status, headers, body } = await ask(handler, 'OPTIONS', '/v1/things/a');
    expect([status, headers?.['allow'], body]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS', undefined]);
  });

  test('answers 404 to a path that it has not', async () => {
    for (const path of ['/v1/other', '/v1/things', '/v1/things/a/b', '/v1/things/', '//v1/things/a'])
      expect(await ask(handler, 'GET', path)).toMatchObject({ status: 404, json: { code: 'not_found' } });
  });

  test('asks for the roles of the contract', async () => {
    expect((await ask(handler, 'DELETE', '/v1/things/a')).status).toBe(401);
  });

  test('logs the contract, and never the path', async () => {
    logged();
    await ask(handler, 'GET', '/v1/things/secret');
    await ask(handler, 'GET', '/v1/secret');
    await ask(handler, 'PUT', '/v1/things/secret');
    const entries = logged();
    expect(entries.map((entry) => [entry.route, entry.status])).toEqual([
      ['get-v1-things-id-', 200],
      ['GET /v1/{proxy+}', 404],
      ['PUT /v1/{proxy+}', 405],
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret');
  });
});

describe('what the gateway has read from a path of its own', () => {
  const contract = route({
    ...contractOf('GET', '/v1/links/{token}', 'link'),
    params: z.object({ token: z.string() }),
  });
  const handler = apiHandler(telemetry, () => [bind(contract, ({ params }) => ({ id: params.token }))]);

  test('holds, whatever it looks like decoded', async () => {
    const changes = { routeKey: 'ANY /v1/links/{token}', pathParameters: { token: 'a/cancel' } };
    expect(await ask(handler, 'GET', '/v1/links/a/cancel', changes)).toMatchObject({ json: { id: 'a/cancel' } });
    expect((await ask(handler, 'PUT', '/v1/links/a/cancel', changes)).status).toBe(405);
  });
});

describe('a function of many capabilities', () => {
  const open = (failing = new Set<string>()) => {
    const loads: string[] = [];
    const one =
      (name: string, ...bindings: Binding[]) =>
      async () => {
        loads.push(name);
        if (failing.has(name)) throw new Error('not there');
        return bindings;
      };
    const diary = one('diary', bound('GET', '/v1/diary'), bound('GET', '/v1/appointments/{id}'));
    const capabilities: Capabilities = {
      '/v1/diary': diary,
      '/v1/appointments': diary,
      '/v1/clients': one('clients', bound('GET', '/v1/clients/{id}')),
      '/v1/clients/{id}/messages': one('messages', bound('GET', '/v1/clients/{id}/messages')),
    };
    return { handler: capabilitiesHandler(telemetry, capabilities), loads };
  };

  test('loads each when it is first asked for, once', async () => {
    const { handler, loads } = open();
    expect(loads).toEqual([]);
    for (const path of ['/v1/clients/a', '/v1/clients/b', '/v1/clients/a/messages'])
      expect((await ask(handler, 'GET', path)).status).toBe(200);
    expect(loads).toEqual(['clients', 'messages']);
    await Promise.all(['/v1/diary', '/v1/appointments/a'].map((path) => ask(handler, 'GET', path)));
    expect(loads).toEqual(['clients', 'messages', 'diary']);
  });

  test('knows nothing else, not even below what it knows', async () => {
    const { handler, loads } = open();
    for (const path of ['/v1/elsewhere', '/v1/diaries', '/v1', '/'])
      expect((await ask(handler, 'GET', path)).status).toBe(404);
    expect(loads).toEqual([]);
    expect((await ask(handler, 'GET', '/v1/diary/weather')).status).toBe(404);
    expect((await ask(handler, 'PUT', '/v1/diary')).status).toBe(405);
  });

  test('tries again what could not be loaded', async () => {
    const failing = new Set(['clients']);
    const { handler } = open(failing);
    expect((await ask(handler, 'GET', '/v1/clients/a')).status).toBe(500);
    failing.clear();
    expect((await ask(handler, 'GET', '/v1/clients/a')).status).toBe(200);
  });
});

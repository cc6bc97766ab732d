import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  createClient,
  httpTransport,
  type RawRequest,
  type RawResponse,
} from '../../../../shared/platform/http/client.ts';
import { route } from '../../../../shared/platform/http/contract.ts';
import { defineProblem } from '../../../../shared/platform/http/problems.ts';

const makeVisit = route({
  id: 'makeVisit',
  method: 'POST',
  path: '/v1/places/{placeId}/visits',
  tag: 'test',
  caller: 'public',
  summary: 'Makes a visit',
  params: z.object({ placeId: z.string() }),
  query: z.object({ services: z.string().or(z.array(z.string())), language: z.string().optional() }),
  body: z.object({ firstName: z.string() }),
  idempotency: 'required',
  status: 201,
  answer: z.object({ id: z.string() }),
  errors: [defineProblem('full', 409, 'Full', { nearest: z.array(z.object({ startsAt: z.string() })) })],
});
const stop = route({
  id: 'stop',
  method: 'POST',
  path: '/v1/stop',
  tag: 'test',
  caller: 'public',
  summary: 'Stops',
  body: z.object({ why: z.string(), note: z.string().optional() }),
  bodyType: 'application/x-www-form-urlencoded',
  status: 200,
  contentType: 'text/plain',
  errors: [],
});

const answering = (answer: Partial<RawResponse>) => {
  const sent: RawRequest[] = [];
  const client = createClient([makeVisit, stop], async (_, request) => {
    sent.push(request);
    return { status: 201, headers: {}, body: '{"id":"one"}', ...answer };
  });
  return { client, sent };
};
const args = {
  params: { placeId: 'a b/কাট?' },
  query: { services: ['cut', 'beard'], language: undefined },
  body: { firstName: 'নাদিয়া' },
  idempotencyKey: 'key-12345',
};

const rename = route({
  id: 'rename',
  method: 'PUT',
  path: '/v1/name',
  tag: 'test',
  caller: 'public',
  summary: 'Renames',
  precondition: 'required',
  status: 200,
  contentType: 'text/plain',
  errors: [],
});

describe('the typed client', () => {
  test('sends the version that was read in quotes', async () => {
    const sent: RawRequest[] = [];
    const client = createClient([rename], async (_, request) => {
      sent.push(request);
      return { status: 200, headers: {}, body: '' };
    });
    await client.rename({ ifMatch: 0 });
    expect(sent[0]?.headers['if-match']).toBe('"0"');
  });

  test('sends what the contract says, escaped for where it goes', async () => {
    const { client, sent } = answering({});
    expect(await client.makeVisit(args)).toEqual({ ok: true, status: 201, data: { id: 'one' } });
    expect(sent).toEqual([
      {
        method: 'POST',
        path: `/v1/places/${encodeURIComponent('a b/কাট?')}/visits`,
        query: { services: 'cut,beard' },
        headers: { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': 'key-12345' },
        body: '{"firstName":"নাদিয়া"}',
      },
    ]);
  });

  test('sends forms as forms and gives text as text', async () => {
    const { client, sent } = answering({ status: 200, body: 'done' });
    expect(await client.stop({ body: { why: 'a&b=ç', note: undefined } })).toEqual({
      ok: true,
      status: 200,
      data: 'done',
    });
    expect(sent[0]).toMatchObject({
      headers: { accept: 'text/plain', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'why=a%26b%3D%C3%A7',
    });
  });

  test('keeps of an answer what the contract knows', async () => {
    const { client } = answering({ body: '{"id":"one","new":1}' });
    expect(await client.makeVisit(args)).toMatchObject({ data: { id: 'one' } });
    await expect(answering({ body: '{"id":1}' }).client.makeVisit(args)).rejects.toThrow();
  });

  test('gives a refusal as its problem', async () => {
    const problem = {
      type: 'urn:regulars:problem:full',
      title: 'Full',
      status: 409,
      code: 'full',
      nearest: [{ startsAt: 'x' }],
    };
    const outcome = await answering({ status: 409, body: JSON.stringify(problem) }).client.makeVisit(args);
    expect(outcome).toEqual({ ok: false, status: 409, problem });
  });

  test.each([
    [401, '{"message":"Unauthorized"}', 'unauthenticated'],
    [403, '{"message":"Forbidden"}', 'forbidden'],
    [404, '{"message":"Not Found"}', 'not_found'],
    [413, '{"message":"Request Too Long"}', 'body_too_large'],
    [429, '{"message":"Too Many Requests"}', 'too_many_requests'],
    [503, '{"message":"Service Unavailable"}', 'busy'],
    [504, '<html>Gateway Timeout</html>', 'internal'],
    [500, '', 'internal'],
    [400, '"odd"', 'invalid_request'],
  ])('makes a problem of what the gateway itself refuses with %d %s', async (status, body, code) => {
    const outcome = await answering({ status, body }).client.makeVisit(args);
    expect(outcome).toMatchObject({ ok: false, status, problem: { code, status } });
  });
});

describe('over HTTP', () => {
  const seen: { request: IncomingMessage; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ request, body });
    response.writeHead(201, { 'content-type': 'application/json', 'x-seen': 'yes' }).end('{"id":"over http"}');
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('a request arrives as it was made, with the headers of its caller', async () => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = createClient([makeVisit], httpTransport(origin, { authorization: 'Bearer token' }));
    expect(await client.makeVisit(args)).toEqual({ ok: true, status: 201, data: { id: 'over http' } });
    const [{ request, body } = { request: undefined, body: '' }] = seen;
    expect([request?.method, request?.url]).toEqual([
      'POST',
      `/v1/places/${encodeURIComponent('a b/কাট?')}/visits?services=cut%2Cbeard`,
    ]);
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer token',
      'idempotency-key': 'key-12345',
      'content-type': 'application/json',
    });
    expect(body).toBe('{"firstName":"নাদিয়া"}');
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPublicCognito } from '../../../shared/platform/aws/cognito-public.ts';

const asked: { headers: Record<string, unknown>; body: string }[] = [];
let answer = { status: 200, body: '{}' };
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    asked.push({ headers: request.headers, body });
    response.writeHead(answer.status).end(answer.body);
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));
const cognito = () => createPublicCognito('eu-west-2', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
const fails = () => cognito()('InitiateAuth', {}).catch((error: Error) => error.name);

test('asks without a signature', async () => {
  answer = { status: 200, body: '{"Session":"x"}' };
  expect(await cognito()('InitiateAuth', { ClientId: 'c' })).toEqual({ Session: 'x' });
  const { headers, body } = asked.at(-1) ?? { headers: {}, body: '' };
  expect(headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
  });
  expect(headers).not.toHaveProperty('authorization');
  expect(body).toBe('{"ClientId":"c"}');
});

test.each([
  [400, '{"__type":"NotAuthorizedException","message":"no"}', 'NotAuthorizedException'],
  [400, '{"__type":"com.amazonaws#CodeMismatchException:http://x"}', 'CodeMismatchException'],
  [400, '{}', 'Unreachable'],
  [200, 'no JSON', 'Unreachable'],
  [503, '{"__type":"InternalErrorException"}', 'Unreachable'],
])('an answer %d with %s is an error %s, and nothing is sent twice', async (status, body, name) => {
  answer = { status, body };
  const before = asked.length;
  expect(await fails()).toBe(name);
  expect(asked.length - before).toBe(1);
});

test('nobody at the other end is Unreachable', async () => {
  expect(
    await createPublicCognito('eu-west-2', 'http://127.0.0.1:9/')('RevokeToken', {}).catch((error) => error.name),
  ).toBe('Unreachable');
});

import { request as httpRequest } from 'node:http';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type System, startSystem } from '../../../infra/local/system.ts';
import { createWorkbench } from '../../../infra/local/workbench/workbench.ts';
import { hour } from '../../support/durations.ts';
import { put, startAt, textsIn } from '../../support/world/local.ts';
import { functions } from './fixtures/manifest.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ functions, startAt, beside: createWorkbench() });
});
afterAll(() => system.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${system.url}/_local/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

interface State {
  now: number;
  next: number | null;
  winding: { target: number } | null;
  lastWinding: { fired: number } | null;
  schedules: { name: string }[];
  fired: { name: string }[];
}
const state = async (): Promise<State> => (await (await fetch(`${system.url}/_local/api/state`)).json()) as State;
const untilWound = () => expect.poll(async () => (await state()).winding, { interval: 10 }).toBeNull();

test.each([
  ['/_local/', 'text/html; charset=utf-8'],
  ['/_local/app.js', 'text/javascript; charset=utf-8'],
  ['/_local/style.css', 'text/css; charset=utf-8'],
])('serves %s', async (path, type) => {
  const answer = await fetch(`${system.url}${path}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
});

test.each(['/_local/nothing.js', '/_local/..%2Fworkbench.ts', '/_local/api/nothing', '/_localx'])(
  'has nothing at %s',
  async (path) => {
    expect((await fetch(`${system.url}${path}`)).status).toBe(404);
  },
);

test('winds to the next event, by a time, and to a local time', async () => {
  expect((await post('wind', { next: true })).status).toBe(422);
  await put(system, 'Plan', 'first@2026-11-24T12:00:00');
  await put(system, 'Plan', 'second@2026-11-24T15:00:00');
  await system.settle();
  expect((await state()).next).toBe(Date.parse('2026-11-24T12:00:00Z'));

  expect((await post('wind', { next: true })).status).toBe(202);
  await untilWound();
  expect(textsIn(system)).toEqual(['first']);
  expect((await state()).fired.map(({ name }) => name)).toEqual(['first']);

  await post('wind', { by: hour });
  await untilWound();
  expect((await state()).now).toBeGreaterThanOrEqual(Date.parse('2026-11-24T13:00:00Z'));

  await post('wind', { local: '2026-11-24T22:00', zone: 'Asia/Dhaka' });
  await untilWound();
  expect(textsIn(system)).toEqual(['first', 'second']);
  expect((await state()).lastWinding).toMatchObject({ fired: 1 });
});

test.each([
  ['back', { to: startAt - hour }, 422],
  ['by more than a year', { by: 400 * 24 * hour }, 422],
  ['to a local time that does not exist', { local: '2027-03-28T01:30', zone: 'Europe/London' }, 422],
  ['without saying where to', {}, 400],
])('does not wind %s', async (_, input, status) => {
  expect((await post('wind', input)).status).toBe(status);
});

test('the clock cannot be wound by a GET', async () => {
  expect((await fetch(`${system.url}/_local/api/wind`)).status).toBe(404);
});

test('gives a token that opens the routes for staff', async () => {
  const { token } = (await (await post('token', { role: 'owner' })).json()) as { token: string };
  const answer = await fetch(`${system.url}/staff`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect((await post('token', { role: 'emperor' })).status).toBe(400);
});

test('shows a mail without letting it do anything, and bounces it', async () => {
  const ses = new SESClient();
  const lines = [
    'From: a@example.com',
    'To: b@example.com',
    'Subject: Hello',
    'Content-Type: text/html',
    '',
    '<p>hi</p><script>top.location = "/"</script>',
  ];
  const { MessageId: id = '' } = await ses.send(
    new SendRawEmailCommand({ Destinations: ['b@example.com'], RawMessage: { Data: Buffer.from(lines.join('\r\n')) } }),
  );
  ses.destroy();
  const shown = await fetch(`${system.url}/_local/api/messages/${id}/html`);
  expect(shown.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  expect(shown.headers.get('content-security-policy')).not.toMatch(/allow-scripts|allow-same-origin/);
  expect(await shown.text()).toContain('<p>hi</p>');

  expect((await post('feedback', { kind: 'bounce', messageId: id })).status).toBe(202);
  expect((await post('feedback', { kind: 'bounce', messageId: 'another' })).status).toBe(404);
  await system.settle();
  expect(textsIn(system)).toContain(`Bounce ${id}`);
});

test('texts as a client would, from a phone that can be', async () => {
  expect((await post('text', { from: '+17185550100', body: 'STOP' })).status).toBe(202);
  expect((await post('text', { from: '0718', body: 'STOP' })).status).toBe(400);
  expect((await post('text', { from: '+17185550100', body: '' })).status).toBe(400);
});

const statusWithHost = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(system.url);
    httpRequest({ host: '127.0.0.1', port, path: '/_local/api/state', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test('answers only under a name of this computer', async () => {
  expect(await statusWithHost('localhost:3000')).toBe(200);
  expect(await statusWithHost('127.0.0.1')).toBe(200);
  expect(await statusWithHost('attacker.example')).toBe(403);
  expect(await statusWithHost('localhost.attacker.example')).toBe(403);
});

test('takes no posts from other sites', async () => {
  const from = (origin: string) => post('wind', { by: 1 }, { origin });
  expect((await from('https://attacker.example')).status).toBe(403);
  expect((await from('null')).status).toBe(403);
  expect((await from(system.url)).status).toBe(202);
  await untilWound();
});

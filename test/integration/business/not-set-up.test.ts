import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedIfEmpty } from '../../../infra/local/demo.ts';
import { startSystem } from '../../../infra/local/system.ts';
import { contracts } from '../../../shared/contracts.ts';
import { createClient, httpTransport } from '../../../shared/platform/http/client.ts';
import type { System } from '../../support/world/world.ts';

let system: System;

beforeAll(async () => {
  system = await startSystem({ patience: 10 });
});
afterAll(() => system.close());

const api = (headers: Record<string, string> = {}) => createClient(contracts, httpTransport(system.url, headers));

test('routes answer 503 with a code of their own while the table has no business', async () => {
  const owner = api({ authorization: `Bearer ${system.token('owner')}` });
  for (const answer of [await api().getBusiness({}), await api().listLocations({}), await owner.getSettings({})]) {
    expect(answer).toMatchObject({ ok: false, status: 503, problem: { code: 'not_set_up' } });
  }
});

test('the public answer says when to try again and nothing about our commands; the log tells the owner', async () => {
  const answer = await fetch(`${system.url}/v1/business`);
  expect(answer.headers.get('retry-after')).toBe('600');
  expect(await answer.json()).toEqual({
    type: 'urn:regulars:problem:not_set_up',
    title: 'This business is not set up yet',
    status: 503,
    code: 'not_set_up',
    retryAfter: 600,
  });
  const lines = system.logs().map((line) => JSON.parse(line) as { level: string; message: string });
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'warn', message: expect.stringContaining('npm run seed') }),
  );
});

test('the page tells a visitor to come back, and the owner what to do', async () => {
  const page = await fetch(`${system.url}/book`);
  expect(page.status).toBe(503);
  expect(page.headers.get('retry-after')).toBe('600');
  const text = await page.text();
  expect(text).toContain('Try again in 10 minutes');
  expect(text).toMatch(/Is this your business\?[^<]*npm run seed/);
});

test('a later start fills what an interrupted one left empty, and leaves alone what is there', async () => {
  await seedIfEmpty(system);
  expect((await api().getBusiness({})).ok).toBe(true);
  expect((await fetch(`${system.url}/book`)).status).toBe(200);
  const before = await api().getBusiness({});
  await seedIfEmpty(system);
  expect(await api().getBusiness({})).toEqual(before);
});

test('the token of plain staff is of somebody in the demo salon', async () => {
  const staff = api({ authorization: `Bearer ${system.token('staff')}` });
  const me = await staff.getMe({});
  expect(me.ok && [me.data.name, me.data.staffId]).toEqual(['Amina Rahman', 'amina']);
});

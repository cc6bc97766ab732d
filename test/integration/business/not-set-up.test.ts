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

test('the page tells the owner what to do', async () => {
  const page = await fetch(`${system.url}/book`);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('npm run seed');
});

test('a later start fills what an interrupted one left empty, and leaves alone what is there', async () => {
  await seedIfEmpty(system);
  expect((await api().getBusiness({})).ok).toBe(true);
  expect((await fetch(`${system.url}/book`)).status).toBe(200);
  const before = await api().getBusiness({});
  await seedIfEmpty(system);
  expect(await api().getBusiness({})).toEqual(before);
});

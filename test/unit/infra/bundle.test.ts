import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunction } from '../../../infra/bundle.ts';
import { functions } from '../../../infra/manifest.ts';

const largest = 600 * 1024;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'bundles-'));
});
afterAll(() => rm(home, { recursive: true }));

it.each(Object.entries(functions))('%s is light when it starts', (name, { entry }) => {
  const outDir = join(home, name);
  const { start, all } = bundleFunction(entry, outDir);
  expect(start).toBeLessThanOrEqual(largest);
  expect(all).toBeGreaterThanOrEqual(start);
  expect(readdirSync(outDir)).toContain('index.mjs');
});

it('keeps from the start what is seldom needed', () => {
  const { start, all } = bundleFunction(functions['booking-api']?.entry ?? '', join(home, 'booking'));
  expect(all - start).toBeGreaterThan(40 * 1024);
  expect(readdirSync(join(home, 'booking')).some((file) => file.startsWith('phone-'))).toBe(true);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { clearDataDir, openDataDir } from '../../../infra/local/state/data-dir.ts';
import { startSystem } from '../../../infra/local/system.ts';
import { day, hour } from '../../support/durations.ts';
import { put, start, startAt, textsIn } from '../../support/world/local.ts';
import { functions } from './fixtures/manifest.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'regulars-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
});

test('schedules, messages, clock and table survive a restart', async () => {
  const first = await startSystem({ functions, startAt, dataDir });
  await put(first, 'Plan', 'early@2026-11-24T10:00:00');
  await put(first, 'Plan', 'late@2026-11-26T10:00:00');
  await first.windBy(day);
  const { fresh, clock } = first;
  const left = clock.now();
  const token = first.token('owner');
  await first.close();

  const second = await start({ dataDir });
  expect([fresh, second.fresh]).toEqual([true, false]);
  expect(second.clock.now()).toBeGreaterThanOrEqual(left);
  expect(second.clock.now()).toBeLessThan(left + hour);
  expect(textsIn(second)).toEqual(['early']);
  expect(second.schedules().map(({ name }) => name)).toEqual(['late']);
  const staff = await fetch(`${second.url}/staff`, { headers: { authorization: `Bearer ${token}` } });
  expect(staff.status).toBe(200);
  await second.windBy(2 * day);
  expect(textsIn(second)).toEqual(['early', 'late']);
});

test('a restart goes on in the stream where it stopped: nothing is lost', async () => {
  const first = await startSystem({ functions, startAt, dataDir });
  await put(first, 'Plan', 'seen@2026-11-25T10:00:00');
  await first.settle();
  await put(first, 'Plan', 'unseen@2026-11-25T11:00:00');
  await first.close();
  const second = await start({ dataDir });
  await second.settle();
  expect(second.schedules().map(({ name }) => name)).toEqual(['seen', 'unseen']);
});

test('a dead letter and a failed record survive a restart', async () => {
  const first = await startSystem({ functions, startAt, dataDir });
  await put(first, 'Plan', 'refuse');
  await put(first, 'Plan', 'fail@2026-11-24T10:00:00');
  await first.windBy(3 * hour);
  await first.close();
  const second = await start({ dataDir });
  expect(second.deadLetters()).toHaveLength(1);
  expect(second.failedRecords()).toHaveLength(1);
});

test('a catalogueIndex in use by another process is left alone', () => {
  writeFileSync(join(dataDir, 'lock'), String(process.ppid));
  expect(() => openDataDir(dataDir)).toThrow(`Process ${process.ppid} is using`);
  expect(() => clearDataDir(dataDir)).toThrow(`Process ${process.ppid} is using`);
});

test('a lock that a dead process left behind is no hindrance', () => {
  writeFileSync(join(dataDir, 'lock'), '4194304');
  openDataDir(dataDir).release();
});

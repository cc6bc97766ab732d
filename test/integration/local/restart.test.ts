import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { startEngine } from '../../../infra/local/engine/engine.ts';
import { region } from '../../../infra/local/services/names.ts';
import { clearDataDir, openDataDir } from '../../../infra/local/state/data-dir.ts';
import { startSystem } from '../../../infra/local/system.ts';
import { day, hour } from '../../support/durations.ts';
import { ownTable, put, start, startAt, textsIn } from '../../support/world/local.ts';
import { functions } from './fixtures/manifest.ts';

let dataDir: string;
let tableName: string;
beforeEach(() => {
  tableName = ownTable();
  dataDir = mkdtempSync(join(tmpdir(), 'regulars-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
});

test('schedules, messages, clock and table survive a restart', async () => {
  const first = await startSystem({ functions, startAt, dataDir, tableName });
  await put(first, 'Plan', 'early@2026-11-24T10:00:00');
  await put(first, 'Plan', 'late@2026-11-26T10:00:00');
  await first.windBy(day);
  const { fresh, clock } = first;
  const left = clock.now();
  const token = first.token('owner');
  await first.close();

  const second = await start({ dataDir, tableName });
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
  const first = await startSystem({ functions, startAt, dataDir, tableName });
  await put(first, 'Plan', 'seen@2026-11-25T10:00:00');
  await first.settle();
  await put(first, 'Plan', 'unseen@2026-11-25T11:00:00');
  await first.close();
  const second = await start({ dataDir, tableName });
  await second.settle();
  expect(second.schedules().map(({ name }) => name)).toEqual(['seen', 'unseen']);
});

test('a dead letter and a failed record survive a restart', async () => {
  const first = await startSystem({ functions, startAt, dataDir, tableName });
  await put(first, 'Plan', 'refuse');
  await put(first, 'Plan', 'fail@2026-11-24T10:00:00');
  await first.windBy(3 * hour);
  await first.close();
  const second = await start({ dataDir, tableName });
  expect(second.deadLetters()).toHaveLength(1);
  expect(second.failedRecords()).toHaveLength(1);
});

test('a start that begins anew has an empty table, also in an engine that has kept the old one', async () => {
  const engine = await startEngine();
  onTestFinished(engine.close);
  vi.stubEnv('DYNAMODB_ENDPOINT', engine.endpoint);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const first = await startSystem({ functions, startAt, dataDir, tableName });
  await put(first, 'Plan', 'old@2026-11-25T10:00:00');
  await first.close();
  clearDataDir(dataDir);

  const second = await start({ dataDir, tableName, anew: true });
  expect(second.fresh).toBe(true);
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  expect((await client.send(new ScanCommand({ TableName: tableName }))).Items).toEqual([]);
});

test('a data directory in use by another process is left alone', () => {
  writeFileSync(join(dataDir, 'lock'), String(process.ppid));
  expect(() => openDataDir(dataDir)).toThrow(`Process ${process.ppid} is using`);
  expect(() => clearDataDir(dataDir)).toThrow(`Process ${process.ppid} is using`);
});

test('a lock that a dead process left behind is no hindrance', () => {
  writeFileSync(join(dataDir, 'lock'), '4194304');
  openDataDir(dataDir).release();
});

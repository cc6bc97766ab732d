import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDemo, seedIfEmpty } from '../../../infra/local/demo.ts';
import { isHalfFilled } from '../../../infra/local/state/data-dir.ts';
import { type System, type SystemOptions, startSystem } from '../../../infra/local/system.ts';
import { contracts } from '../../../shared/contracts.ts';
import { createClient, httpTransport } from '../../../shared/platform/http/client.ts';
import { addDays, localDate } from '../../../shared/platform/time/time.ts';
import { dataOf } from '../../support/outcomes.ts';
import { rowsOf } from '../../support/world/booking.ts';
import { ownTable } from '../../support/world/local.ts';

const zone = 'America/New_York';

const opened = async (options: SystemOptions): Promise<System> => {
  const system = await startSystem({ fill: openDemo, ...options });
  onTestFinished(() => system.close());
  await system.settle();
  return system;
};

/** The diary of the Brooklyn salon, so many days from today. */
const diaryOf = async (system: System, days: number) => {
  const headers = { authorization: `Bearer ${system.token('owner')}` };
  const date = addDays(localDate(system.clock.now(), zone), days);
  const query = { locationId: 'brooklyn', date };
  return dataOf(await createClient(contracts, httpTransport(system.url, headers)).getDiary({ query })).appointments;
};
const statusesOf = async (system: System, days: number) => (await diaryOf(system, days)).map(({ status }) => status);
const rows = (system: System, entity: string) => rowsOf({ system } as Parameters<typeof rowsOf>[0], entity);

test('opens on a past, a today that is partly done, and a tomorrow', async () => {
  const system = await opened({ startAt: Date.parse('2026-11-30T20:10:00Z') });
  expect(await statusesOf(system, -1)).toEqual(['completed', 'completed', 'no_show', 'completed']);
  const today = await statusesOf(system, 0);
  expect(today.filter((status) => status === 'completed').length).toBeGreaterThan(4);
  expect(today.filter((status) => status === 'arrived').length).toBeGreaterThan(0);
  expect(today.filter((status) => status === 'pending' || status === 'confirmed').length).toBeGreaterThan(0);
  expect((await statusesOf(system, 1)).length).toBeGreaterThan(3);
  const booked = await rows(system, 'Appointment');
  expect(booked.filter(({ series }) => series).length).toBe(6);
  expect(booked.filter(({ seats }) => seats !== undefined).length).toBe(2);
  expect((await rows(system, 'Waiting')).length).toBe(1);
  expect((await rows(system, 'Review')).length).toBeGreaterThan(6);
  expect(system.schedules().length).toBeGreaterThan(30);
  expect([...system.failedRecords(), ...system.deadLetters()]).toEqual([]);
});

test('sends nobody what was due before, and knows invented addresses only', async () => {
  const system = await opened({ startAt: Date.parse('2026-11-30T20:10:00Z') });
  expect(system.mailbox.list().map(({ to }) => to)).toEqual([['ruth@example.com']]);
  const clients = await rows(system, 'Client');
  const names = clients.map(({ firstName }) => firstName);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(clients.map(({ language }) => language))).toEqual(new Set(['en', 'bn', 'hi', 'ru']));
  for (const { phone = '+17185550100', email = 'a@example.com' } of clients) {
    expect(phone).toMatch(/^\+1(718|323)55501\d\d$/);
    expect(email).toMatch(/@example\.(com|net|org)$/);
  }
});

test.each([
  ['at night', '2026-11-30T07:30:00Z'],
  ['on Christmas Eve', '2026-12-24T22:00:00Z'],
  ['on a Sunday morning', '2027-03-14T13:00:00Z'],
])('opens %s', async (_, instant) => {
  const system = await opened({ startAt: Date.parse(instant) });
  expect((await rows(system, 'Appointment')).length).toBeGreaterThan(30);
  expect(system.failedRecords()).toEqual([]);
});

const folder = (): string => {
  const dataDir = mkdtempSync(join(tmpdir(), 'regulars-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
};

test('a restart doubles nothing', async () => {
  const options = { dataDir: folder(), tableName: ownTable() };
  const first = await startSystem({ fill: openDemo, ...options });
  const before = (await rows(first, 'Appointment')).length;
  await first.close();
  const second = await opened(options);
  await seedIfEmpty(second);
  expect((await rows(second, 'Appointment')).length).toBe(before);
  expect(isHalfFilled(options.dataDir)).toBe(false);
});

test('a start that was interrupted while it filled is known as such, and begins anew', async () => {
  const options = { dataDir: folder(), tableName: ownTable() };
  const interrupted = startSystem({
    ...options,
    fill: async (place) => {
      await openDemo(place);
      throw new Error('interrupted');
    },
  });
  await expect(interrupted).rejects.toThrow('interrupted');
  expect(isHalfFilled(options.dataDir)).toBe(true);
  const second = await opened({ ...options, anew: true });
  expect((await rows(second, 'Client')).length).toBe(
    new Set((await rows(second, 'Client')).map(({ firstName }) => firstName)).size,
  );
  expect(isHalfFilled(options.dataDir)).toBe(false);
});

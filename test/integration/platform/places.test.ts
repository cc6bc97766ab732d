import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSlowLane } from '../../../shared/platform/limits/slow-lane.ts';
import { hour, minute, second } from '../../support/durations.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

const noon = Date.parse('2026-11-24T12:00:00Z');
const spacing = 10 * second;
/** As if the limit of the household never ended by itself. */
const never = noon + 1_000 * hour;

let started: TestTable;
beforeAll(async () => {
  started = await startTable();
});
afterAll(() => started.close());

let names = 0;
/** A household of its own, at noon. */
const household = () => {
  names += 1;
  const name = `household-${names}`;
  const clock = { at: noon };
  const lane = createSlowLane(started.table, () => clock.at);
  /** Zero for what is taken, else the seconds to wait. */
  const send = (act: string, { weight = 1, freeAt = never } = {}): Promise<number> =>
    lane.admit(`${name}.${act}`, name, { spacing, weight }, freeAt).then(
      () => 0,
      (error) => error.extras?.retryAfter ?? Promise.reject(error),
    );
  return { name, clock, send };
};
const rowAt = async (pk: string, sk: string) => {
  const { Item } = await started.client.send(
    new GetItemCommand({ TableName: started.table.getName(), Key: { pk: { S: pk }, sk: { S: sk } } }),
  );
  return Item;
};

it('an act waits for its moment, and not a second longer', async () => {
  const { clock, send } = household();
  expect([await send('a'), await send('b'), await send('a')]).toEqual([10, 20, 10]);
  clock.at += 10 * second - 1;
  expect(await send('a')).toBe(1);
  clock.at += 1;
  expect([await send('a'), await send('b')]).toEqual([0, 10]);
});

it('a place is good for its own act alone, and another act of the same form waits for its own', async () => {
  const { clock, send } = household();
  await send('form.one');
  clock.at += 10 * second;
  expect([await send('form.other'), await send('form.one')]).toEqual([10, 0]);
});

it('a place serves once: a repetition is free for a minute, then the act waits again', async () => {
  const { clock, send } = household();
  await send('a');
  clock.at += 10 * second;
  expect([await send('a'), await send('a')]).toEqual([0, 0]);
  clock.at += minute - 1;
  expect(await send('a')).toBe(0);
  clock.at += 1;
  expect([await send('a'), await send('a')]).toEqual([10, 10]);
  clock.at += 10 * second;
  expect(await send('a')).toBe(0);
});

it('a place that nobody uses stays, for as long as a form is good', async () => {
  const { clock, send } = household();
  await send('a');
  clock.at += 2 * hour;
  expect(await send('a')).toBe(0);
});

it('what is sent many times at once keeps one place', async () => {
  const { clock, send } = household();
  const first = await Promise.all(Array.from({ length: 12 }, () => send('a')));
  const waits = await Promise.all(Array.from({ length: 12 }, () => send('a')));
  expect(new Set([...first, ...waits]).size).toBe(1);
  clock.at += (waits[0] ?? 0) * second;
  expect(await Promise.all(Array.from({ length: 12 }, () => send('a')))).toEqual(Array(12).fill(0));
});

it('whoever comes after a heavy act waits for all that it takes', async () => {
  const { send } = household();
  expect([await send('a', { weight: 4 }), await send('b'), await send('c', { weight: 2 }), await send('d')]).toEqual([
    10, 50, 60, 80,
  ]);
});

it('no place is more than a quarter of an hour away; beyond it the answer is when to ask for one', async () => {
  const { clock, send } = household();
  const waits = [];
  for (let act = 0; act < 91; act += 1) waits.push(await send(String(act)));
  expect([waits.at(0), waits.at(89), waits.at(90)]).toEqual([10, 900, 10]);
  clock.at += 10 * second;
  expect(await send('90')).toBe(900);
});

it('a queue that has run empty begins anew, and the end of the limit is told if it is sooner', async () => {
  const { clock, send } = household();
  await send('a');
  await send('b');
  clock.at += hour;
  expect(await send('c')).toBe(10);
  expect(await send('d', { freeAt: clock.at + 5 * second })).toBe(5);
});

it('places and queues are forgotten three hours after their moment', async () => {
  const { name, send } = household();
  await send('a');
  const place = await rowAt(`ATTEMPTS#${name}.a`, 'PLACE');
  expect(Number(place?.['expiresAt']?.N)).toBe((noon + 10 * second + 3 * hour) / 1000);
  const queue = await rowAt(`ATTEMPTS#${name}`, 'QUEUE');
  expect(Number(queue?.['expiresAt']?.N)).toBe((noon + 3 * hour) / 1000);
  await send('b');
  expect(Number((await rowAt(`ATTEMPTS#${name}`, 'QUEUE'))?.['expiresAt']?.N)).toBeGreaterThanOrEqual(
    (noon + 3 * hour) / 1000,
  );
});

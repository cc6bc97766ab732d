import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Runtime } from '../../../infra/local/runtime/functions.ts';
import { startSystem } from '../../../infra/local/system.ts';
import { hour } from '../../support/durations.ts';
import { put, start, startAt, textsIn } from '../../support/world/local.ts';
import { functions } from './fixtures/manifest.ts';

test('what is committed becomes a schedule, and the schedule a text at its time', async () => {
  const local = await start();
  await put(local, 'Plan', 'hello@2026-11-25T10:00:00');
  await local.settle();
  expect(local.schedules().map(({ name, dueAt }) => ({ name, dueAt }))).toEqual([
    { name: 'hello', dueAt: Date.parse('2026-11-25T10:00:00Z') },
  ]);
  await local.windTo(Date.parse('2026-11-25T09:59:00Z'));
  expect(textsIn(local)).toEqual([]);
  await local.windTo(Date.parse('2026-11-25T10:00:00Z'));
  expect(textsIn(local)).toEqual(['hello']);
  expect(local.schedules()).toEqual([]);
});

test('winding fires in the order of time, also what is planned on the way', async () => {
  const local = await start();
  await put(local, 'Plan', 'third@2026-11-24T12:30:00');
  await put(local, 'Plan', 'chain@2026-11-24T11:00:00');
  await put(local, 'Plan', 'late@2026-11-25T12:00:00');
  const seen: number[] = [];
  await local.windBy(5 * hour, (progress) => seen.push(progress.fired));
  expect(textsIn(local)).toEqual(['chain', 'followed', 'third']);
  const times = local.mailbox.list().map((message) => message.at);
  expect(times[1]).toBeGreaterThanOrEqual(Date.parse('2026-11-24T12:00:00Z'));
  expect(times[1]).toBeLessThan(Date.parse('2026-11-24T12:01:00Z'));
  expect(seen).toEqual([1, 2, 3, 3]);
  expect(local.clock.now()).toBeGreaterThanOrEqual(startAt + 5 * hour);
  expect(local.schedules().map(({ name }) => name)).toEqual(['late']);
});

test('functions see the wound clock', async () => {
  const local = await start();
  await local.windBy(48 * hour);
  const { now } = (await (await fetch(`${local.url}/now`)).json()) as { now: number };
  expect(now).toBeGreaterThanOrEqual(startAt + 48 * hour);
  expect(now).toBeLessThan(startAt + 48 * hour + 60_000);
});

test('the clock is never wound back', async () => {
  const local = await start();
  await expect(local.windTo(startAt - 1)).rejects.toThrow(RangeError);
});

test('a schedule fires by itself when its time comes', async () => {
  const local = await start();
  await put(local, 'Plan', 'soon@2026-11-24T10:00:00');
  await local.windTo(Date.parse('2026-11-24T09:59:59Z'));
  await expect.poll(() => textsIn(local)).toEqual(['soon']);
});

test('a failed message is delivered again after the visibility timeout, the others of its batch are not', async () => {
  const local = await start();
  await put(local, 'Plan', 'flaky@2026-11-24T10:00:00');
  await put(local, 'Plan', 'good@2026-11-24T10:00:00');
  await local.windTo(Date.parse('2026-11-24T10:00:00Z'));
  expect(textsIn(local)).toEqual(['good']);
  const [flaky] = local.outbox();
  expect(flaky?.visibleAt).toBe((flaky?.firstReceivedAt ?? 0) + 60_000);
  await local.windBy(30_000);
  expect(textsIn(local)).toEqual(['good']);
  await local.windBy(150_000);
  expect(textsIn(local)).toEqual(['good', 'flaky']);
  expect(local.deadLetters()).toEqual([]);
});

test('a message that fails ten times becomes a dead letter', async () => {
  const local = await start();
  await put(local, 'Plan', 'fail@2026-11-24T10:00:00');
  await local.windTo(Date.parse('2026-11-24T10:09:30Z'));
  expect(local.deadLetters()).toEqual([]);
  await local.windBy(hour);
  expect(local.deadLetters().map(({ body, receives }) => ({ body, receives }))).toEqual([
    { body: '{"name":"fail"}', receives: 10 },
  ]);
  expect(local.outbox()).toEqual([]);
});

test('a stream record that a function refuses is set aside without its neighbours', async () => {
  const local = await start();
  await Promise.all([
    put(local, 'Plan', 'before@2026-11-25T10:00:00'),
    put(local, 'Plan', 'refuse'),
    put(local, 'Plan', 'after@2026-11-25T10:00:00'),
  ]);
  await local.settle();
  expect(
    local
      .schedules()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['after', 'before']);
  expect(
    local.failedRecords().map(({ records }) => records.map((record) => record.dynamodb?.NewImage?.['text']?.S)),
  ).toEqual([['refuse']]);
});

test('records of other entities do not reach a function', async () => {
  const local = await start();
  await put(local, 'Note', 'refuse');
  await local.settle();
  expect(local.failedRecords()).toEqual([]);
});

test('every trigger can be delivered several times', async () => {
  const local = await start({ repeatTriggers: { times: 3 } });
  await put(local, 'Plan', 'one@2026-11-24T10:00:00');
  await put(local, 'Plan', 'two@2026-11-24T10:00:00');
  await local.settle();
  expect(local.schedules()).toHaveLength(2);
  await local.windBy(2 * hour);
  expect(textsIn(local).sort()).toEqual(['one', 'one', 'one', 'two', 'two', 'two']);
  expect(local.outbox()).toEqual([]);
});

test('several deliveries can come at once', async () => {
  const local = await start({ repeatTriggers: { times: 2, atOnce: true } });
  await put(local, 'Plan', 'one@2026-11-24T10:00:00');
  await local.windBy(2 * hour);
  expect(textsIn(local)).toEqual(['one', 'one']);
});

test('triggers can be delivered out of order', async () => {
  const local = await start({ repeatTriggers: { times: 1, shuffle: () => 0 } });
  const names = ['a', 'b', 'c', 'd'];
  for (const name of names) await put(local, 'Plan', `${name}@2026-11-24T10:00:00`);
  await local.windBy(2 * hour);
  expect(textsIn(local)).not.toEqual(names);
  expect(textsIn(local).sort()).toEqual(names);
});

test('a call through an AWS client can be made to fail', async () => {
  let left = 1;
  const local = await start({
    faults: ({ service }) => {
      if (service !== 'sns' || left === 0) return undefined;
      left -= 1;
      return { code: 'AuthorizationError', status: 403 };
    },
  });
  await put(local, 'Plan', 'one@2026-11-24T10:00:00');
  await local.windTo(Date.parse('2026-11-24T10:00:00Z'));
  expect(textsIn(local)).toEqual([]);
  await local.windBy(60_000);
  expect(textsIn(local)).toEqual(['one']);
});

test('a call can be done and its answer lost', async () => {
  let left = 1;
  const local = await start({
    faults: ({ service }) => {
      if (service !== 'sns' || left === 0) return undefined;
      left -= 1;
      return { code: 'InternalError', status: 500, when: 'after' };
    },
  });
  await put(local, 'Plan', 'one@2026-11-24T10:00:00');
  await local.windTo(Date.parse('2026-11-24T10:00:00Z'));
  expect(textsIn(local)).toEqual(['one', 'one']);
});

test('systems of one process do not share module state, and do not run side by side', async () => {
  const calls = async (url: string) => (await fetch(`${url}/calls`)).json();
  const first = await startSystem({ functions });
  expect(await calls(first.url)).toEqual({ calls: 1 });
  expect(await calls(first.url)).toEqual({ calls: 2 });
  await expect(startSystem({ functions })).rejects.toThrow('already running');
  await first.close();
  const second = await start();
  expect(await calls(second.url)).toEqual({ calls: 1 });
});

test('closing gives the process its time and its environment back', async () => {
  const { Date: RealDate } = globalThis;
  const before = process.env['TABLE_NAME'];
  const local = await startSystem({ functions, startAt: startAt + 1000 * 24 * hour });
  expect(process.env['TABLE_NAME']).toBe(local.tableName);
  expect(Date.now()).toBeGreaterThan(RealDate.now() + hour);
  await local.close();
  expect(globalThis.Date).toBe(RealDate);
  expect(process.env['TABLE_NAME']).toBe(before);
});

test('takes the next port when its own is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(startSystem({ functions, port })).rejects.toThrow(`Port ${port} is taken`);
  const local = await start({ port, orNextPort: true });
  expect(Number(new URL(local.url).port)).toBeGreaterThan(port);
  expect((await fetch(`${local.url}/text`)).status).toBe(200);
});

test('a function has as long as its limit says, or so many times as long as one is patient', async () => {
  const { web } = functions;
  if (!web) throw new Error('the fixtures have no web');
  const hurried = await startSystem({
    functions: { web: { ...web, timeoutSeconds: 0.05 } },
    runtime: () => new Promise(() => {}),
  });
  await expect(hurried.invoke('web', {})).rejects.toThrow('Task timed out');
  await hurried.close();
  const afterASecond: Runtime = async (_name, _bundle, _event, context) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return context.getRemainingTimeInMillis();
  };
  const patient = await start({ functions: { web }, runtime: afterASecond, patience: 10 });
  // By the function's own watch, which goes ten times slower.
  const left = await patient.invoke('web', {});
  expect(left).toBeGreaterThan(web.timeoutSeconds * 1000 - 900);
  expect(left).toBeLessThanOrEqual(web.timeoutSeconds * 1000);
});

test('keeps what functions log', async () => {
  const local = await start();
  await fetch(`${local.url}/log`);
  expect(local.logs()).toEqual(['{"level":"info","message":"from a function"}']);
});

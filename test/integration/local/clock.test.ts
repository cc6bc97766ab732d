import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { installClock } from '../../../infra/local/runtime/clock.ts';
import { slowWatch } from '../../../infra/local/runtime/watch.ts';
import { day, hour } from '../../support/durations.ts';
import { start } from '../../support/world/local.ts';

test('a year ahead, AWS clients still work and do not repeat calls that are refused', async () => {
  const local = await start();
  await local.windBy(366 * day);
  const client = new DynamoDBClient();
  onTestFinished(() => client.destroy());
  const put = new PutItemCommand({
    TableName: local.tableName,
    Item: { pk: { S: 'a' }, sk: { S: 'b' } },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  expect((await client.send(put)).$metadata.attempts).toBe(1);
  const refused = { name: 'ConditionalCheckFailedException', $metadata: { attempts: 1 } };
  await expect(client.send(put)).rejects.toMatchObject(refused);
  await local.windBy(day);
  await expect(client.send(put)).rejects.toMatchObject(refused);
});

test('Date is shifted wherever it tells the time, and only there', () => {
  const real = Date.now();
  const made = new Date(real);
  const clock = installClock(hour);
  onTestFinished(clock.restore);
  const installed = new Date();
  expect(Date.now() - real).toBeGreaterThanOrEqual(hour);
  expect(installed.getTime() - real).toBeGreaterThanOrEqual(hour);
  expect(Date.parse(`${Date()}`) - real).toBeGreaterThanOrEqual(hour - 1000);
  expect(new Date(real).getTime()).toBe(real);
  expect(new Date(2026, 0, 31, 10).getMonth()).toBe(0);
  expect(Date.UTC(2026, 0, 1)).toBe(Date.parse('2026-01-01T00:00:00Z'));
  expect(made).toBeInstanceOf(Date);
  expect(structuredClone(new Date(real))).toEqual(made);
});

test('a class that extends Date is shifted, too', () => {
  const clock = installClock(hour);
  onTestFinished(clock.restore);
  class Dated extends Date {
    label(): string {
      return `at ${this.getTime()}`;
    }
  }
  const dated = new Dated();
  expect(dated.getTime()).toBeGreaterThanOrEqual(clock.now() - 1000);
  expect(dated.label()).toBe(`at ${dated.getTime()}`);
});

test('the clock goes on by itself, jumps forward, and never back', async () => {
  const clock = installClock(0);
  onTestFinished(clock.restore);
  const before = Date.now();
  clock.windBy(day);
  expect(Date.now()).toBeGreaterThanOrEqual(before + day);
  await expect.poll(() => Date.now()).toBeGreaterThan(before + day + 5);
  expect(() => clock.windBy(-1)).toThrow(RangeError);
  expect(() => clock.windBy(Number.NaN)).toThrow(RangeError);
});

test('a slow watch goes on, slowly, and is itself again afterwards', async () => {
  const { now } = performance;
  const real = () => Number(process.hrtime.bigint()) / 1e6;
  const undo = slowWatch(10);
  onTestFinished(undo);
  const [began, watched] = [real(), performance.now()];
  await expect.poll(() => performance.now()).toBeGreaterThan(watched);
  const passed = performance.now() - watched;
  expect(passed).toBeLessThan((real() - began) / 9);
  undo();
  expect(performance.now).toBe(now);
});

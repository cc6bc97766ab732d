import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { bookAs, clientIdOf, outcomesOf } from '../../support/world/messages.ts';
import { abroad, startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({}, abroad);
});
afterAll(() => world.system.close());

const textsTo = (phone: string): string[] =>
  world.system.mailbox.list({ channel: 'text', to: phone }).map(({ text }) => text);

const text = async (phone: string, body: string): Promise<void> => {
  await world.system.windBy(minute);
  world.system.receiveText(phone, body);
  await world.system.settle();
};

/** As a release that knew no keys wrote it. */
const putOld = async (item: Record<string, unknown>): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: world.system.dynamoEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: world.system.tableName, Item: item }));
  client.destroy();
};
const oldHash = (address: string) => createHash('sha256').update(address).digest('hex').slice(0, 32);

let days = 0;
const bookWith = (phone: string, more: Record<string, unknown> = {}) => {
  days += 1;
  const startsAt = `2026-12-${String(days).padStart(2, '0')}T10:00`;
  return bookAs(world, { phone, email: undefined, ...more }, { startsAt });
};

test.each([
  ['Mexico', '+525512345678', '+5215512345678'],
  ['Argentina', '+541123456789', '+5491123456789'],
  ['Brazil', '+551187654321', '+5511987654321'],
  ['Brazil, answered without the ninth digit', '+5521987654321', '+552187654321'],
])('STOP from another spelling of the number ends texts to the one that was typed: %s', async (_, typed, network) => {
  const booked = await bookWith(typed);
  await world.system.settle();
  expect(textsTo(typed)).toHaveLength(1);
  await text(network, 'STOP');
  const startsAt = `${booked.startsAt.slice(0, 10)}T12:00`;
  const moved = await world.api.moveByLink({ params: { token: booked.token }, body: { startsAt } });
  expect(moved.status).toBe(200);
  await world.system.settle();
  expect(textsTo(typed)).toHaveLength(1);
  expect(await outcomesOf(world, booked)).toContain('moved: skipped suppressed');
  // Forms refuse Mexico's old spelling; the others find whose number it is.
  const again = await bookWith(network.startsWith('+521') ? typed : network);
  expect(await clientIdOf(world, again)).toBe(await clientIdOf(world, booked));
  await text(network, 'START');
  const free = await bookWith(typed);
  await world.system.settle();
  expect(await outcomesOf(world, free)).toEqual(['confirmation: sent']);
});

test('a stop from before numbers had keys holds, and START lifts it', async () => {
  const phone = '+525511112222';
  const old = oldHash('+5215511112222');
  await putOld({
    ...{ pk: `SUPPRESSED#${old}`, sk: 'SUPPRESSED', entity: 'Suppression', addressHash: old },
    ...{ reason: 'stopped', at: world.system.clock.now(), cause: 'oldtext000000001' },
  });
  const stopped = await bookWith(phone);
  await world.system.settle();
  expect(await outcomesOf(world, stopped)).toEqual(['confirmation: skipped suppressed']);
  await text(phone, 'START');
  const free = await bookWith(phone);
  await world.system.settle();
  expect(await outcomesOf(world, free)).toEqual(['confirmation: sent']);
  await text('+5215511112222', 'stop');
  const again = await bookWith(phone);
  await world.system.settle();
  expect(await outcomesOf(world, again)).toEqual(['confirmation: skipped suppressed']);
});

test('a client from before numbers had keys is found by either spelling', async () => {
  const before = await bookWith('+15715550177', { firstName: 'Rosa' });
  const clientId = await clientIdOf(world, before);
  await putOld({
    ...{ pk: 'LOOKUP#+5491155554444', sk: 'CLIENT', entity: 'ClientLookup', address: '+5491155554444', clientId },
  });
  const booked = await bookWith('+541155554444');
  expect(await clientIdOf(world, booked)).toBe(clientId);
});

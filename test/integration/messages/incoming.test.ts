import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { incomingTextEvent } from '../../../infra/local/services/incoming-text.ts';
import { day, minute } from '../../support/durations.ts';
import { bookAs, clientIdOf, complete, consent, outcomesOf } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const textsTo = (phone: string): string[] =>
  world.system.mailbox.list({ channel: 'text', to: phone }).map(({ text }) => text);

/** What the number's owner texts, and what comes of it. */
const text = async (phone: string, body: string): Promise<string[]> => {
  const before = textsTo(phone).length;
  await world.system.windBy(minute);
  world.system.receiveText(phone, body);
  await world.system.settle();
  return textsTo(phone).slice(before);
};

/** A client with a phone alone. */
const clientWith = (phone: string, startsAt: string, more: Record<string, unknown> = {}) =>
  bookAs(world, { phone, email: undefined }, { startsAt, ...more });

/** The client's timeline, as it lies in the table; the route that shows it comes with the clients' part. */
const timeline = async (clientId: string) => {
  const client = new DynamoDBClient({
    endpoint: world.system.dynamoEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: world.system.tableName,
      KeyConditionExpression: 'pk = :pk and begins_with(sk, :event)',
      ExpressionAttributeValues: { ':pk': { S: `CLIENT#${clientId}` }, ':event': { S: 'EVENT#' } },
    }),
  );
  client.destroy();
  return Items.map((item) => unmarshall(item))
    .sort((a, b) => a['at'] - b['at'])
    .map(({ type, details }) => [type, details?.words].filter(Boolean).join(': '));
};

test('STOP ends all texts to the number, is confirmed once, and staff see it', async () => {
  const phone = '+17185557001';
  const booked = await clientWith(phone, '2026-12-01T10:00');
  await world.system.settle();
  expect(textsTo(phone)).toHaveLength(1);
  expect(await text(phone, ' Stop! ')).toEqual([
    expect.stringMatching(/^Linden & Rose: you are unsubscribed .*START.*call \+1/),
  ]);
  expect(await text(phone, 'STOP')).toEqual([]);
  await world.system.windTo(Date.parse(booked.startsAt));
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: sent', 'reminder: skipped suppressed']);
  expect(await timeline(await clientIdOf(world, booked))).toEqual(
    expect.arrayContaining(['messages.stopped: Stop!', 'messages.stopped: STOP']),
  );
});

test('START lets reminders through again; advertising needs a fresh yes', async () => {
  const { system } = world;
  const phone = '+17185557002';
  const visit = await clientWith(phone, '2026-12-08T10:00', { consents: consent('sms') });
  await text(phone, 'UNSUBSCRIBE');
  expect(await text(phone, 'start')).toEqual([expect.stringContaining('you get texts about your appointments again')]);
  await system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  await system.windBy(45 * day);
  expect(await outcomesOf(world, visit)).toEqual([
    'come-back: skipped no_consent',
    'confirmation: sent',
    'reminder: sent',
    'review: skipped no_consent',
  ]);
  const again = await clientWith(phone, '2027-02-02T10:00', { consents: consent('sms') });
  await system.windTo(Date.parse(again.endsAt));
  await complete(world, again.id);
  await system.windBy(45 * day);
  expect(await outcomesOf(world, again)).toContain('come-back: sent');
  // Stopped anew, it is confirmed anew.
  expect(await text(phone, 'СТОП')).toEqual([expect.stringContaining('вы отписаны')]);
});

test('HELP is answered once a day, also to a number that has stopped or that nobody knows', async () => {
  const stranger = '+17185557003';
  expect(await text(stranger, 'HELP')).toEqual([expect.stringMatching(/^Linden & Rose: .*\+1.*STOP/)]);
  expect(await text(stranger, 'info')).toEqual([]);
  expect(await text(stranger, 'stop')).toHaveLength(1);
  await world.system.windBy(day);
  expect(await text(stranger, 'help')).toHaveLength(1);
});

test('other words of a client stand in the timeline; those of strangers are counted', async () => {
  const phone = '+17185557004';
  const booked = await clientWith(phone, '2027-04-06T10:00');
  await world.system.settle();
  expect(await text(phone, 'Yes, see you then\nNadia')).toEqual([]);
  expect(await text(phone, 'yes')).toEqual([]);
  expect(await timeline(await clientIdOf(world, booked))).toEqual(
    expect.arrayContaining(['text.received: Yes, see you then\nNadia', 'text.received: yes']),
  );
  const before = world.system.logs().length;
  expect(await text('+17185557005', 'Who is this? Call me on 555')).toEqual([]);
  const lines = world.system.logs().slice(before).join('\n');
  expect(lines).toContain('"UnknownTexts":1');
  expect(lines).not.toMatch(/Who is this|7185557005/);
});

test('the same text that comes again and again does nothing twice', async () => {
  const phone = '+17185557006';
  const booked = await clientWith(phone, '2027-04-07T10:00');
  await world.system.settle();
  const clientId = await clientIdOf(world, booked);
  for (const body of ['stop', 'unstop', 'help', 'Hello']) {
    await world.system.windBy(minute);
    const event = incomingTextEvent(phone, body, world.system.clock.now());
    const texts = textsTo(phone).length;
    const entries = (await timeline(clientId)).length;
    await Promise.all([1, 2, 3].map(() => world.system.invoke('incoming-texts', event)));
    await world.system.settle();
    await world.system.invoke('incoming-texts', event);
    await world.system.settle();
    expect([body, textsTo(phone).length - texts]).toEqual([body, body === 'Hello' ? 0 : 1]);
    expect([body, (await timeline(clientId)).length - entries]).toEqual([body, 1]);
  }
});

test('a text that overtakes an older one keeps the last word', async () => {
  const phone = '+17185557007';
  const at = world.system.clock.now();
  await world.system.invoke('incoming-texts', incomingTextEvent(phone, 'STOP', at));
  await world.system.invoke('incoming-texts', incomingTextEvent(phone, 'START', at + 2_000));
  await world.system.invoke('incoming-texts', incomingTextEvent(phone, 'STOP', at + 1_000));
  const booked = await clientWith(phone, '2027-04-08T10:00');
  await world.system.settle();
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: sent']);
});

test('one stop holds for all who share the phone', async () => {
  const phone = '+17185557008';
  const first = await bookAs(world, { phone, email: 'mother@example.com' }, { startsAt: '2027-04-09T10:00' });
  await text(phone, 'বন্ধ করুন');
  const second = await bookAs(world, { phone, email: undefined, firstName: 'Lina' }, { startsAt: '2027-04-09T12:00' });
  await world.system.windTo(Date.parse(second.startsAt));
  expect(await outcomesOf(world, second)).toEqual(['confirmation: skipped suppressed', 'reminder: skipped suppressed']);
  expect(await outcomesOf(world, first)).toEqual(['confirmation: delivered', 'reminder: delivered']);
});

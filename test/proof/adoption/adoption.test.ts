import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareTable } from '../../../infra/adoption.ts';
import { tableKeys } from '../../../shared/platform/table/table.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';
import { clientOf, loseSchedules, planned, replan } from './adopted.ts';

let world: World;
let client: DynamoDBClient;
beforeAll(async () => {
  world = await startWorld();
  client = clientOf(world.system);
});
afterAll(() => world.system.close());

const keys = ({ partitionKey, sortKey }: { partitionKey: { name: string }; sortKey: { name: string } }) => [
  { AttributeName: partitionKey.name, KeyType: 'HASH' as const },
  { AttributeName: sortKey.name, KeyType: 'RANGE' as const },
];
const text = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

describe('a table that can’t be adopted is left alone, and the reason is told', () => {
  test('there is none', async () => {
    await expect(prepareTable(client, 'nothing-here')).rejects.toThrow('There is no table nothing-here in eu-west-1');
  });

  test('it is of something else', async () => {
    await client.send(
      new CreateTableCommand({
        TableName: 'foreign',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: text('id'),
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    await expect(prepareTable(client, 'foreign')).rejects.toThrow(
      'it lacks the keys pk, sk and the index byLocation (locationPk, locationSk) and the index byClient (clientPk, clientSk)',
    );
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'foreign' }));
    expect(Table?.StreamSpecification?.StreamEnabled ?? false).toBe(false);
  });

  test('it was restored without an index, or shows too little in its stream', async () => {
    const { byLocation, byClient } = tableKeys.indexes;
    const make = (TableName: string, indexes: object) =>
      client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: text(
            ...[tableKeys, ...Object.values(indexes)].flatMap((each) => [each.partitionKey.name, each.sortKey.name]),
          ),
          KeySchema: keys(tableKeys),
          GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, each]) => ({
            IndexName,
            KeySchema: keys(each),
            Projection: { ProjectionType: 'ALL' as const },
          })),
        }),
      );
    await make('halved', { byLocation });
    await expect(prepareTable(client, 'halved')).rejects.toThrow('it lacks the index byClient (clientPk, clientSk).');
    await make('short-sighted', { byLocation, byClient });
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' as const };
    await client.send(new UpdateTableCommand({ TableName: 'short-sighted', StreamSpecification }));
    await expect(prepareTable(client, 'short-sighted')).rejects.toThrow('shows KEYS_ONLY where NEW_AND_OLD_IMAGES');
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'halved' }));
    expect(TimeToLiveDescription?.TimeToLiveStatus).toBe('DISABLED');
  });
});

test('messages of what is booked are planned anew where the schedules are gone, and what was sent stays sent', async () => {
  const { system } = world;
  const ahead = await mustBook(world.api, { startsAt: '2026-12-08T10:00' });
  const visited = await mustBook(world.api, {
    consents: [{ channel: 'email', purpose: 'marketing', words: 'Write to me' }],
  });
  await system.windTo(Date.parse('2026-11-24T21:00:00Z'));
  const params = { appointmentId: visited.id };
  await world.as('reception').markAppointment({ params, body: { status: 'completed' } });
  await system.settle();
  const before = planned(system);
  expect(before.map(({ name }) => name)).toEqual(
    expect.arrayContaining([`${ahead.id}.reminder`, `${visited.id}.come-back`]),
  );
  const sent = world.mails().length;

  await loseSchedules(system);
  await replan(system, 7);
  expect(planned(system)).toEqual(before);
  expect(world.mails()).toHaveLength(sent);
});

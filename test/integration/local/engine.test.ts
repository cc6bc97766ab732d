import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { engineBinary, startEngine } from '../../../infra/local/engine/engine.ts';
import { createRegularsTable, deleteRegularsTable } from '../../../infra/local/engine/regulars-table.ts';

const clientOf = (endpoint: string): DynamoDBClient => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  return client;
};

/** Of its own for each test, and gone with it: an engine that `DYNAMODB_ENDPOINT` names keeps its tables. */
const ownTable = (client: DynamoDBClient): string => {
  const name = `engine-${randomUUID().slice(0, 8)}`;
  onTestFinished(() => deleteRegularsTable(client, name));
  return name;
};

test('the table has the keys, indexes, stream and expiry that the code expects', async () => {
  const engine = await startEngine();
  onTestFinished(engine.close);
  const client = clientOf(engine.endpoint);
  const TableName = ownTable(client);
  expect(await createRegularsTable(client, TableName)).toBe(true);
  expect(await createRegularsTable(client, TableName)).toBe(false);

  const { Table: table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(table?.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
  const indexes = table?.GlobalSecondaryIndexes?.map((index) => ({
    name: index.IndexName,
    keys: index.KeySchema?.map((key) => key.AttributeName),
    projection: index.Projection?.ProjectionType,
  }));
  expect(indexes?.toSorted((a, b) => String(a.name).localeCompare(String(b.name)))).toEqual([
    { name: 'byClient', keys: ['clientPk', 'clientSk'], projection: 'ALL' },
    { name: 'byLocation', keys: ['locationPk', 'locationSk'], projection: 'ALL' },
  ]);
  expect(table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
  expect(table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
  const { TimeToLiveDescription: expiry } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(expiry).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
});

test('where there is no binary for the platform, the error names DYNAMODB_ENDPOINT', async () => {
  await expect(startEngine(undefined, { binary: engineBinary('plan9', 'mips'), endpoint: '' })).rejects.toThrow(
    /plan9-mips.*DYNAMODB_ENDPOINT=/s,
  );
});

test('another engine can be named, and is not ended', async () => {
  const engine = await startEngine();
  onTestFinished(engine.close);
  const named = await startEngine(undefined, { endpoint: engine.endpoint });
  expect(named.endpoint).toBe(engine.endpoint);
  await named.close();
  const client = clientOf(engine.endpoint);
  expect(await createRegularsTable(client, ownTable(client))).toBe(true);
});

test('a table of something else is not deleted', async () => {
  const engine = await startEngine();
  onTestFinished(engine.close);
  const client = clientOf(engine.endpoint);
  const TableName = `other-${randomUUID().slice(0, 8)}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  onTestFinished(async () => {
    await client.send(new DeleteTableCommand({ TableName }));
  });
  await expect(deleteRegularsTable(client, TableName)).rejects.toThrow(/not one of Regulars/);
  expect((await client.send(new DescribeTableCommand({ TableName }))).Table?.TableName).toBe(TableName);
});

import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { tableKeys, ttlAttribute } from '../../../shared/platform/table/table.ts';

const describe = async (client: DynamoDBClient, tableName: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

interface Keys {
  partitionKey: { name: string };
  sortKey: { name: string };
}

const keySchema = ({ partitionKey, sortKey }: Keys) => [
  { AttributeName: partitionKey.name, KeyType: 'HASH' as const },
  { AttributeName: sortKey.name, KeyType: 'RANGE' as const },
];

/** Creates the table of shared/platform/table.ts unless it is there; true when it was created. */
export const createRegularsTable = async (client: DynamoDBClient, tableName: string): Promise<boolean> => {
  if (await describe(client, tableName)) return false;
  const indexes = Object.entries(tableKeys.indexes);
  const names = [tableKeys, ...Object.values(tableKeys.indexes)].flatMap((keys) =>
    keySchema(keys).map((key) => key.AttributeName),
  );
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...new Set(names)].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      KeySchema: keySchema(tableKeys),
      GlobalSecondaryIndexes: indexes.map(([name, keys]) => ({
        IndexName: name,
        KeySchema: keySchema(keys),
        Projection: { ProjectionType: 'ALL' },
      })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: tableName });
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: tableName,
      TimeToLiveSpecification: { Enabled: true, AttributeName: ttlAttribute },
    }),
  );
  return true;
};

/** Deletes the table with all that is in it, if there is one. Throws where its keys are not those of Regulars. */
export const deleteRegularsTable = async (client: DynamoDBClient, tableName: string): Promise<void> => {
  const found = await describe(client, tableName);
  if (!found) return;
  const names = (keys: TableDescription['KeySchema']) => keys?.map((key) => key.AttributeName).join(', ');
  if (names(found.KeySchema) !== names(keySchema(tableKeys))) {
    throw new Error(
      `The table ${tableName} is not one of Regulars, so it stays; delete it yourself, or name another engine.`,
    );
  }
  await client.send(new DeleteTableCommand({ TableName: tableName }));
  await waitUntilTableNotExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: tableName });
};

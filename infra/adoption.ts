import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  ResourceNotFoundException,
  type TableDescription,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { tableKeys, ttlAttribute } from '../shared/platform/table/table.ts';

/** Says why the table can't be adopted, and what to do. */
export class NotAdoptable extends Error {}

/** Something that a table has beside its items. Of a restored table, all of it is off. */
interface Property {
  name: string;
  isOn(): Promise<boolean>;
  turnOn(): Promise<unknown>;
}

interface Keys {
  partitionKey: { name: string };
  sortKey: { name: string };
}

const keyNames = ({ partitionKey, sortKey }: Keys): string => `${partitionKey.name}, ${sortKey.name}`;
const keysOf = (schema: TableDescription['KeySchema'] = []): string =>
  schema.map(({ AttributeName }) => AttributeName).join(', ');

/** Lists the keys and indexes that the code uses and the table lacks. */
const missingIn = ({ KeySchema, GlobalSecondaryIndexes = [] }: TableDescription): string[] => [
  ...(keysOf(KeySchema) === keyNames(tableKeys) ? [] : [`the keys ${keyNames(tableKeys)}`]),
  ...Object.entries(tableKeys.indexes)
    .filter(
      ([name, keys]) =>
        !GlobalSecondaryIndexes.some((index) => index.IndexName === name && keysOf(index.KeySchema) === keyNames(keys)),
    )
    .map(([name, keys]) => `the index ${name} (${keyNames(keys)})`),
];

/**
 * Turns on what a restored table lacks, and waits until it is: the stream with old and new images, deletion at
 * `expiresAt`, point-in-time recovery, protection against deletion, the tag of the bill. Twice is the same as once.
 * `restoredFrom`: the name of the table that it was restored from. Throws NotAdoptable.
 */
export const prepareTable = async (
  client: DynamoDBClient,
  tableName: string,
): Promise<{ streamArn: string; turnedOn: string[]; restoredFrom: string | undefined }> => {
  const TableName = tableName;
  const describe = async (): Promise<TableDescription> => {
    try {
      return (await client.send(new DescribeTableCommand({ TableName }))).Table ?? {};
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      const region = await client.config.region();
      throw new NotAdoptable(`There is no table ${tableName} in ${region}, in the account of these credentials.`);
    }
  };
  const untilActive = () => waitUntilTableExists({ client, maxWaitTime: 300, minDelay: 1, maxDelay: 5 }, { TableName });

  const found = await describe();
  if (found.TableStatus !== 'ACTIVE') {
    throw new NotAdoptable(
      `The table ${tableName} is ${found.TableStatus}, not ACTIVE. Restoring takes a while; try again when it is done.`,
    );
  }
  const missing = missingIn(found);
  if (missing.length > 0) {
    throw new NotAdoptable(
      `The table ${tableName} is not one of Regulars, or was restored without its indexes: it lacks ${missing.join(' and ')}.`,
    );
  }
  const { StreamEnabled, StreamViewType } = found.StreamSpecification ?? {};
  if (StreamEnabled && StreamViewType !== 'NEW_AND_OLD_IMAGES') {
    throw new NotAdoptable(
      `The stream of ${tableName} shows ${StreamViewType} where NEW_AND_OLD_IMAGES is needed. Turn it off, then run this again.`,
    );
  }

  const properties: Property[] = [
    {
      name: 'stream',
      isOn: async () => StreamEnabled ?? false,
      turnOn: () =>
        client.send(
          new UpdateTableCommand({
            TableName,
            StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
          }),
        ),
    },
    {
      name: `deletion of items at ${ttlAttribute}`,
      isOn: async () => {
        const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
        return /^ENABL/.test(TimeToLiveDescription?.TimeToLiveStatus ?? '');
      },
      turnOn: () =>
        client.send(
          new UpdateTimeToLiveCommand({
            TableName,
            TimeToLiveSpecification: { Enabled: true, AttributeName: ttlAttribute },
          }),
        ),
    },
    {
      name: 'point-in-time recovery',
      isOn: async () => {
        const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
        return ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED';
      },
      turnOn: () =>
        client.send(
          new UpdateContinuousBackupsCommand({
            TableName,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ),
    },
    {
      name: 'protection against deletion',
      isOn: async () => found.DeletionProtectionEnabled ?? false,
      turnOn: () => client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true })),
    },
    {
      name: 'tag app=regulars',
      isOn: async () => {
        const { Tags = [] } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: found.TableArn }));
        return Tags.some(({ Key, Value }) => Key === 'app' && Value === 'regulars');
      },
      turnOn: () =>
        client.send(new TagResourceCommand({ ResourceArn: found.TableArn, Tags: [{ Key: 'app', Value: 'regulars' }] })),
    },
  ];
  const turnedOn: string[] = [];
  for (const { name, isOn, turnOn } of properties) {
    if (await isOn()) continue;
    await turnOn();
    await untilActive();
    turnedOn.push(name);
  }
  const { LatestStreamArn } = await describe();
  if (!LatestStreamArn) throw new Error(`The table ${tableName} has a stream without an ARN`);
  const restoredFrom = found.RestoreSummary?.SourceTableArn?.split('/')[1];
  return { streamArn: LatestStreamArn, turnedOn, restoredFrom };
};

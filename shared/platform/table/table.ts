import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Table } from 'dynamodb-toolbox/table';

/** The names that infrastructure and code share. */
export const tableKeys = {
  partitionKey: { name: 'pk', type: 'string' },
  sortKey: { name: 'sk', type: 'string' },
  indexes: {
    /** Sparse: what belongs to a location and a day or month, in time order. */
    byLocation: {
      type: 'global',
      partitionKey: { name: 'locationPk', type: 'string' },
      sortKey: { name: 'locationSk', type: 'string' },
    },
    /** Sparse: what belongs to a client, in time order. */
    byClient: {
      type: 'global',
      partitionKey: { name: 'clientPk', type: 'string' },
      sortKey: { name: 'clientSk', type: 'string' },
    },
  },
} as const;

/** Seconds since 1970; DynamoDB deletes the item within about two days after it. */
export const ttlAttribute = 'expiresAt';

/** Nobody reads the SDK's own log, and DynamoDB none of these headers; they take a fifth of a command's time. */
const unused = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'];

const ownClient = (): DynamoDBClient => {
  const client = new DynamoDBClient({ maxAttempts: 5, accountIdEndpointMode: 'disabled' });
  for (const name of unused) client.middlewareStack.remove(name);
  return client;
};

export const createTable = (name: string, client = ownClient()) =>
  new Table({
    documentClient: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    name,
    ...tableKeys,
    entityAttributeSavedAs: 'entity',
  });

export type RegularsTable = ReturnType<typeof createTable>;

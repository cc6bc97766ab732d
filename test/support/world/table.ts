import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEngine } from '../../../infra/local/engine/engine.ts';
import { createRegularsTable, deleteRegularsTable } from '../../../infra/local/engine/regulars-table.ts';
import type { System } from '../../../infra/local/system.ts';
import { createTable } from '../../../shared/platform/table/table.ts';

const clientAt = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

/** The table of a running system, past its API. */
export const openTable = ({ dynamoEndpoint, tableName }: Pick<System, 'dynamoEndpoint' | 'tableName'>) => {
  const client = clientAt(dynamoEndpoint);
  return { table: createTable(tableName, client), close: () => client.destroy() };
};

/** A table of its own on the real engine, without the rest of the system. */
export const startTable = async () => {
  const engine = await startEngine();
  const client = clientAt(engine.endpoint);
  const name = `platform-${randomUUID().slice(0, 8)}`;
  await createRegularsTable(client, name);
  return {
    client,
    table: createTable(name, client),
    close: async () => {
      await deleteRegularsTable(client, name);
      client.destroy();
      await engine.close();
    },
  };
};
export type TestTable = Awaited<ReturnType<typeof startTable>>;

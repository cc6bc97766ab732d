import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEngine } from '../../../infra/local/engine/engine.ts';
import { createRegularsTable } from '../../../infra/local/engine/regulars-table.ts';
import { createTable } from '../../../shared/platform/table/table.ts';

/** A table of its own on the real engine, without the rest of the system. */
export const startTable = async () => {
  const engine = await startEngine();
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const name = `platform-${randomUUID().slice(0, 8)}`;
  await createRegularsTable(client, name);
  return {
    client,
    table: createTable(name, client),
    close: async () => {
      client.destroy();
      await engine.close();
    },
  };
};
export type TestTable = Awaited<ReturnType<typeof startTable>>;

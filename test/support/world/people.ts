import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createPersonStore, type PersonRecord } from '../../../shared/people/store.ts';
import type { Role } from '../../../shared/platform/http/contract.ts';
import { createTable } from '../../../shared/platform/table/table.ts';
import { transact } from '../../../shared/platform/table/transact.ts';
import type { World } from './world.ts';

const storeIn = ({ system: { tableName, dynamoEndpoint } }: World) => {
  const client = new DynamoDBClient({
    endpoint: dynamoEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const table = createTable(tableName, client);
  return { table, store: createPersonStore(table) };
};

const subOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).sub;

/** Keeps what the pool doesn't hold of a person, and answers what they see of the API. */
export const hold = async (world: World, role: Role, email: string, held: Partial<PersonRecord>) => {
  const { table, store } = storeIn(world);
  const sub = subOf(world.system.token(role, email));
  const before = await store.get(sub, { consistent: true });
  const { committed } = await transact(table, [store.put({ ...before, sub, version: 0, ...before, ...held })]);
  if (!committed) throw new Error('somebody else changed the person');
  return world.as(role, email);
};

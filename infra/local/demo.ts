import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTable } from '../../shared/platform/table/table.ts';
import { parseCatalogue, seed } from '../../shared/settings/seed.ts';
import type { System } from './system.ts';

/** The salon that `npm start` shows. */
export const demoCatalogue = async () =>
  parseCatalogue(await readFile(join(import.meta.dirname, 'demo-salon.json'), 'utf8'));

const tableOf = ({ tableName, dynamoEndpoint }: Pick<System, 'tableName' | 'dynamoEndpoint'>) =>
  createTable(
    tableName,
    new DynamoDBClient({
      endpoint: dynamoEndpoint,
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );

/** Loads a catalogue into a running system. */
export const seedSystem = async (
  system: Pick<System, 'tableName' | 'dynamoEndpoint'>,
  catalogue: Awaited<ReturnType<typeof demoCatalogue>>,
): Promise<void> => seed(tableOf(system), catalogue, Date.now());

/** Fills a fresh system with the demo salon; one that has been used is left alone. */
export const seedIfEmpty = async (system: System): Promise<void> => {
  if (!system.fresh) return;
  await seedSystem(system, await demoCatalogue());
  await system.settle();
};

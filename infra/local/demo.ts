import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CatalogueMissing, createCatalogueReader } from '../../shared/business/reader.ts';
import { personsFor } from '../../shared/people/wiring.ts';
import { createTable } from '../../shared/platform/table/table.ts';
import { transact } from '../../shared/platform/table/transact.ts';
import { parseCatalogue, seed } from '../../shared/settings/seed.ts';
import { subOf } from './gateway/identity.ts';
import type { FreshTable } from './running-system.ts';
import { region } from './services/names.ts';
import type { System } from './system.ts';

/** The salon that `npm start` shows. */
export const demoCatalogue = async () =>
  parseCatalogue(await readFile(join(import.meta.dirname, 'demo-salon.json'), 'utf8'));

type Place = Pick<System, 'tableName' | 'dynamoEndpoint'>;

const tableOf = ({ tableName, dynamoEndpoint }: Place) =>
  createTable(
    tableName,
    new DynamoDBClient({
      endpoint: dynamoEndpoint,
      region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );

/** Loads a catalogue into a running system. */
export const seedSystem = async (system: Place, catalogue: Awaited<ReturnType<typeof demoCatalogue>>): Promise<void> =>
  seed(tableOf(system), catalogue, Date.now());

const isEmpty = async (system: System): Promise<boolean> => {
  try {
    await createCatalogueReader(tableOf(system), Date.now).current();
    return false;
  } catch (error) {
    if (error instanceof CatalogueMissing) return true;
    throw error;
  }
};

/** The workbench's token of plain staff is Amina's, so that it shows a diary. */
const tieStaff = async (system: Place): Promise<void> => {
  const table = tableOf(system);
  const { get, put } = personsFor({ table });
  const sub = subOf('staff@example.com');
  const held = await get(sub, { consistent: true });
  if (!held) await transact(table, [put({ sub, version: 0, role: 'staff', staffId: 'amina' })]);
};

/** Fills the table of a start that finds none with the demo salon, and its diary: a past, a today, a tomorrow. */
export const openDemo = async ({ schedules, hush, ...place }: FreshTable): Promise<void> => {
  await seedSystem(place, await demoCatalogue());
  await tieStaff(place);
  // Only a first start needs it.
  const { fillDiary } = await import('./life/fill.ts');
  await fillDiary(tableOf(place), { now: Date.now(), schedules, hush });
};

/** Fills a system without a business with the demo salon, also where a start before was interrupted; any other is left alone. */
export const seedIfEmpty = async (system: System): Promise<void> => {
  if (!(await isEmpty(system))) return;
  await seedSystem(system, await demoCatalogue());
  await tieStaff(system);
  await system.settle();
};

import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CatalogueInvalid } from '../shared/business/invalid.ts';
import { createTable } from '../shared/platform/table/table.ts';
import { parseCatalogue, seed } from '../shared/settings/seed.ts';
import { CommandFault, command, readCommandLine } from './command-line.ts';
import { region } from './local/services/names.ts';

const usage = `npm run seed -- <file.json> --table <name> [--endpoint <url>]

  <file.json>  the catalogue: settings, locations, staff, services, journey; infra/local/demo-salon.json is an example
  --table      the stack's output TableName; \`npm start\` prints the one of this computer
  --endpoint   another DynamoDB than your AWS account's, such as the one that \`npm start\` prints`;

const loaded = async (file: string) => {
  try {
    return parseCatalogue(await readFile(file, 'utf8'));
  } catch (error) {
    throw error instanceof CatalogueInvalid ? new CommandFault(error.message) : error;
  }
};

await command(async () => {
  const options = { table: { type: 'string' }, endpoint: { type: 'string' } } as const;
  const { values, positionals, help } = readCommandLine({ usage, options, positionals: [1, 1] });
  const [file = ''] = positionals;
  const tableName = values.table ?? process.env['TABLE_NAME'];
  if (!tableName) throw new CommandFault(`Name the table with --table; ${help}`);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient(values.endpoint ? { endpoint: values.endpoint, region, credentials } : {});
  const catalogue = await loaded(file);
  await seed(createTable(tableName, client), catalogue, Date.now());
  const { locations, staff, services, journey } = catalogue;
  console.log(
    `Loaded ${locations.length} locations, ${staff.length} staff, ${services.length} services and ${journey.length} touchpoints into ${tableName}.`,
  );
});

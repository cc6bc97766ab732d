import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CatalogueInvalid } from '../shared/business/invalid.ts';
import { createTable } from '../shared/platform/table/table.ts';
import { parseCatalogue, seed } from '../shared/settings/seed.ts';
import { region } from './local/services/names.ts';

const usage = `npm run seed -- <file.json> --table <name> [--endpoint <url>]

  <file.json>  the catalogue: settings, locations, staff, services, journey; infra/local/demo-salon.json is an example
  --table      the stack's output TableName; \`npm start\` prints the one of this computer
  --endpoint   another DynamoDB than your AWS account's, such as the one that \`npm start\` prints`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { table: { type: 'string' }, endpoint: { type: 'string' } },
});
const [file] = positionals;
const tableName = values.table ?? process.env['TABLE_NAME'];
if (!file || !tableName) {
  console.error(usage);
  process.exit(2);
}
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const client = new DynamoDBClient(values.endpoint ? { endpoint: values.endpoint, region, credentials } : {});
try {
  const catalogue = parseCatalogue(await readFile(file, 'utf8'));
  await seed(createTable(tableName, client), catalogue, Date.now());
  const { locations, staff, services, journey } = catalogue;
  console.log(
    `Loaded ${locations.length} locations, ${staff.length} staff, ${services.length} services and ${journey.length} touchpoints into ${tableName}.`,
  );
} catch (error) {
  console.error(error instanceof CatalogueInvalid ? error.message : error);
  process.exitCode = 1;
}

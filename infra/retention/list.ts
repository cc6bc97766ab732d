import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CatalogueMissing, createCatalogueReader } from '../../shared/business/reader.ts';
import { createTable } from '../../shared/platform/table/table.ts';
import { isoUtc } from '../../shared/platform/time/time.ts';
import { CommandFault, command, readCommandLine } from '../command-line.ts';
import { region } from '../local/services/names.ts';
import { readTraces } from './read.ts';
import { expiredClients } from './rules.ts';

const usage = `npm run retention -- --table <name> [--endpoint <url>]

  Lists the clients of whom nothing is later than \`retention.clientsMonths\` of the settings: no visit, past or ahead, no
  wish to wait. It deletes nothing. It reads the whole table once: about one cent for 40,000 appointments.

  --table      the stack's output TableName; \`npm start\` prints the one of this computer
  --endpoint   another DynamoDB than your AWS account's, such as the one that \`npm start\` prints`;

await command(async () => {
  const options = { table: { type: 'string' }, endpoint: { type: 'string' } } as const;
  const { values, help } = readCommandLine({ usage, options });
  if (!values.table) throw new CommandFault(`Name the table with --table; ${help}`);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient(values.endpoint ? { endpoint: values.endpoint, region, credentials } : {});
  const { settings } = await createCatalogueReader(createTable(values.table, client), Date.now)
    .current()
    .catch((error: unknown) => {
      throw error instanceof CatalogueMissing
        ? new CommandFault('No business is loaded into this table: `npm run seed` does that.')
        : error;
    });
  const { clientsMonths } = settings.retention;
  const { records, traces } = await readTraces(client, values.table);
  const expired = expiredClients(records, traces, Date.now(), clientsMonths);
  for (const { clientId, lastSeen } of expired) console.log(`${clientId}  last seen ${isoUtc(lastSeen).slice(0, 10)}`);
  console.log(
    `${expired.length} of ${records.length} clients have not been seen for ${clientsMonths} months. Nothing was deleted.`,
  );
});

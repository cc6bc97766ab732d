import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CatalogueMissing } from '../shared/business/reader.ts';
import { systemRandom } from '../shared/platform/ids.ts';
import { createTable } from '../shared/platform/table/table.ts';
import { systemClock } from '../shared/platform/time/clock.ts';
import { replanEverything } from '../shared/settings/jobs/replan-all.ts';
import { NotAdoptable, prepareTable } from './adoption.ts';
import { tableContext } from './aws/adopted.ts';

const usage = `npm run adopt -- --table <name>

  Prepares a table that a stack left behind, or that was restored from point-in-time recovery, for a stack that adopts
  it: turns on what it lacks, has the messages of what is booked planned anew, and writes its name into
  cdk.context.json, so that every \`cdk deploy\` from here uses it.

  --table     its name, in the account and region of your credentials
  --context   another file than cdk.context.json`;

const { values } = parseArgs({
  options: { table: { type: 'string' }, context: { type: 'string' } },
});
const { table: tableName, context: contextFile = join(import.meta.dirname, '..', 'cdk.context.json') } = values;
if (!tableName) {
  console.error(usage);
  process.exit(2);
}

const remember = async (streamArn: string): Promise<void> => {
  const text = await readFile(contextFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  await writeFile(contextFile, `${JSON.stringify({ ...JSON.parse(text), [tableContext]: streamArn }, null, 2)}\n`);
};

const client = new DynamoDBClient({});
try {
  const { streamArn, turnedOn } = await prepareTable(client, tableName);
  console.log(turnedOn.length > 0 ? `Turned on: ${turnedOn.join(', ')}.` : 'Everything was on already.');
  const jobId = await replanEverything({
    table: createTable(tableName, client),
    now: systemClock,
    random: systemRandom,
  });
  console.log(
    `Messages and deadlines of what is booked will be planned anew once the stack runs, which must be within 24 hours; the owner follows it at GET /v1/settings/jobs/${jobId}.`,
  );
  await remember(streamArn);
  console.log(`Wrote "${tableContext}": "${streamArn}" into ${contextFile}: keep that file.

Now deploy, with the parameters as ever:

    npx cdk deploy --parameters SenderAddress=… --parameters OwnerEmail=…`);
} catch (error) {
  const expected = error instanceof NotAdoptable || error instanceof CatalogueMissing;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}

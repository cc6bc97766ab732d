import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CatalogueMissing } from '../shared/business/reader.ts';
import { systemRandom } from '../shared/platform/ids.ts';
import { createTable } from '../shared/platform/table/table.ts';
import { systemClock } from '../shared/platform/time/clock.ts';
import { replanEverything } from '../shared/settings/jobs/replan-all.ts';
import { NotAdoptable, prepareTable } from './adoption.ts';
import { tableContext } from './aws/adopted.ts';
import { CommandFault, command, readCommandLine } from './command-line.ts';
import { adoptLinkKeys, type LinkKeysFound, NoKeysThere } from './link-keys/adopt.ts';
import { KeysUnreadable } from './link-keys/ensure.ts';
import { parameterStoreBeside } from './link-keys/parameter-store.ts';

const usage = `npm run adopt -- --table <name>

  Prepares a table that a stack left behind, or that was restored from point-in-time recovery, for a stack that adopts
  it: turns on what it lacks, finds the keys of the links that are out, has the messages of what is booked planned anew, and writes the ARN of its stream
  into cdk.context.json, so that every \`cdk deploy\` from here uses it.

  --table     its name, in the account and region of your credentials
  --keys-of   the table whose keys signed the links that are out, where it isn't this one or the one it was restored from
  --context   another file than cdk.context.json`;

const remember = async (contextFile: string, streamArn: string): Promise<void> => {
  const text = await readFile(contextFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  await writeFile(contextFile, `${JSON.stringify({ ...JSON.parse(text), [tableContext]: streamArn }, null, 2)}\n`);
};

const describeKeys = (keys: LinkKeysFound): string => {
  switch (keys.kind) {
    case 'own':
      return 'Links that are out stay good: their keys are in the Parameter Store under the name of this table.';
    case 'copied':
      return `Links that are out stay good: their keys are copied from those of the table ${keys.from}.`;
    case 'added':
      return `Links that are out stay good: the keys of the table ${keys.from} are added to those of this one.`;
    case 'in table':
      return 'Links that are out stay good: their keys are in the table, and deploying takes them over.';
    case 'none':
      return 'There are no keys of links: those that are out will be refused. If there were some, run this again with --keys-of <the old table>.';
  }
};

const adopt = async (tableName: string, contextFile: string, named: string | undefined): Promise<void> => {
  const client = new DynamoDBClient({});
  const { streamArn, turnedOn, restoredFrom } = await prepareTable(client, tableName);
  console.log(turnedOn.length > 0 ? `Turned on: ${turnedOn.join(', ')}.` : 'Everything was on already.');
  const sources = restoredFrom === undefined ? [] : [restoredFrom];
  const store = parameterStoreBeside(client);
  const keys = await adoptLinkKeys({ store, dynamo: client, tableName, named, sources });
  console.log(describeKeys(keys));
  const jobId = await replanEverything({
    table: createTable(tableName, client),
    now: systemClock,
    random: systemRandom,
  });
  console.log(
    `Messages and deadlines of what is booked will be planned anew once the stack runs, which must be within 24 hours; the owner follows it at GET /v1/settings/jobs/${jobId}.`,
  );
  await remember(contextFile, streamArn);
  console.log(`Wrote "${tableContext}": "${streamArn}" into ${contextFile}: keep that file.

Now deploy, with the parameters as ever:

    npx cdk deploy --parameters SenderAddress=… --parameters OwnerEmail=…`);
};

const expected = [NotAdoptable, NoKeysThere, KeysUnreadable, CatalogueMissing];

await command(async () => {
  const options = { table: { type: 'string' }, context: { type: 'string' }, 'keys-of': { type: 'string' } } as const;
  const { values, help } = readCommandLine({ usage, options });
  const { table, context = join(import.meta.dirname, '..', 'cdk.context.json') } = values;
  if (!table) throw new CommandFault(`Name the table with --table; ${help}`);
  try {
    await adopt(table, context, values['keys-of']);
  } catch (error) {
    throw error instanceof Error && expected.some((kind) => error instanceof kind)
      ? new CommandFault(error.message)
      : error;
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { maxDaysAhead } from '../shared/booking/slots/bounds.ts';
import { systemRandom } from '../shared/platform/ids.ts';
import { day, minute } from '../shared/platform/time/time.ts';
import { keysRetentionMs } from '../shared/platform/tokens/keyring.ts';
import { linkKeysParameter } from '../shared/platform/tokens/link-keys.ts';
import { CommandFault, command, readCommandLine } from './command-line.ts';
import { keysItem } from './link-keys/ensure.ts';
import { parameterStoreBeside } from './link-keys/parameter-store.ts';
import { addKey, dateOf, dropOldKeys, NotRotated, replaceKeys, settlingTime, signWith } from './link-keys/rotate.ts';

/** The link of a review lives longest: 60 days from the end of an appointment, which may be booked so far ahead. */
const longestLinkDays = maxDaysAhead + 62;

const usage = `npm run rotate-links -- --table <name> [--drop-old | --leaked]

  Gives the links in messages another signing key. Whoever has copied the old one can still sign with it: see --leaked.
  No link that is out breaks: a new key goes behind the old one; ${settlingTime / minute} minutes later, when every function verifies by
  it, it goes first, so that new links are signed with it. The old one stays for the links that are out. The command
  waits in between; if it is interrupted, run it again.

  --table     the table's name, in the account and region of your credentials (output TableName of the stack)
  --drop-old  drops the keys that another replaced at least ${longestLinkDays} days ago: their last links have expired
  --leaked    somebody may have read a key, or has left who could: replaces all of them at once. Within ${keysRetentionMs / minute} minutes every link that is out is
              refused, until the next message brings a new one; new links may be refused here and there so long`;

const options = { table: { type: 'string' }, 'drop-old': { type: 'boolean' }, leaked: { type: 'boolean' } } as const;

const placeOf = (tableName: string) => {
  const dynamo = new DynamoDBClient({});
  return { tableName, dynamo, store: parameterStoreBeside(dynamo), parameter: linkKeysParameter(tableName) };
};
type Place = ReturnType<typeof placeOf>;

/** Deletes the copy that stacks before the Parameter Store left in the table: a table restored later would bring the old keys back. */
const forgetCopy = ({ dynamo, tableName }: Place) =>
  dynamo.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: keysItem.pk }, sk: { S: keysItem.sk } } }));

const rotate = async ({ store, parameter, tableName }: Place): Promise<void> => {
  const key = await addKey(store, parameter, systemRandom);
  console.log(`Added a key to ${parameter}. It signs when every function knows it:`);
  for (let left = settlingTime; left > 0; left -= minute) {
    console.log(`  ${left / minute} minutes left`);
    await sleep(minute);
  }
  await signWith(store, parameter, key, Date.now());
  console.log(`The new key signs. In ${longestLinkDays} days: npm run rotate-links -- --table ${tableName} --drop-old`);
};

const act = async (place: Place, { leaked = false, 'drop-old': dropOld = false }): Promise<void> => {
  const { store, parameter } = place;
  if (leaked) {
    await replaceKeys(store, parameter, systemRandom);
    await forgetCopy(place);
    console.log(`Replaced the keys. Links that are out are refused within ${keysRetentionMs / minute} minutes.`);
  } else if (dropOld) {
    const { dropped, nextAt } = await dropOldKeys(store, parameter, { now: Date.now(), life: longestLinkDays * day });
    await forgetCopy(place);
    console.log(dropped > 0 ? `Dropped ${dropped} old ${dropped > 1 ? 'keys' : 'key'}.` : 'There are no old keys.');
    if (nextAt !== undefined) console.log(`Another stays until ${dateOf(nextAt)}, when its last link has expired.`);
  } else {
    await rotate(place);
  }
};

await command(async () => {
  const { values, help } = readCommandLine({ usage, options });
  if (!values.table) throw new CommandFault(`Name the table with --table; ${help}`);
  if (values.leaked && values['drop-old']) throw new CommandFault(`Choose one of --leaked and --drop-old; ${help}`);
  try {
    await act(placeOf(values.table), values);
  } catch (error) {
    throw error instanceof NotRotated ? new CommandFault(error.message) : error;
  }
});

import { Entity } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { string } from 'dynamodb-toolbox/schema/string';
import type { Random } from '../ids.ts';
import type { RegularsTable } from '../table/table.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { minute } from '../time/time.ts';
import type { Keyring } from './tokens.ts';

/** How long a warm function goes on with the keys that it has read. */
export const keysKept = 5 * minute;

/**
 * Signing keys live in the table (encrypted at rest, never in code, environment or logs): whoever can read it has the
 * data that the links protect anyway, and a secret store would be the dearest part of an idle system.
 * The first function to need a key makes it. To rotate, put a new key behind the old one in the item `KEYS`; ten
 * minutes later, when every function verifies by it, put it first, so that it signs. The old one may go when the links
 * that it signed have expired.
 */
export const createKeyring = (table: RegularsTable, random: Random, now: Clock = systemClock): Keyring => {
  const entity = new Entity({
    name: 'Keys',
    table,
    schema: item({
      pk: string().key().const('KEYS').default('KEYS'),
      sk: string().key().const('LINKS').default('LINKS'),
      keys: list(string()),
    }),
    timestamps: false,
  });
  const read = async (): Promise<readonly string[] | undefined> =>
    (await entity.build(GetItemCommand).key({}).options({ consistent: true }).send()).Item?.keys;
  const make = async (): Promise<void> => {
    try {
      await entity
        .build(PutItemCommand)
        .item({ keys: [Buffer.from(random(32)).toString('base64')] })
        .options({ condition: { attr: 'pk', exists: false } })
        .send();
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    }
  };
  const readOrMake = async (): Promise<readonly string[]> => {
    const found = await read();
    if (found) return found;
    await make();
    return (await read()) ?? [];
  };
  let kept: { keys: readonly string[]; at: number } | undefined;
  return {
    async load() {
      if (!kept || Math.abs(now() - kept.at) >= keysKept) kept = { keys: await readOrMake(), at: now() };
      return kept.keys;
    },
  };
};

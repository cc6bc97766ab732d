import { Entity } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { string } from 'dynamodb-toolbox/schema/string';
import type { Random } from './ids.ts';
import type { RegularsTable } from './table.ts';
import type { Keyring } from './tokens.ts';

/**
 * Signing keys live in the table (encrypted at rest, never in code, environment or logs): whoever can read it has the
 * data that the links protect anyway, and a secret store would be the dearest part of an idle system.
 * The first function to need a key makes it. To rotate, put a new key before the old one in the item `KEYS`.
 */
export const createKeyring = (table: RegularsTable, random: Random): Keyring => {
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
  let cached: readonly string[] | undefined;
  return {
    async load() {
      cached ??= await read();
      if (!cached) {
        await make();
        cached = await read();
      }
      return cached ?? [];
    },
  };
};

import { createHash } from 'node:crypto';
import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { languages } from '../../platform/fields.ts';
import { isCommitted } from '../../platform/table/conditional.ts';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { day } from '../../platform/time/time.ts';

/** Days in which a notice of it may come again; its words stand in the client's timeline. */
const kept = 30 * day;

const textEntity = defineEntity({
  name: 'IncomingText',
  attributes: {
    id: string().key(),
    /** E.164. */
    from: string(),
    act: string().enum('stop', 'start', 'help').optional(),
    /** Language of the word. */
    language: string()
      .enum(...languages)
      .optional(),
    /** Owner of the phone. */
    clientId: string().optional(),
    at: number(),
    ...expiring,
  },
  key: ({ id }) => ({ pk: `TEXT#${id}`, sk: 'TEXT' }),
});

export type IncomingText = Omit<FormattedItem<ReturnType<typeof textEntity>>, 'expiresAt'>;

/** An id of ours, 16 characters, that is always the same for a name. */
export const idFrom = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 16);

/** Texts that clients have sent. */
export const createIncomingTexts = (table: RegularsTable) => {
  const entity = textEntity(table);
  const get = async (id: string): Promise<IncomingText | undefined> =>
    (await entity.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item;
  return {
    get,
    /** The text as it was recorded first, by this call or an earlier one. */
    async recordOnce(text: IncomingText): Promise<IncomingText> {
      const put = entity
        .build(PutItemCommand)
        .item({ ...text, expiresAt: expiryAt(text.at + kept) })
        .options({ condition: { attr: 'id', exists: false } })
        .send();
      return (await isCommitted(put)) ? text : ((await get(text.id)) ?? text);
    },
  };
};
export type IncomingTexts = ReturnType<typeof createIncomingTexts>;

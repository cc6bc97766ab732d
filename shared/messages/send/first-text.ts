import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { addressHash, addressPartition } from '../../clients/keys.ts';
import { isCommitted } from '../../platform/table/conditional.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Instant } from '../../platform/time/time.ts';

/** The text that told a number how to stop. */
const firstTextEntity = defineEntity({
  name: 'FirstText',
  attributes: { addressHash: string().key(), message: string(), at: number() },
  key: (key) => ({ pk: addressPartition(key.addressHash), sk: 'FIRST-TEXT' }),
});

/** Numbers of North America, whose carriers want the first text of a sender to say how to stop (CTIA principles, 5.1). */
export const isNorthAmerican = (phone: string): boolean => /^\+1[2-9]\d{9}$/.test(phone);

export const createFirstTexts = (table: RegularsTable) => {
  const entity = firstTextEntity(table);
  return {
    /** True for the first message that asks, whenever it asks again: it may be tried more than once. */
    isFirstTo: (address: string, message: string, at: Instant): Promise<boolean> =>
      isCommitted(
        entity
          .build(PutItemCommand)
          .item({ addressHash: addressHash(address), message, at })
          .options({
            condition: {
              or: [
                { attr: 'message', exists: false },
                { attr: 'message', eq: message },
              ],
            },
          })
          .send(),
      ),
  };
};

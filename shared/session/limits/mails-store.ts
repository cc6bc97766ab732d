import { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { day, type Instant } from '../../platform/time/time.ts';

/** Mails with a code that were asked for on a day of UTC. */
const mailsEntity = defineEntity({
  name: 'CodeMails',
  attributes: {
    /** `staff`, or `nobody`: for addresses that get none. */
    to: string().key(),
    /** Days since 1970. */
    day: number().key(),
    count: number(),
    ...expiring,
  },
  key: ({ to, day: date }) => ({ pk: `ATTEMPTS#MAILS#${to}`, sk: `DAY#${date}` }),
});

export const createMailsStore = (table: RegularsTable) => {
  const entity = mailsEntity(table);
  return {
    /** Counts one more; answers how many there are with it on this day. */
    async count(to: 'staff' | 'nobody', at: Instant): Promise<number> {
      const date = Math.floor(at / day);
      const { Attributes } = await entity
        .build(UpdateItemCommand)
        .item({ to, day: date, count: $add(1), expiresAt: expiryAt((date + 1) * day) })
        .options({ returnValues: 'UPDATED_NEW' })
        .send();
      return Attributes?.count ?? 0;
    },
  };
};
export type MailsStore = ReturnType<typeof createMailsStore>;

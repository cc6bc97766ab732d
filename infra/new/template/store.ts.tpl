import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { defineEntity } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import { isoUtc } from '../platform/time/time.ts';

/** A partition for each month of UTC, so that none grows with the business. */
const partition = (month: string): string => `__PARTITION__#${month}`;

const __camel__Entity = defineEntity({
  name: '__Pascal__',
  attributes: {
    id: string().key(),
    /** Milliseconds since 1970. */
    createdAt: number().key(),
    title: string(),
    /** The `sub` of who created it. */
    by: string(),
  },
  key: ({ id, createdAt }) => ({
    pk: partition(isoUtc(createdAt).slice(0, 7)),
    sk: `${isoUtc(createdAt)}#${id}`,
  }),
});

export type __Pascal__Record = FormattedItem<ReturnType<typeof __camel__Entity>>;

export const create__Pascal__Store = (table: RegularsTable) => {
  const entity = __camel__Entity(table);
  return {
    /** A write of a transaction; it fails where there is one already. */
    create: (record: __Pascal__Record): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item(record)
        .options({ condition: { attr: 'id', exists: false } }),

    /** Newest first; `month` is `YYYY-MM` of UTC. */
    async ofMonth(month: string): Promise<__Pascal__Record[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ partition: partition(month) })
        .options({ reverse: true, maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },
  };
};
export type __Pascal__Store = ReturnType<typeof create__Pascal__Store>;

import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { any } from 'dynamodb-toolbox/schema/any';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import type { Rule } from './recurrence.ts';

const seriesEntity = defineEntity({
  name: 'Series',
  attributes: {
    id: string().key(),
    /** Rises with every change of the rest or of all: two of them never mix. */
    version: number(),
    clientId: string(),
    locationId: string(),
    zone: string(),
    /** The rule as it was asked for. */
    rule: any().castAs<Rule>(),
    services: list(map({ serviceId: string(), staffId: string() })),
    /** In order of their index. */
    appointmentIds: list(string()),
    createdAt: number(),
    updatedAt: number(),
  },
  key: ({ id }) => ({ pk: `SERIES#${id}`, sk: 'SERIES' }),
});

/** Repeating appointments; each of them is an appointment of its own that names this. */
export type Series = FormattedItem<ReturnType<typeof seriesEntity>>;

export const createSeriesStore = (table: RegularsTable) => {
  const entity = seriesEntity(table);
  return {
    async get(id: string): Promise<Series | undefined> {
      return (await entity.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item;
    },
    create: (series: Series): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item(series)
        .options({ condition: { attr: 'id', exists: false } }),
    /** Holds if nobody changed it since `version` was read. */
    replace: (series: Series): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item({ ...series, version: series.version + 1 })
        .options({ condition: { attr: 'version', eq: series.version } }),
  };
};
export type SeriesStore = ReturnType<typeof createSeriesStore>;

import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { locationDay } from '../../booking/appointments/entity.ts';
import { tombstonesFrom } from '../../booking/day-pages/tombstones.ts';
import { blockEntityName } from '../../entities.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import { type Instant, isoUtc, type LocalDate, localMoment } from '../../platform/time/time.ts';

/** A block on one location's day: it stands on every day and at every location that its owner misses. */
export const blockEntity = defineEntity({
  name: blockEntityName,
  attributes: {
    id: string().key(),
    locationId: string().key(),
    date: string().key(),
    /** Owner of the time: a person's, or a room's or piece of equipment's. */
    staffId: string().optional(),
    resourceId: string().optional(),
    from: number(),
    until: number(),
    /** Zone of the owner's diary. */
    zone: string(),
    /** Both ends by its clock, `YYYY-MM-DDTHH:MM`, as staff set them. Absent in items from before they were kept. */
    localFrom: string().optional(),
    localUntil: string().optional(),
    reason: string().optional(),
    by: string(),
    /** Time at which it was put there, or moved with its zone; of all its days the same. */
    at: number(),
    locationPk: string(),
    locationSk: string(),
  },
  key: ({ id, locationId, date }) => ({ pk: partition(id), sk: sortKey(locationId, date) }),
});

const partition = (id: string): string => `BLOCK#${id}`;
const sortKey = (locationId: string, date: LocalDate): string => `DAY#${locationId}#${date}`;

type Stored = FormattedItem<ReturnType<typeof blockEntity>>;
/** Time of a person, a room or a piece of equipment in which nothing is booked. */
export type Block = Omit<Stored, 'locationId' | 'date' | 'locationPk' | 'locationSk'>;

/** One location's day on which a block stands. */
export interface BlockDay {
  locationId: string;
  date: LocalDate;
}

export const createBlockStore = (table: RegularsTable) => {
  const entity = blockEntity(table);
  return {
    /** The block and all days on which it stands; `undefined`: there is none. */
    async find(id: string): Promise<{ block: Block; days: BlockDay[] } | undefined> {
      const { Items: days = [] } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ partition: partition(id) })
        .options({ consistent: true })
        .send();
      const [block] = days;
      return block && { block, days };
    },

    /** A part of a transaction. `instead`: where it stands since that instant; fails when it no longer does. */
    put: (block: Block, { locationId, date }: BlockDay, instead?: Instant): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item({
          ...block,
          localFrom: block.localFrom ?? localMoment(block.from, block.zone),
          localUntil: block.localUntil ?? localMoment(block.until, block.zone),
          locationId,
          date,
          locationPk: locationDay(locationId, date),
          locationSk: `${isoUtc(block.from)}#${block.id}`,
        })
        .options(instead === undefined ? {} : { condition: { attr: 'at', eq: instead } }),

    /** A part of a transaction that takes the block, as it was read, off the day, and tells those who follow that day. */
    leave: (block: Block, { locationId, date }: BlockDay, at: Instant): TransactionWrite => {
      const { id } = block;
      const left = { pk: partition(id), sk: sortKey(locationId, date), id, locationPk: locationDay(locationId, date) };
      return tombstonesFrom(table, { ...left, at }, block.at);
    },
  };
};
export type BlockStore = ReturnType<typeof createBlockStore>;

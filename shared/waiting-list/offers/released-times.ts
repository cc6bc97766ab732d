import { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Interval } from '../../platform/time/intervals.ts';
import { isoUtc } from '../../platform/time/time.ts';

/**
 * A time of a diary that was released in the quiet hours and is offered after them. What released it may have left no other
 * trace, and the schedule that offers it goes with the stack.
 */
const releasedEntity = defineEntity({
  name: 'FreedTime',
  attributes: {
    locationId: string().key(),
    from: number().key(),
    until: number().key(),
    /** The time itself: nobody wants it afterwards. */
    ...expiring,
  },
  key: ({ locationId, from, until }) => ({
    pk: partition(locationId),
    sk: `${isoUtc(from)}#${isoUtc(until)}`,
  }),
});

const partition = (locationId: string): string => `FREED#${locationId}`;

type Released = Interval & { locationId: string };

export const createReleasedTimes = (table: RegularsTable) => {
  const entity = releasedEntity(table);
  return {
    /** The same time twice is once. */
    async remember({ locationId, from, until }: Released): Promise<void> {
      const freed = { locationId, from, until, expiresAt: expiryAt(until) };
      await entity.build(PutItemCommand).item(freed).send();
    },

    /** What is not there is forgotten. */
    async forget({ locationId, from, until }: Released): Promise<void> {
      await entity.build(DeleteItemCommand).key({ locationId, from, until }).send();
    },

    async atLocation(locationId: string): Promise<Released[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ partition: partition(locationId) })
        .options({ consistent: true, maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },
  };
};

import { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import type { OutboxMessage } from '../../background/kinds.ts';
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
    /** The act that released it; absent where it was released before this was kept. */
    gap: string().key().optional(),
    times: list(
      map({
        ownerId: string(),
        from: number(),
        until: number(),
        lesson: string().optional(),
        seats: number().optional(),
      }),
    ).optional(),
    /** The time itself: nobody wants it afterwards. */
    ...expiring,
  },
  key: ({ locationId, from, until, gap }) => ({
    pk: partition(locationId),
    sk: [isoUtc(from), isoUtc(until), ...(gap === undefined ? [] : [gap])].join('#'),
  }),
});

const partition = (locationId: string): string => `FREED#${locationId}`;

type Released = Interval & Pick<Extract<OutboxMessage, { kind: 'freed' }>, 'locationId' | 'gap' | 'times'>;

export const createReleasedTimes = (table: RegularsTable) => {
  const entity = releasedEntity(table);
  return {
    /** The same time of one release twice is once. */
    async remember({ locationId, from, until, gap, times }: Released): Promise<void> {
      const freed = { locationId, from, until, gap, times, expiresAt: expiryAt(until) };
      await entity.build(PutItemCommand).item(freed).send();
    },

    /** Forgets a released time; one that is not there is no error. */
    async forget({ locationId, from, until, gap }: Released): Promise<void> {
      await entity.build(DeleteItemCommand).key({ locationId, from, until, gap }).send();
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

import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import { day, type Instant, isoUtc } from '../../platform/time/time.ts';

/** Time for which staff can look up what came from a source. */
const keptFor = 7 * day;

const partition = (instant: Instant): string => `ONLINE#${isoUtc(instant).slice(0, 10)}`;
const placeOf = (instant: Instant): string => new Date(instant).toISOString();

/** A booking by the public form, in the order in which they came; a partition for each UTC day. */
const onlineEntity = defineEntity({
  name: 'OnlineBooking',
  attributes: {
    /** Milliseconds since 1970. */
    at: number().key(),
    /** The appointment's. */
    id: string().key(),
    /** From where it came, by `householdKey`. */
    household: string(),
    ...expiring,
  },
  key: ({ at, id }) => ({ pk: partition(at), sk: `${placeOf(at)}#${id}` }),
});

export type OnlineBooking = Omit<FormattedItem<ReturnType<typeof onlineEntity>>, 'expiresAt'>;

export const createOnlineStore = (table: RegularsTable) => {
  const entity = onlineEntity(table);
  return {
    /** A part of a transaction. */
    put: (booking: OnlineBooking): TransactionWrite =>
      entity.build(PutTransaction).item({ ...booking, expiresAt: expiryAt(booking.at + keptFor) }),

    /** Those from one instant until before another, which lies within a day of it; the oldest first. */
    async between(from: Instant, until: Instant): Promise<OnlineBooking[]> {
      const days = [...new Set([partition(from), partition(until - 1)])];
      const found = await Promise.all(
        days.map((day) =>
          table
            .build(QueryCommand)
            .entities(entity)
            .query({ partition: day, range: { between: [placeOf(from), placeOf(until)] } })
            .options({ maxPages: Number.POSITIVE_INFINITY, consistent: true })
            .send(),
        ),
      );
      return found.flatMap(({ Items = [] }) => Items);
    },
  };
};
export type OnlineStore = ReturnType<typeof createOnlineStore>;

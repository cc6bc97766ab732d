import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { reviewEntityName } from '../entities.ts';
import { defineEntity, parserOf } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import { isoUtc, localDate } from '../platform/time/time.ts';
import type { Review } from './rules.ts';

const reviewEntity = defineEntity({
  name: reviewEntityName,
  attributes: {
    appointmentId: string().key(),
    clientId: string(),
    locationId: string(),
    zone: string(),
    visitedAt: number(),
    ratings: list(map({ staffId: string(), score: number() })),
    words: string(),
    at: number(),
    changedAt: number().optional(),
    revision: number(),
    locationPk: string(),
    locationSk: string(),
  },
  key: ({ appointmentId }) => ({ pk: `APPOINTMENT#${appointmentId}`, sk: 'REVIEW' }),
});

/** By month, so that no partition grows with the business. */
const locationMonth = (locationId: string, month: string): string => `REVIEWS#${locationId}#${month}`;

export const createReviewStore = (table: RegularsTable) => {
  const entity = reviewEntity(table);
  return {
    async find(appointmentId: string): Promise<Review | undefined> {
      return (await entity.build(GetItemCommand).key({ appointmentId }).options({ consistent: true }).send()).Item;
    },
    /** Newest first; `month` is `YYYY-MM` by the location's clock. */
    async ofMonth(locationId: string, month: string): Promise<Review[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ index: 'byLocation', partition: locationMonth(locationId, month) })
        .options({ reverse: true, maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },
    /** The review as it shall be, if nobody wrote one since `revision - 1`. */
    put: (review: Review): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item({
          ...review,
          locationPk: locationMonth(review.locationId, localDate(review.at, review.zone).slice(0, 7)),
          locationSk: `${isoUtc(review.at)}#${review.appointmentId}`,
        })
        .options({
          condition:
            review.revision === 1 ? { attr: 'revision', exists: false } : { attr: 'revision', eq: review.revision - 1 },
        }),
    /** An item of the stream, unmarshalled. */
    parse: parserOf(entity),
  };
};
export type ReviewStore = ReturnType<typeof createReviewStore>;

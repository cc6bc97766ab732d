import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { goneEntityName } from '../../entities.ts';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import { day, type Instant, isoUtc } from '../../platform/time/time.ts';

/** For so long whoever follows a day by what has changed hears of what has left it. */
const goneFor = 2 * day;

/** Something that has left a location's day: an appointment that moved elsewhere, a block that was removed. */
export const goneEntity = defineEntity({
  name: goneEntityName,
  attributes: {
    pk: string().key(),
    sk: string().key(),
    id: string(),
    /** Time at which it left; milliseconds since 1970. */
    at: number(),
    ...expiring,
    locationPk: string(),
    locationSk: string(),
  },
  key: ({ pk, sk }) => ({ pk, sk }),
});

/**
 * A part of a transaction. What leaves the same day again overwrites the item. `instead`: overwrites what was put there
 * at that instant, and fails where that is gone.
 */
export const tombstonesFrom = (
  table: RegularsTable,
  left: { pk: string; sk: string; id: string; locationPk: string; at: Instant },
  instead?: Instant,
): TransactionWrite =>
  goneEntity(table)
    .build(PutTransaction)
    .item({
      ...left,
      locationSk: `${isoUtc(left.at)}#${left.id}`,
      expiresAt: expiryAt(left.at + goneFor),
    })
    .options(instead === undefined ? {} : { condition: { attr: 'at', eq: instead } });

import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { day } from '../../platform/time/time.ts';

/** Time for which a household or an email address is known by the last sign-in. */
const knownFor = 90 * day;

/** Somebody has signed in here, or under this address. */
const knownEntity = defineEntity({
  name: 'KnownSignIn',
  attributes: {
    /** Keyed hash of a household and a person, or of an email address. */
    holder: string().key(),
    /** The `sub` of the person. */
    sub: string(),
    ...expiring,
  },
  key: ({ holder }) => ({ pk: `ATTEMPTS#${holder}`, sk: 'KNOWN' }),
});

export const createKnownStore = (table: RegularsTable, now: Clock) => {
  const entity = knownEntity(table);
  return {
    /** The `sub` of who has signed in so within ninety days. */
    async find(holder: string): Promise<string | undefined> {
      const { Item } = await entity.build(GetItemCommand).key({ holder }).send();
      // DynamoDB deletes what has expired some days later.
      return Item && Item.expiresAt * 1000 > now() ? Item.sub : undefined;
    },
    async keep(holder: string, sub: string): Promise<void> {
      await entity
        .build(PutItemCommand)
        .item({ holder, sub, expiresAt: expiryAt(now() + knownFor) })
        .send();
    },
  };
};
export type KnownStore = ReturnType<typeof createKnownStore>;

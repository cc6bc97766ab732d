import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { addressHash } from '../../clients/keys.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Instant } from '../../platform/time/time.ts';

const partitionOf = (hash: string): string => `SUPPRESSED#${hash}`;

/** An address to which nothing may be sent any more, or, once lifted, may again. */
const suppressionEntity = defineEntity({
  name: 'Suppression',
  attributes: {
    addressHash: string().key(),
    reason: string(),
    at: number(),
    lifted: boolean().optional(),
    /** What brought it about, where that can come twice: the id of a text. */
    cause: string().optional(),
  },
  key: (key) => ({ pk: partitionOf(key.addressHash), sk: 'SUPPRESSED' }),
});

/** Whoever reads what is sent to the address wants no advertising; outranks every client's older consent. */
const refusalEntity = defineEntity({
  name: 'MarketingRefusal',
  attributes: { addressHash: string().key(), at: number(), how: string() },
  key: (key) => ({ pk: partitionOf(key.addressHash), sk: 'REFUSED' }),
});

export interface Suppression {
  reason: string;
  at: Instant;
  lifted?: boolean | undefined;
  cause?: string | undefined;
}

/** What whoever is at an address has said, whichever client's it is. */
export interface AddressStatus {
  suppression?: Suppression | undefined;
  /** When advertising was refused there last. */
  refusedAt?: Instant | undefined;
}

const lostRace = (error: unknown): boolean => (error as Error).name === 'ConditionalCheckFailedException';

export const createAddresses = (table: RegularsTable) => {
  const suppression = suppressionEntity(table);
  const refusal = refusalEntity(table);

  /** Unless something later is known already: reports and texts overtake each other. */
  const unlessOlder = async (write: Promise<unknown>): Promise<void> => {
    try {
      await write;
    } catch (error) {
      if (!lostRace(error)) throw error;
    }
  };
  const isLater = (at: Instant) => ({
    or: [
      { attr: 'at' as const, exists: false },
      { attr: 'at' as const, lt: at },
    ],
  });

  return {
    async statusOf(address: string): Promise<AddressStatus> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(suppression, refusal)
        .query({ partition: partitionOf(addressHash(address)) })
        .options({ consistent: true })
        .send();
      const status: AddressStatus = {};
      for (const found of Items) {
        if ('reason' in found) status.suppression = found;
        else status.refusedAt = found.at;
      }
      return status;
    },
    async suppress(address: string, written: Suppression): Promise<void> {
      await unlessOlder(
        suppression
          .build(PutItemCommand)
          .item({ addressHash: addressHash(address), ...written })
          .options({ condition: isLater(written.at) })
          .send(),
      );
    },
    /** Whoever is at the address wants nothing more; leaves alone what is stopped already, or was let through later. */
    async stop(address: string, cause: string, at: Instant): Promise<void> {
      await unlessOlder(
        suppression
          .build(PutItemCommand)
          .item({ addressHash: addressHash(address), reason: 'stopped', at, cause })
          .options({
            condition: {
              or: [
                { attr: 'at', exists: false },
                {
                  and: [
                    { attr: 'lifted', eq: true },
                    { attr: 'at', lt: at },
                  ],
                },
              ],
            },
          })
          .send(),
      );
    },
    /** Lets messages through again, if they were stopped before that. */
    async lift(address: string, cause: string, at: Instant): Promise<void> {
      await unlessOlder(
        suppression
          .build(UpdateItemCommand)
          .item({ addressHash: addressHash(address), lifted: true, at, cause })
          .options({
            condition: {
              and: [
                { attr: 'at', lt: at },
                { attr: 'lifted', exists: false },
              ],
            },
          })
          .send(),
      );
    },
    /** No advertising to the address. */
    async refuse(address: string, how: string, at: Instant): Promise<void> {
      await unlessOlder(
        refusal
          .build(PutItemCommand)
          .item({ addressHash: addressHash(address), how, at })
          .options({ condition: isLater(at) })
          .send(),
      );
    },
  };
};

export const isSuppressed = ({ suppression }: AddressStatus): boolean =>
  suppression !== undefined && !suppression.lifted;

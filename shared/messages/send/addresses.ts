import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { proofEntity } from '../../clients/addresses/proofs.ts';
import { addressHash, addressHashes, addressPartition } from '../../clients/keys.ts';
import { isCommitted } from '../../platform/table/conditional.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Instant } from '../../platform/time/time.ts';
import { budgetEntity, type Spent } from './budget.ts';

/** An address to which nothing may be sent any more, or, once lifted, may again. */
const suppressionEntity = defineEntity({
  name: 'Suppression',
  attributes: {
    addressHash: string().key(),
    reason: string(),
    at: number(),
    lifted: boolean().optional(),
    /** Its cause, where that can come twice: the id of a text. */
    cause: string().optional(),
  },
  key: (key) => ({ pk: addressPartition(key.addressHash), sk: 'SUPPRESSED' }),
});

/** Whoever reads what is sent to the address wants no advertising; outranks every client's older consent. */
const refusalEntity = defineEntity({
  name: 'MarketingRefusal',
  attributes: { addressHash: string().key(), at: number(), how: string() },
  key: (key) => ({ pk: addressPartition(key.addressHash), sk: 'REFUSED' }),
});

export interface Suppression {
  reason: string;
  at: Instant;
  lifted?: boolean | undefined;
  cause?: string | undefined;
}

/** Wishes of whoever is at an address, whichever client's it is. */
export interface AddressStatus {
  suppression?: Suppression | undefined;
  /** Time at which advertising was last refused there. */
  refusedAt?: Instant | undefined;
  /** Ids of the clients whose own it is proven to be. */
  provenFor: readonly string[];
  /** Service messages of late. */
  spent?: Spent | undefined;
}

const later = (one: Suppression | undefined, other: Suppression): Suppression =>
  one && one.at >= other.at ? one : other;

export const createAddresses = (table: RegularsTable) => {
  const suppression = suppressionEntity(table);
  const refusal = refusalEntity(table);
  const proof = proofEntity(table);
  const budget = budgetEntity(table);

  /** Unless something later is known already: reports and texts overtake each other. */
  const unlessOlder = async (write: Promise<unknown>): Promise<void> => {
    await isCommitted(write);
  };
  const rowsOf = async (hash: string) => {
    const { Items = [] } = await table
      .build(QueryCommand)
      .entities(suppression, refusal, proof, budget)
      .query({ partition: addressPartition(hash) })
      .options({ consistent: true })
      .send();
    return Items;
  };
  const isLater = (at: Instant) => ({
    or: [
      { attr: 'at' as const, exists: false },
      { attr: 'at' as const, lt: at },
    ],
  });

  const isActiveBefore = (at: Instant) => ({
    and: [
      { attr: 'at' as const, lt: at },
      { attr: 'lifted' as const, exists: false },
    ],
  });

  return {
    /** Counts the later of what stands under the spellings of a phone. */
    async statusOf(address: string): Promise<AddressStatus> {
      const found = (await Promise.all(addressHashes(address).map(rowsOf))).flat();
      const provenFor: string[] = [];
      const status: AddressStatus = { provenFor };
      for (const row of found) {
        if ('clientId' in row) provenFor.push(row.clientId);
        else if ('budgetVersion' in row) status.spent = row;
        else if ('reason' in row) status.suppression = later(status.suppression, row);
        else status.refusedAt = Math.max(status.refusedAt ?? 0, row.at);
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
    /** Parts of a transaction that stops everything; they fail where something later is known. */
    stopping: (
      address: string,
      { reason, how, at }: { reason: string; how: string; at: Instant },
    ): TransactionWrite[] => {
      const hash = addressHash(address);
      const options = { condition: isLater(at) };
      return [
        suppression.build(PutTransaction).item({ addressHash: hash, reason, at }).options(options),
        refusal.build(PutTransaction).item({ addressHash: hash, how, at }).options(options),
      ];
    },
    /** Parts of a transaction that let messages through again, for each spelling that is stopped; they fail where one no longer is. */
    async resuming(address: string, cause: string, at: Instant): Promise<TransactionWrite[]> {
      const found = (await Promise.all(addressHashes(address).map(rowsOf))).flat();
      return found
        .filter((row) => 'reason' in row && !row.lifted)
        .map((row) =>
          suppression
            .build(UpdateTransaction)
            .item({ addressHash: row.addressHash, lifted: true, at, cause })
            .options({ condition: isActiveBefore(at) }),
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
    /** Lets messages through again, if they were stopped before that, under whichever spelling of a phone. */
    async lift(address: string, cause: string, at: Instant): Promise<void> {
      const liftUnder = (hash: string) =>
        unlessOlder(
          suppression
            .build(UpdateItemCommand)
            .item({ addressHash: hash, lifted: true, at, cause })
            .options({ condition: isActiveBefore(at) })
            .send(),
        );
      await Promise.all(addressHashes(address).map(liftUnder));
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

export const isSuppressed = ({ suppression }: Pick<AddressStatus, 'suppression'>): boolean =>
  suppression !== undefined && !suppression.lifted;

/** The mail provider has what was stopped for such a reason on a list of its own. */
export const isListedByProvider = (reason: string): boolean => reason === 'bounced' || reason === 'complained';

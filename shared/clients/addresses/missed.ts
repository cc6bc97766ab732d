import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity } from '../../platform/table/entity.ts';
import { numberIn, readRow } from '../../platform/table/raw-reads.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { addressHash, addressPartition } from '../keys.ts';

const keyOf = (key: { addressHash: string; clientId: string }) => ({
  pk: addressPartition(key.addressHash),
  sk: `MISSED#${key.clientId}`,
});

/**
 * Count of visits the client missed that were booked by staff, or from this address by a link that was sent to it, since
 * staff last lifted them. What anybody can have booked counts on the card alone.
 */
const missedEntity = defineEntity({
  name: 'AddressMissed',
  attributes: { addressHash: string().key(), clientId: string().key(), count: number() },
  key: keyOf,
});

export const createMissed = (table: RegularsTable) => {
  const entity = missedEntity(table);
  return {
    async missedAt(clientId: string, address: string): Promise<number> {
      return numberIn(await readRow(table, keyOf({ addressHash: addressHash(address), clientId }), ['count']), 'count');
    },
    /** A part of a transaction; -1 takes a wrong one back. */
    countMissedAt: (clientId: string, address: string, by: 1 | -1) =>
      entity.build(UpdateTransaction).item({ addressHash: addressHash(address), clientId, count: $add(by) }),
    /** A part of a transaction: what was counted there counts no more. */
    liftMissedAt: (clientId: string, address: string) =>
      entity.build(UpdateTransaction).item({ addressHash: addressHash(address), clientId, count: 0 }),
  };
};

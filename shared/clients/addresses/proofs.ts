import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { addressProofEntityName } from '../../entities.ts';
import { isCommitted } from '../../platform/table/conditional.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import { readRow } from '../../platform/table/raw-reads.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Instant } from '../../platform/time/time.ts';
import { addressHash, addressPartition } from '../keys.ts';

/** `link`: pressed in a message to the address. `visit`: whoever booked with it alone came. */
const proofKinds = ['link', 'staff', 'visit'] as const;

const keyOf = (key: { addressHash: string; clientId: string }) => ({
  pk: addressPartition(key.addressHash),
  sk: `PROVEN#${key.clientId}`,
});

/**
 * An address of the client's card is the client's own; without this it is merely given. It lies beside what was stopped or
 * refused there.
 */
export const proofEntity = defineEntity({
  name: addressProofEntityName,
  attributes: {
    addressHash: string().key(),
    clientId: string().key(),
    at: number(),
    how: string().enum(...proofKinds),
  },
  key: keyOf,
});

export interface Proof {
  address: string;
  clientId: string;
  at: Instant;
  how: (typeof proofKinds)[number];
}

/** Proofs are put once: the first stays. */
export const createProofs = (table: RegularsTable) => {
  const entity = proofEntity(table);
  const item = ({ address, ...proof }: Proof) => ({ ...proof, addressHash: addressHash(address) });
  const options = { condition: { attr: 'clientId' as const, exists: false } };
  return {
    async isProven(clientId: string, address: string): Promise<boolean> {
      return (await readRow(table, keyOf({ addressHash: addressHash(address), clientId }), ['clientId'])) !== undefined;
    },
    /** A part of a transaction; it fails where the address is proven already. */
    proof: (proof: Proof) => entity.build(PutTransaction).item(item(proof)).options(options),
    /** Puts it unless it is there. */
    async prove(proof: Proof): Promise<void> {
      await isCommitted(entity.build(PutItemCommand).item(item(proof)).options(options).send());
    },
  };
};

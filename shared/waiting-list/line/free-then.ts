import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import { readRow, textIn } from '../../platform/table/raw-reads.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import { addDays, type Instant, startOfDay } from '../../platform/time/time.ts';
import type { Waiting } from '../store.ts';
import { decodeStarts, encodeStarts } from './starts.ts';

const keyOf = ({ id }: { id: string }) => ({ pk: `WAITING#${id}`, sk: 'FREE-THEN' });

/**
 * Times that were free when somebody joined, beside the entry: it is read only where one of them is free and may not have
 * been released since. Absent where there were none, and for entries from before this was kept.
 */
const freeThenEntity = defineEntity({
  name: 'WaitingFreeThen',
  attributes: { id: string().key(), starts: string(), ...expiring },
  key: keyOf,
});

export const createFreeThen = (table: RegularsTable) => {
  const entity = freeThenEntity(table);
  return {
    /** A part of the transaction that creates the entry. `starts`: in their order. */
    writes({ id, to, zone }: Pick<Waiting, 'id' | 'to' | 'zone'>, starts: readonly Instant[]): TransactionWrite[] {
      if (starts.length === 0) return [];
      const expiresAt = expiryAt(startOfDay(addDays(to, 2), zone));
      return [entity.build(PutTransaction).item({ id, starts: encodeStarts(starts), expiresAt })];
    },

    async of(id: string): Promise<ReadonlySet<Instant>> {
      return new Set(decodeStarts(textIn(await readRow(table, keyOf({ id }), ['starts']), 'starts')));
    },
  };
};
export type FreeThen = ReturnType<typeof createFreeThen>;

import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import { readRow } from '../../platform/table/raw-reads.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Instant } from '../../platform/time/time.ts';

const keyOf = ({ gap, clientId }: { gap: string; clientId: string }) => ({ pk: `ASKED#${gap}`, sk: clientId });

/** A client who has been offered a time of one release: there is no second offer of it, by whichever place on the list. */
const askedEntity = defineEntity({
  name: 'GapAsked',
  attributes: { gap: string().key(), clientId: string().key(), ...expiring },
  key: keyOf,
});

export const createAsked = (table: RegularsTable) => {
  const entity = askedEntity(table);
  return {
    async has(gap: string, clientId: string): Promise<boolean> {
      return (await readRow(table, keyOf({ gap, clientId }), ['sk'])) !== undefined;
    },
    /** A part of a transaction; it fails where the client has been asked already. `until`: nobody wants the time afterwards. */
    put: (gap: string, clientId: string, until: Instant): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item({ gap, clientId, expiresAt: expiryAt(until) })
        .options({ condition: { attr: 'clientId', exists: false } }),
  };
};
export type Asked = ReturnType<typeof createAsked>;

import { createHash } from 'node:crypto';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { string } from 'dynamodb-toolbox/schema/string';
import { Problem } from './http/problems.ts';
import { defineEntity, expiring, expiryAt } from './table/entity.ts';
import { readRow, textIn } from './table/raw-reads.ts';
import type { RegularsTable } from './table/table.ts';
import type { TransactionWrite } from './table/transact.ts';
import { day, type Instant } from './time/time.ts';

const keyOf = ({ key }: { key: string }) => ({ pk: `IDEMPOTENCY#${key}`, sk: 'ANSWER' });

const entityOf = defineEntity({
  name: 'Idempotency',
  attributes: {
    key: string().key(),
    fingerprint: string(),
    answer: string(),
    ...expiring,
  },
  key: keyOf,
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Remembers for a day what was answered to an Idempotency-Key; written in the transaction of the command itself. */
export const createIdempotency = (table: RegularsTable) => {
  const entity = entityOf(table);
  return {
    /** The answer already given to this key; throws idempotency_mismatch when it was given to another request. */
    async find(key: string, request: unknown): Promise<unknown> {
      const row = await readRow(table, keyOf({ key: sha256(key) }), ['fingerprint', 'answer']);
      if (!row) return undefined;
      if (textIn(row, 'fingerprint') !== sha256(JSON.stringify(request))) {
        throw new Problem('idempotency_mismatch', { detail: 'Use a fresh Idempotency-Key for a new request.' });
      }
      return JSON.parse(textIn(row, 'answer'));
    },
    /** A part of the command's transaction; it fails when the key is taken. */
    remember: (key: string, request: unknown, answer: unknown, at: Instant): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item({
          key: sha256(key),
          fingerprint: sha256(JSON.stringify(request)),
          answer: JSON.stringify(answer),
          expiresAt: expiryAt(at + day),
        })
        .options({ condition: { attr: 'key', exists: false } }),
  };
};
export type Idempotency = ReturnType<typeof createIdempotency>;

import type { Actor, Audit } from '../audit/audit.ts';
import type { Idempotent } from '../platform/idempotent.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { __Pascal__Answer } from './contract.ts';
import type { __Pascal__Store } from './store.ts';
import { view } from './view.ts';

/** Creates one, with its entry in the audit, once for an Idempotency-Key. Throws idempotency_mismatch, busy. */
export const createCreate = (deps: {
  store: Pick<__Pascal__Store, 'create'>;
  audit: Pick<Audit, 'writes'>;
  idempotent: Idempotent;
  now: Clock;
  random: Random;
}) => {
  const { store, audit, idempotent, now, random } = deps;
  return (by: Actor, input: { title: string }, idempotencyKey: string): Promise<__Pascal__Answer> =>
    idempotent(idempotencyKey, ['__name__', input], async () => {
      const record = { id: newId(random), createdAt: now(), title: input.title, by: by.id };
      return {
        answer: view(record),
        writes: [
          store.create(record),
          ...audit.writes(by, { at: record.createdAt, action: '__name__.created', subject: `__name__/${record.id}` }),
        ],
      };
    });
};

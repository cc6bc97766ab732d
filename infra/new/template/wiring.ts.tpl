import type { Audit } from '../audit/audit.ts';
import { createIdempotent } from '../platform/idempotent.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { createCreate } from './create.ts';
import { create__Pascal__Store } from './store.ts';

export interface __Pascal__Deps {
  table: RegularsTable;
  audit: Audit;
  now: Clock;
  random: Random;
}

/** The use cases of the __plain__. */
export const __camel__For = (deps: __Pascal__Deps) => {
  const store = create__Pascal__Store(deps.table);
  return { create: createCreate({ ...deps, store, idempotent: createIdempotent(deps) }), ofMonth: store.ofMonth };
};

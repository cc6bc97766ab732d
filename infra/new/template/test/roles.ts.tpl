import type { Caller } from '../../../shared/platform/http/contract.ts';

/** Who may do what, word for word; `test/proof/api/roles.test.ts` holds the contracts to it. */
export const expected: Record<string, Caller> = {
  create__Pascal__: ['owner', 'manager'],
  list__Pascal__: ['owner', 'manager'],
};

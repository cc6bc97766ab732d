import type { Caller } from '../../../shared/platform/http/contract.ts';

const desk: Caller = ['owner', 'manager', 'reception'];

/** Who may do what, word for word; `test/proof/api/roles.test.ts` holds the contracts to it. */
export const expected: Record<string, Caller> = {
  listOnlineBookings: desk,
  cancelOnlineBookings: desk,
  restoreOnlineBookings: desk,
};

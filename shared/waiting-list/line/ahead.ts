import type { Instant } from '../../platform/time/time.ts';
import { stateOf } from '../rules.ts';
import type { Waiting, WaitingStore } from '../store.ts';

type Ranked = Pick<Waiting, 'ranking'>;

export const isAwaitingProof = ({ ranking }: Ranked): boolean => ranking === 'unproven' || ranking === 'parked';

/** Times are offered to it; to one from before there were rankings if its address is known to be the client's own. */
export const isOffered = (waiting: Ranked): boolean => !isAwaitingProof(waiting);

/** Entries of a client whose days have not passed, in their order; the index is a moment behind. */
export const ahead = async (
  store: Pick<WaitingStore, 'forClient'>,
  clientId: string,
  now: Instant,
): Promise<Waiting[]> =>
  (await store.forClient(clientId)).filter((waiting) => ['waiting', 'offered'].includes(stateOf(waiting, now)));

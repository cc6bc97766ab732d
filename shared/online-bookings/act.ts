import { Problem } from '../platform/http/problems.ts';
import type { Outcome } from './contract.ts';

/** Does the act to one after another: what forbids one leaves that one as it is. Other errors are thrown. */
export const toEach = async (ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<Outcome> => {
  const outcome: Outcome = { done: [], left: [] };
  for (const id of ids) {
    try {
      await act(id);
      outcome.done.push(id);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'busy') throw error;
      outcome.left.push({ id, reason: error.message });
    }
  }
  return outcome;
};

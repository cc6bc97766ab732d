import { createIdempotency } from './idempotency.ts';
import type { Random } from './ids.ts';
import { retry } from './table/retry.ts';
import type { RegularsTable } from './table/table.ts';
import { type TransactionWrite, transact } from './table/transact.ts';
import type { Clock } from './time/clock.ts';

/** A command's writes, and its answer. */
export interface Attempt<T> {
  answer: T;
  writes: readonly TransactionWrite[];
}

/**
 * Commits what an attempt comes to together with its answer, once for an Idempotency-Key: a repetition, even at the
 * same moment, has the same answer. Attempts again when somebody was faster. Throws
 * idempotency_mismatch, busy, and whatever the attempt throws.
 */
export const createIdempotent = (deps: { table: RegularsTable; now: Clock; random: Random }) => {
  const { table, now, random } = deps;
  const idempotency = createIdempotency(table);

  /** For commands that look up more than the earlier answer first: `find`, and if there is none, `commit`. */
  const steps = {
    find: async <T>(key: string, request: unknown) => (await idempotency.find(key, request)) as T | undefined,

    async commit<T>(key: string, request: unknown, attempt: () => Promise<Attempt<T>>): Promise<T> {
      const attemptAndCommit = async (): Promise<T | undefined> => {
        const { answer, writes } = await attempt();
        const remembered = idempotency.remember(key, request, answer, now());
        const { committed, lost } = await transact(table, [remembered, ...writes]);
        if (committed) return answer;
        return lost.has(remembered) ? steps.find<T>(key, request) : undefined;
      };
      // The same request, sent twice at once, may itself have made what is in the way, and what was committed may have
      // been told in a way that nobody heard: then its answer holds.
      const unlessAnswered = async (error: unknown): Promise<T> => {
        const meanwhile = await steps.find<T>(key, request);
        if (meanwhile) return meanwhile;
        throw error;
      };
      return retry(random, attemptAndCommit).catch(unlessAnswered);
    },
  };

  const once = async <T>(key: string, request: unknown, attempt: () => Promise<Attempt<T>>): Promise<T> =>
    (await steps.find<T>(key, request)) ?? steps.commit(key, request, attempt);
  return Object.assign(once, steps);
};
export type Idempotent = ReturnType<typeof createIdempotent>;

import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/ids.ts';
import { persist } from '../platform/persist.ts';
import type { RegularsTable } from '../platform/table.ts';
import { transact, type WritePart } from '../platform/transact.ts';
import { createIdempotency } from './idempotency.ts';

/** What a command would commit, and what it would answer. */
export interface Attempt<T> {
  answer: T;
  parts: readonly WritePart[];
}

/** Of the 15 seconds that the function behind has. */
const patienceSeconds = 10;

/**
 * Commits what an attempt comes to together with its answer, once for an Idempotency-Key: a repetition, even at the
 * same moment, has the same answer. Attempts again when somebody was faster. Throws idempotency_mismatch, busy, and
 * whatever the attempt throws.
 */
export const createOnce = (deps: { table: RegularsTable; now: Clock; random: Random }) => {
  const { table, now, random } = deps;
  const idempotency = createIdempotency(table);
  return async <T>(key: string, request: unknown, attempt: () => Promise<Attempt<T>>): Promise<T> => {
    const answered = async () => (await idempotency.find(key, request)) as T | undefined;
    const before = await answered();
    if (before) return before;

    const commit = async (): Promise<T | undefined> => {
      const { answer, parts } = await attempt();
      const remembered = idempotency.remember(key, request, answer, now());
      const { committed, lost } = await transact(table, [remembered, ...parts]);
      if (committed) return answer;
      return lost.has(remembered) ? answered() : undefined;
    };
    // The same request, sent twice at once, may have taken the time itself: then its answer holds.
    const unlessAnswered = async (error: unknown): Promise<T> => {
      const meanwhile = await answered();
      if (meanwhile) return meanwhile;
      throw error;
    };
    return persist(patienceSeconds, random, () => commit().catch(unlessAnswered));
  };
};
export type Once = ReturnType<typeof createOnce>;

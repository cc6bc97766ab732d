import { deadline } from '../deadline.ts';
import { Problem } from '../http/problems.ts';
import type { Random } from '../ids.ts';

const maxWaitMs = 2_000;

/**
 * Tries until an attempt has a result: `undefined` means that somebody was faster. Between attempts it waits a random
 * while that grows with their number and with how long they take: slow ones tell that a crowd is at the same page, and
 * who comes back together loses together. Throws busy at the invocation's deadline, well within the time that the
 * function has, so that the caller gets an answer and a record of a batch comes again; but tries once in any case: a
 * record that comes late in its batch may be the only one that needs a moment.
 */
export const retry = async <T>(random: Random, attempt: () => Promise<T | undefined>): Promise<T> => {
  const giveUp = deadline();
  for (let attempts = 0; ; attempts += 1) {
    const began = performance.now();
    const result = await attempt();
    if (result !== undefined) return result;
    const [byte = 0] = random(1);
    const longest = Math.min(maxWaitMs, Math.max(10 * 2 ** attempts, 2 * (performance.now() - began)));
    const wait = (longest * (byte + 1)) / 256;
    if (performance.now() + wait >= giveUp) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new Problem('busy', { retryAfter: 2 });
};

import { Problem } from '../http/problems.ts';
import type { Random } from '../ids.ts';

const longestWait = 2_000;

/**
 * Tries until an attempt has a result: `undefined` means that somebody was faster. Between attempts it waits a random
 * while that grows with their number and with how long they take: slow ones tell that a crowd is at the same page, and
 * who comes back together loses together. Gives up with busy after so many seconds, well within the time that the
 * function behind the request has, so that the caller gets an answer.
 */
export const persist = async <T>(
  seconds: number,
  random: Random,
  attempt: () => Promise<T | undefined>,
): Promise<T> => {
  const giveUp = performance.now() + seconds * 1000;
  for (let attempts = 0, began = performance.now(); began < giveUp; attempts += 1, began = performance.now()) {
    const result = await attempt();
    if (result !== undefined) return result;
    const [byte = 0] = random(1);
    const most = Math.min(longestWait, Math.max(10 * 2 ** attempts, 2 * (performance.now() - began)));
    await new Promise((resolve) => setTimeout(resolve, (most * (byte + 1)) / 256));
  }
  throw new Problem('busy', { retryAfter: 2 });
};

import { setTimeout as sleep } from 'node:timers/promises';

/** Counts and prints what holds. The first thing that does not ends the run: later steps stand on earlier ones. */
export const createSteps = () => {
  let passed = 0;
  return {
    get passed() {
      return passed;
    },
    async step<T>(sentence: string, act: () => Promise<T>): Promise<T> {
      const started = Date.now();
      try {
        const result = await act();
        passed += 1;
        console.log(`✓ ${sentence} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
        return result;
      } catch (error) {
        console.log(`✗ ${sentence}`);
        throw error;
      }
    },
  };
};
export type Steps = ReturnType<typeof createSteps>;

/** Asks again and again until there is an answer; says what was missing when the time is over. */
export const until = async <T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined | false>,
): Promise<T> => {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}`);
    await sleep(500);
  }
};

export const untilInstant = async (instant: number): Promise<void> => {
  await sleep(Math.max(0, instant - Date.now()));
};

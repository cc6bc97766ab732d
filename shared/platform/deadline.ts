import { AsyncLocalStorage } from 'node:async_hooks';

/** Time that an invocation has left, as Lambda tells it. */
export interface TimeLimit {
  getRemainingTimeInMillis(): number;
}

/** On the clock of `performance.now()`, in milliseconds. */
const deadlines = new AsyncLocalStorage<number>();

/** Leaves room for an attempt that begins just before the deadline, and for the answer. */
const keptForTheEnd = 1 / 3;

/** Holds where no invocation has set a deadline: in scripts and tests. */
const withoutLimitMs = 10_000;

/**
 * Does the work of one invocation, with all that it starts, under a deadline: two thirds of the time that it has left,
 * and `mostMs` at most. All records of a batch share it. Without a limit (a script, a test) the default holds,
 * 10 seconds for each `retry`.
 */
export const withDeadline = <T>(
  limit: Partial<TimeLimit> | undefined,
  work: () => T,
  mostMs = Number.POSITIVE_INFINITY,
): T => {
  const remaining = limit?.getRemainingTimeInMillis?.();
  if (remaining === undefined) return work();
  return deadlines.run(performance.now() + Math.min(mostMs, remaining * (1 - keptForTheEnd)), work);
};

/** The moment, on the clock of `performance.now()`, from which nothing more is attempted. */
export const deadline = (): number => deadlines.getStore() ?? performance.now() + withoutLimitMs;

import type { ProblemBody } from '../../shared/platform/http/contract.ts';

/** What a call of the typed client came to. */
type Outcome<T, P extends ProblemBody = ProblemBody> = { ok: true; data: T } | { ok: false; problem: P };

/** What was answered; anything but success is a fault of the test. */
export const dataOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.data;
};

/** The refusal; success is a fault of the test. */
export const problemOf = <P extends ProblemBody>(outcome: Outcome<unknown, P>): P => {
  if (outcome.ok) throw new Error('It was not refused');
  return outcome.problem;
};

/** `done`, or the code of the problem. */
export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.problem.code);

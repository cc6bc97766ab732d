import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import type { Visitor } from '../frame/visitor.ts';
import type { Words } from './index.ts';

interface ProblemText {
  title: string;
  text?: string | undefined;
}

const isNamed = (words: Words, code: string): code is keyof Words['problems'] => Object.hasOwn(words.problems, code);

/** Too many at once. */
export const canBeWaitedFor = ({ code, retryAfter }: ProblemBody): boolean =>
  code === 'too_many_requests' && retryAfter !== undefined;

/** Too many appointments ahead, which no waiting helps. */
const hasTooManyAhead = ({ code, retryAfter }: ProblemBody): boolean =>
  code === 'too_many_requests' && retryAfter === undefined;

/** The API's problem in the visitor's words; where there are none, the API's own. */
export const problemWords = ({ words }: Visitor, problem: ProblemBody): ProblemText => {
  if (hasTooManyAhead(problem)) return words.problems.too_many_ahead;
  if (isNamed(words, problem.code)) return words.problems[problem.code];
  if (problem.code === 'invalid_request') return words.problems.unprocessable;
  if (problem.code === 'changed_meanwhile') return words.problems.status_conflict;
  return { title: problem.title, text: problem.detail };
};

/** Says when trying again makes sense. */
export const retryWords = ({ words, format }: Visitor, { retryAfter = 1 }: ProblemBody): string =>
  words.tryAgain(
    retryAfter < 90 ? format.count(retryAfter, words.seconds) : format.count(Math.ceil(retryAfter / 60), words.minutes),
  );

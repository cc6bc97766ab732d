import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import type { DiaryPage } from '../day-pages/pages.ts';

/** Some ten kilobytes each. */
const mostKept = 500;

/**
 * State of a diary as far as free times go by it: changes with every write of its pages, when a hold expires, and by the
 * minute, since times are offered from one minute on until another.
 */
export const stateOf = (pages: ReadonlyMap<string, readonly DiaryPage[]>, now: Instant): string => {
  const versions = [...pages.values()].flatMap((days) => days.map(({ version, busy }) => `${version}.${busy.length}`));
  return [Math.floor(now / minute), Math.ceil(now / minute), ...versions].join(' ');
};

/**
 * Answers made before, each given again for as long as all that it was made of is the same: visitors ask for the same
 * weeks, and to work one out takes as long as to read the diary. Nothing is ever answered that the diary, which is read
 * for every request, doesn't say.
 */
export const createAnswers = <T>() => {
  let of: CatalogueIndex | undefined;
  const kept = new Map<string, { state: string; answer: T }>();

  return (catalogueIndex: CatalogueIndex, question: string, state: string, make: () => T): T => {
    if (of !== catalogueIndex) kept.clear();
    of = catalogueIndex;
    const known = kept.get(question);
    if (known?.state === state) return known.answer;
    const answer = make();
    kept.delete(question);
    kept.set(question, { state, answer });
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > mostKept) kept.delete(oldest);
    return answer;
  };
};

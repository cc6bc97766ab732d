import type { Review } from '../api.ts';
import type { FieldFault } from '../frame/parts/field-fault.ts';
import type { Words } from '../i18n/index.ts';
import { isScore, scoreField } from './scores.ts';

export interface ReviewEntry {
  /** By id of the person. */
  scores: Record<string, number>;
  words: string;
}

export const givenEntry = (review: Review): ReviewEntry => ({
  scores: Object.fromEntries((review.review?.ratings ?? []).map(({ staffId, score }) => [staffId, score])),
  words: review.review?.words ?? '',
});

export const readReview = (review: Review, form: URLSearchParams): ReviewEntry => ({
  scores: Object.fromEntries(
    review.staff.flatMap(({ id }) => {
      const score = Number(form.get(scoreField(id)));
      return isScore(score) ? [[id, score]] : [];
    }),
  ),
  words: form.get('words') ?? '',
});

/** Everyone who took part gets stars. */
export const missingScores = (review: Review, entry: ReviewEntry, words: Words): FieldFault[] =>
  review.staff
    .filter(({ id }) => entry.scores[id] === undefined)
    .map(({ id, name }) => ({ field: scoreField(id), text: words.faults.scoreMissing(name) }));

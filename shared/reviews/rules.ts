import { unprocessable } from '../platform/http/problems.ts';
import { day, localDate } from '../platform/time/time.ts';

export interface Review {
  appointmentId: string;
  clientId: string;
  locationId: string;
  zone: string;
  visitedAt: number;
  ratings: { staffId: string; score: number }[];
  words: string;
  /** Time of the first version; milliseconds since 1970. */
  at: number;
  /** Instant at which this version was written; absent in what is from before it was kept. */
  changedAt?: number | undefined;
  /** 1, 2, … */
  revision: number;
}

/** Input of the client; the rest follows from the visit. */
export type GivenReview = Pick<Review, 'ratings' | 'words'>;

/** This and less tells the manager. */
export const lowScore = 3;

export const lowest = ({ ratings }: Pick<Review, 'ratings'>): number => Math.min(...ratings.map(({ score }) => score));

/** The local day of this version: the manager hears of a low score once a day, however often it is changed. */
export const dayOf = ({ changedAt, at, zone }: Pick<Review, 'changedAt' | 'at' | 'zone'>): string =>
  localDate(changedAt ?? at, zone);

/** A review can be changed for a week after it was first written. */
export const changeableUntil = ({ at }: Pick<Review, 'at'>): number => at + 7 * day;

/** One score for each person of the visit, no more, no less. Throws unprocessable that names them. */
export const checkRatings = (ratings: Review['ratings'], staffIds: readonly string[]): void => {
  const known = [...staffIds];
  ratings.forEach(({ staffId }, index) => {
    if (!known.includes(staffId)) throw unprocessable(`ratings[${index}].staffId`, 'was not part of this visit', known);
    if (ratings.findIndex((other) => other.staffId === staffId) !== index) {
      throw unprocessable(`ratings[${index}].staffId`, 'is rated twice');
    }
  });
  const missing = known.find((id) => !ratings.some(({ staffId }) => staffId === id));
  if (missing) throw unprocessable('ratings', `lacks a score for "${missing}"`, known);
};

const inOrder = (ratings: Review['ratings']): string =>
  ratings
    .map(({ staffId, score }) => `${staffId}=${score}`)
    .sort()
    .join();

/** The same scores and words: pressing twice is pressing once. */
export const isSame = (one: GivenReview, other: GivenReview): boolean =>
  one.words === other.words && inOrder(one.ratings) === inOrder(other.ratings);

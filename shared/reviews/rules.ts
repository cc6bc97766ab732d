import { day } from '../platform/time/time.ts';

export interface Review {
  appointmentId: string;
  clientId: string;
  locationId: string;
  zone: string;
  visitedAt: number;
  ratings: { staffId: string; score: number }[];
  words: string;
  /** Of the first version; milliseconds since 1970. */
  at: number;
  /** 1, 2, … */
  revision: number;
}

/** This and less tells the manager. */
export const lowScore = 3;

export const lowest = ({ ratings }: Pick<Review, 'ratings'>): number => Math.min(...ratings.map(({ score }) => score));

/** A review can be changed for a week after it was first written. */
export const changeableUntil = ({ at }: Pick<Review, 'at'>): number => at + 7 * day;

import type { Consumers } from '../background/kinds.ts';
import { lowScoreNoticeFor } from './wiring.ts';

/** Messages about reviews that fall due. */
export const reviewMessages = (deps: Parameters<typeof lowScoreNoticeFor>[0]): Pick<Consumers, 'low-score'> => ({
  'low-score': lowScoreNoticeFor(deps),
});

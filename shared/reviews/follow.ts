import type { Outbox } from '../background/kinds.ts';
import type { Follower } from '../background/stream.ts';
import { reviewEntityName } from '../entities.ts';
import { dayOf, lowest, lowScore, type Review } from './rules.ts';
import type { ReviewStore } from './store.ts';

/** Has the manager told of a score that has become low. */
export const createReviewFollower = (deps: {
  reviews: Pick<ReviewStore, 'parse'>;
  outbox: Outbox;
}): Follower<Review> => ({
  entity: reviewEntityName,
  parse: deps.reviews.parse,
  async changed(before, after) {
    if (!after || lowest(after) > lowScore || (before && lowest(before) <= lowScore)) return;
    const { appointmentId, revision } = after;
    await deps.outbox.send({ kind: 'low-score', appointmentId, revision, day: dayOf(after) });
  },
});

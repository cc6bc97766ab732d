import type { Appointment } from '../booking/appointments/appointments.ts';
import type { Clients } from '../clients/clients.ts';
import { Problem } from '../platform/http/problems.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Instant } from '../platform/time/time.ts';
import { reviewClosed } from './problems.ts';
import { changeableUntil, type GivenReview, isSame, type Review } from './rules.ts';
import type { ReviewStore } from './store.ts';

/** Throws review_closed. */
const mustBeChangeable = (before: Review, now: Instant): void => {
  if (now > changeableUntil(before)) {
    throw new Problem(reviewClosed, { detail: 'A review can be changed for a week.' });
  }
};

const reviewOf = (
  { id: appointmentId, clientId, locationId, zone, startsAt: visitedAt }: Appointment,
  given: GivenReview,
  { at, revision }: Pick<Review, 'at' | 'revision'>,
  changedAt: Instant,
): Review => ({
  appointmentId,
  clientId,
  locationId,
  zone,
  visitedAt,
  ...given,
  at,
  changedAt,
  revision: revision + 1,
});

/** Writes the one review of a visit, or changes it. Throws review_closed, changed_meanwhile, busy. */
export const createGiveReview = (deps: {
  table: RegularsTable;
  reviews: Pick<ReviewStore, 'find' | 'put'>;
  clients: Pick<Clients, 'entry'>;
  now: Clock;
  random: Random;
}) => {
  const { table, reviews, clients, now, random } = deps;

  /** Writes it over the one that was read before; without one, as the first. */
  const write = async (appointment: Appointment, given: GivenReview, before: Review | undefined) => {
    const review = reviewOf(appointment, given, before ?? { at: now(), revision: 0 }, now());
    const { appointmentId, clientId } = review;
    const type = before ? 'review.changed' : 'review.given';
    const entry = clients.entry({ clientId, at: now(), id: newId(random), type, by: 'client', appointmentId });
    return { review, ...(await transact(table, [reviews.put(review), entry])) };
  };

  return async (appointment: Appointment, given: GivenReview): Promise<Review> => {
    let raced = false;
    return retry(random, async () => {
      const before = await reviews.find(appointment.id);
      if (before) mustBeChangeable(before, now());
      if (before && isSame(before, given)) return before;
      if (raced) throw new Problem('changed_meanwhile');
      const { review, committed, lost } = await write(appointment, given, before);
      raced = lost.size > 0;
      return committed ? review : undefined;
    });
  };
};

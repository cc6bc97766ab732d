import type { Appointment } from '../booking/appointments/appointments.ts';
import type { Clients } from '../clients/clients.ts';
import { Problem } from '../platform/http/problems.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { reviewClosed } from './problems.ts';
import { changeableUntil, type GivenReview, isSame, type Review } from './rules.ts';
import type { ReviewStore } from './store.ts';

/** Writes the one review of a visit, or changes it. Throws review_closed, changed_meanwhile, busy. */
export const createGiveReview = (deps: {
  table: RegularsTable;
  reviews: Pick<ReviewStore, 'find' | 'put'>;
  clients: Pick<Clients, 'entry'>;
  now: Clock;
  random: Random;
}) => {
  const { table, reviews, clients, now, random } = deps;
  return async (appointment: Appointment, given: GivenReview): Promise<Review> => {
    let raced = false;
    return retry(random, async () => {
      const before = await reviews.find(appointment.id);
      if (before && now() > changeableUntil(before)) {
        throw new Problem(reviewClosed, { detail: 'A review can be changed for a week.' });
      }
      if (before && isSame(before, given)) return before;
      if (raced) throw new Problem('changed_meanwhile');
      const { id: appointmentId, clientId, locationId, zone, startsAt: visitedAt } = appointment;
      const { at = now(), revision = 0 } = before ?? {};
      const review = { appointmentId, clientId, locationId, zone, visitedAt, ...given, at, revision: revision + 1 };
      const type = before ? 'review.changed' : 'review.given';
      const entry = clients.entry({ clientId, at: now(), id: newId(random), type, by: 'client', appointmentId });
      const { committed, lost } = await transact(table, [reviews.put(review), entry]);
      raced = lost.size > 0;
      return committed ? review : undefined;
    });
  };
};

import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { servicesOf } from '../booking/appointments/view.ts';
import type { Directory } from '../business/directory.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { Language } from '../platform/fields.ts';
import { Problem, unprocessable } from '../platform/http/problems.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoWithOffset, localDate } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { getReviewByLink, listReviews, putReviewByLink, type ReviewAnswer } from './contract.ts';
import { changeableUntil, type Review } from './rules.ts';
import { createReviewStore } from './store.ts';

export const createReviews = (table: RegularsTable) => {
  const { find, parse } = createReviewStore(table);
  return { find, parse };
};
export type Reviews = ReturnType<typeof createReviews>;

const peopleOf = (directory: Directory, appointment: Appointment, language: Language): ReviewAnswer['staff'] => {
  const byPerson = Map.groupBy(servicesOf(directory, appointment, language), ({ staff }) => staff.id);
  return [...byPerson.values()].flatMap((lines) => {
    const [first] = lines;
    return first ? [{ ...first.staff, services: lines.map(({ name }) => name) }] : [];
  });
};

/** One score for each person of the visit, no more, no less. */
const checkRatings = (ratings: Review['ratings'], people: ReviewAnswer['staff']): void => {
  const ids = people.map(({ id }) => id);
  ratings.forEach(({ staffId }, index) => {
    if (!ids.includes(staffId)) throw unprocessable(`ratings[${index}].staffId`, 'was not part of this visit', ids);
    if (ratings.findIndex((other) => other.staffId === staffId) !== index) {
      throw unprocessable(`ratings[${index}].staffId`, 'is rated twice');
    }
  });
  const missing = ids.find((id) => !ratings.some(({ staffId }) => staffId === id));
  if (missing) throw unprocessable('ratings', `lacks a score for "${missing}"`, ids);
};

const inOrder = (ratings: Review['ratings']): string =>
  ratings
    .map(({ staffId, score }) => `${staffId}=${score}`)
    .sort()
    .join();

/** Pressing twice is pressing once. */
const says = (review: Review, { ratings, words }: Pick<Review, 'ratings' | 'words'>): boolean =>
  review.words === words && inOrder(review.ratings) === inOrder(ratings);

export const reviewBindings = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  appointments: Appointments;
  clients: Clients;
  tokens: Tokens;
  now: Clock;
  random: Random;
}): Binding[] => {
  const { table, catalogue, appointments, clients, tokens, now, random } = deps;
  const store = createReviewStore(table);

  const visitBehind = async (token: string): Promise<Appointment> => {
    const { subject } = await tokens.verify(token, 'review');
    const appointment = await appointments.get(subject);
    if (appointment?.status !== 'completed') throw new Problem('link_invalid');
    return appointment;
  };

  /** Throws review_closed, changed_meanwhile, busy. */
  const write = async (appointment: Appointment, given: Pick<Review, 'ratings' | 'words'>): Promise<Review> => {
    let raced = false;
    return retry(random, async () => {
      const before = await store.find(appointment.id);
      if (before && now() > changeableUntil(before)) {
        throw new Problem('review_closed', { detail: 'A review can be changed for a week.' });
      }
      if (before && says(before, given)) return before;
      if (raced) throw new Problem('changed_meanwhile');
      const { id: appointmentId, clientId, locationId, zone, startsAt: visitedAt } = appointment;
      const { at = now(), revision = 0 } = before ?? {};
      const review = { appointmentId, clientId, locationId, zone, visitedAt, ...given, at, revision: revision + 1 };
      const type = before ? 'review.changed' : 'review.given';
      const entry = clients.entry({ clientId, at: now(), id: newId(random), type, by: 'client', appointmentId });
      const { committed, lost } = await transact(table, [store.put(review), entry]);
      raced = lost.size > 0;
      return committed ? review : undefined;
    });
  };

  const answer = (
    directory: Directory,
    appointment: Appointment,
    review: Review | undefined,
    language: Language,
  ): ReviewAnswer => {
    const { zone, contact, startsAt } = appointment;
    return {
      firstName: contact.firstName,
      language,
      business: directory.settings.name,
      visitedAt: isoWithOffset(startsAt, zone),
      staff: peopleOf(directory, appointment, language),
      publicReviewUrl: directory.location(appointment.locationId)?.publicReviewUrl,
      ...(review && {
        review: { ratings: review.ratings, words: review.words, at: isoWithOffset(review.at, zone) },
        changeableUntil: isoWithOffset(changeableUntil(review), zone),
      }),
    };
  };

  return [
    bind(getReviewByLink, async ({ params, query }) => {
      const appointment = await visitBehind(params.token);
      const review = await store.find(appointment.id);
      return answer(await catalogue.recent(), appointment, review, query.language ?? appointment.contact.language);
    }),

    bind(putReviewByLink, async ({ params, body: { ratings, words } }) => {
      const directory = await catalogue.recent();
      const appointment = await visitBehind(params.token);
      const { language } = appointment.contact;
      checkRatings(ratings, peopleOf(directory, appointment, language));
      return answer(directory, appointment, await write(appointment, { ratings, words }), language);
    }),

    bind(listReviews, async ({ query: { locationId, month } }) => {
      (await catalogue.recent()).needLocation(locationId, 'locationId');
      const reviews = await store.ofMonth(locationId, month);
      return {
        reviews: reviews.map(({ appointmentId, clientId, visitedAt, zone, ratings, words, at }) => ({
          appointmentId,
          clientId,
          date: localDate(visitedAt, zone),
          ratings,
          words,
          at: isoWithOffset(at, zone),
        })),
      };
    }),
  ];
};

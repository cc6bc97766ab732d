import type { Appointment } from '../booking/appointments/appointments.ts';
import { servicesOf } from '../booking/appointments/view.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { Language } from '../platform/fields.ts';
import { isoWithOffset, localDate } from '../platform/time/time.ts';
import type { ReviewAnswer } from './contract.ts';
import { changeableUntil, type Review } from './rules.ts';

/** Staff who can be rated for a visit, each once, with their services. */
export const peopleOf = (
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  language: Language,
): ReviewAnswer['staff'] => {
  const byPerson = Map.groupBy(servicesOf(catalogueIndex, appointment, language), ({ staff }) => staff.id);
  return [...byPerson.values()].flatMap((lines) => {
    const [first] = lines;
    return first ? [{ ...first.staff, services: lines.map(({ name }) => name) }] : [];
  });
};

/** View of a visit and its review for the client. */
export const reviewView = (
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  review: Review | undefined,
  language: Language,
): ReviewAnswer => {
  const { zone, contact, startsAt } = appointment;
  return {
    firstName: contact.firstName,
    language,
    business: catalogueIndex.settings.name,
    visitedAt: isoWithOffset(startsAt, zone),
    staff: peopleOf(catalogueIndex, appointment, language),
    publicReviewUrl: catalogueIndex.location(appointment.locationId)?.publicReviewUrl,
    ...(review && {
      review: { ratings: review.ratings, words: review.words, at: isoWithOffset(review.at, zone) },
      changeableUntil: isoWithOffset(changeableUntil(review), zone),
    }),
  };
};

/** View of a review for staff, in a list. */
export const listedReview = ({ appointmentId, clientId, visitedAt, zone, ratings, words, at }: Review) => ({
  appointmentId,
  clientId,
  date: localDate(visitedAt, zone),
  ratings,
  words,
  at: isoWithOffset(at, zone),
});

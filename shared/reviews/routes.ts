import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { getReviewByLink, listReviews, putReviewByLink } from './contract.ts';
import { createGiveReview } from './give.ts';
import { createListReviews } from './list.ts';
import { checkRatings } from './rules.ts';
import { createReviewStore } from './store.ts';
import { reviewPurpose } from './token.ts';
import { peopleOf, reviewView } from './view.ts';

/** Reviews by the links of those who were there. */
export const reviewLinkBindings = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get'>;
  clients: Clients;
  tokens: Tokens;
  now: Clock;
  random: Random;
}): Binding[] => {
  const { table, catalogue, appointments, tokens } = deps;
  const reviews = createReviewStore(table);
  const give = createGiveReview({ ...deps, reviews });

  const visitBehind = async (token: string): Promise<Appointment> => {
    const { subject } = await tokens.verify(token, reviewPurpose);
    const appointment = await appointments.get(subject);
    if (appointment?.status !== 'completed') throw new Problem('link_invalid');
    return appointment;
  };

  return [
    bind(getReviewByLink, async ({ params, query }) => {
      const appointment = await visitBehind(params.token);
      const review = await reviews.find(appointment.id);
      return reviewView(await catalogue.recent(), appointment, review, query.language ?? appointment.contact.language);
    }),

    bind(putReviewByLink, async ({ params, body: { ratings, words } }) => {
      const catalogueIndex = await catalogue.recent();
      const appointment = await visitBehind(params.token);
      const { language } = appointment.contact;
      const people = peopleOf(catalogueIndex, appointment, language);
      checkRatings(
        ratings,
        people.map(({ id }) => id),
      );
      return reviewView(catalogueIndex, appointment, await give(appointment, { ratings, words }), language);
    }),
  ];
};

/** What the business hears of its reviews. */
export const reviewBindings = ({
  table,
  catalogue,
}: {
  table: RegularsTable;
  catalogue: CatalogueReader;
}): Binding[] => {
  const list = createListReviews({ catalogue, reviews: createReviewStore(table) });
  return [bind(listReviews, ({ query: { locationId, month } }) => list(locationId, month))];
};

import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { createPressed } from '../clients/addresses/pressed.ts';
import type { Clients } from '../clients/clients.ts';
import { mustWorkAt } from '../people/access/rules.ts';
import { accessFor } from '../people/wiring.ts';
import type { Channel } from '../platform/fields.ts';
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
import { behindReviewLink } from './token.ts';
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

  const pressed = createPressed(deps);

  const visitBehind = async (token: string): Promise<{ appointment: Appointment; writtenTo: Channel | undefined }> => {
    const { id, writtenTo } = await behindReviewLink(tokens, token);
    const appointment = await appointments.get(id);
    if (appointment?.status !== 'completed') throw new Problem('link_invalid');
    return { appointment, writtenTo };
  };

  return [
    bind(getReviewByLink, async ({ params, query }) => {
      const { appointment } = await visitBehind(params.token);
      const review = await reviews.find(appointment.id);
      return reviewView(await catalogue.recent(), appointment, review, query.language ?? appointment.contact.language);
    }),

    bind(putReviewByLink, async ({ params, body: { ratings, words } }) => {
      const catalogueIndex = await catalogue.recent();
      const { appointment, writtenTo } = await visitBehind(params.token);
      const { language } = appointment.contact;
      const people = peopleOf(catalogueIndex, appointment, language);
      checkRatings(
        ratings,
        people.map(({ id }) => id),
      );
      const review = await give(appointment, { ratings, words });
      if (writtenTo) await pressed(appointment, writtenTo);
      return reviewView(catalogueIndex, appointment, review, language);
    }),
  ];
};

/** Routes by which the business reads its reviews. */
export const reviewBindings = ({
  table,
  catalogue,
}: {
  table: RegularsTable;
  catalogue: CatalogueReader;
}): Binding[] => {
  const list = createListReviews({ catalogue, reviews: createReviewStore(table) });
  const accessOf = accessFor({ catalogue });
  return [
    bind(listReviews, async ({ query: { locationId, month }, context }) => {
      mustWorkAt(await accessOf(context), locationId);
      return list(locationId, month);
    }),
  ];
};

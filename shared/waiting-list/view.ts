import type * as z from 'zod';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { Channel, Language } from '../platform/fields.ts';
import { type Instant, isoWithOffset } from '../platform/time/time.ts';
import { behindLink, signLink } from '../platform/tokens/sent-links.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { waitingAnswer, waitingEntryAnswer } from './contract.ts';
import { isOfAnswer, lastOffer, offerNow, rankingOf, stateOf } from './rules.ts';
import { answerLinkEndsAt, linkEndsAt, type Waiting } from './store.ts';

const waitingPurpose = 'waiting';
const waitingEmailPurpose = 'waiting-email';
const waitingSmsPurpose = 'waiting-sms';
const waitingLink = { answer: waitingPurpose, email: waitingEmailPurpose, sms: waitingSmsPurpose };

/**
 * A link that was sent works for as long as an entry that ranks is kept, that of the answer to joining as long as one whose
 * address nobody proves. `writtenTo`: the channel of the message in which it stands.
 */
export const waitingToken = (
  tokens: Tokens,
  waiting: Pick<Waiting, 'id' | 'to' | 'zone' | 'ranking' | 'createdAt'>,
  writtenTo?: Channel,
): Promise<string> => {
  const endsAt = isOfAnswer(waiting, writtenTo) ? answerLinkEndsAt(waiting) : linkEndsAt(waiting);
  return signLink(tokens, waitingLink, waiting.id, endsAt, writtenTo);
};

/** The entry that a waiting link opens, and the channel by which it was sent. Throws link_invalid, link_expired. */
export const behindWaitingToken = (tokens: Tokens, token: string) => behindLink(tokens, waitingLink, token);

const entryView = (catalogueIndex: CatalogueIndex, waiting: Waiting, language: Language, now: Instant) => {
  const { id, zone, seats, from, to, weekdays, timesOfDay } = waiting;
  const nameOf = (personId: string) => ({ id: personId, name: catalogueIndex.person(personId)?.name ?? personId });
  const offer = offerNow(waiting, now);
  const last = lastOffer(waiting, now);
  return {
    id,
    status: stateOf(waiting, now),
    zone,
    services: waiting.services.map((serviceId) => {
      const service = catalogueIndex.service(serviceId);
      return { id: serviceId, name: service ? catalogueIndex.text(service.name, language) : serviceId };
    }),
    staff: waiting.staff.map(nameOf),
    seats,
    from,
    to,
    weekdays,
    timesOfDay,
    offer: offer && {
      id: offer.id,
      startsAt: isoWithOffset(offer.startsAt, zone),
      endsAt: isoWithOffset(offer.endsAt, zone),
      staff: [...new Set(offer.staff)].map(nameOf),
      expiresAt: isoWithOffset(offer.expiresAt, zone),
    },
    lastOffer: last && { startsAt: isoWithOffset(last.startsAt, zone), outcome: last.outcome },
  };
};

/** View for whoever holds the link, without the token. */
export const waitingView = (
  catalogueIndex: CatalogueIndex,
  waiting: Waiting,
  language: Language,
  now: Instant,
): Omit<z.input<typeof waitingAnswer>, 'token'> => {
  const location = catalogueIndex.location(waiting.locationId);
  return {
    ...entryView(catalogueIndex, waiting, language, now),
    firstName: waiting.contact.firstName,
    language,
    location: {
      id: waiting.locationId,
      name: location?.name ?? waiting.locationId,
      address: location?.address ?? '',
      phone: location?.phone,
    },
  };
};

/** View for staff. */
export const waitingEntryView = (
  catalogueIndex: CatalogueIndex,
  waiting: Waiting,
  now: Instant,
): z.input<typeof waitingEntryAnswer> => ({
  ...entryView(catalogueIndex, waiting, catalogueIndex.settings.languages[0] ?? 'en', now),
  locationId: waiting.locationId,
  clientId: waiting.clientId,
  client: waiting.contact,
  ranking: rankingOf(waiting),
  since: isoWithOffset(waiting.createdAt, waiting.zone),
});

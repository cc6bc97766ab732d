import type * as z from 'zod';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { Language } from '../platform/fields.ts';
import { type Instant, isoWithOffset } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { waitingAnswer, waitingEntryAnswer } from './contract.ts';
import { lastOffer, offerNow, stateOf } from './rules.ts';
import { goneAt, type Waiting } from './store.ts';

export const waitingPurpose = 'waiting';

/** A waiting link works for as long as the entry is kept. */
export const waitingToken = (tokens: Tokens, waiting: Pick<Waiting, 'id' | 'to' | 'zone'>): Promise<string> =>
  tokens.sign(waitingPurpose, waiting.id, goneAt(waiting));

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

/** What whoever holds the link sees, without the token. */
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

/** What staff see. */
export const waitingEntryView = (
  catalogueIndex: CatalogueIndex,
  waiting: Waiting,
  now: Instant,
): z.input<typeof waitingEntryAnswer> => ({
  ...entryView(catalogueIndex, waiting, catalogueIndex.settings.languages[0] ?? 'en', now),
  locationId: waiting.locationId,
  clientId: waiting.clientId,
  client: waiting.contact,
  since: isoWithOffset(waiting.createdAt, waiting.zone),
});

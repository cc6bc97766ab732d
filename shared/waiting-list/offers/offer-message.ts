import type { OutboxMessage } from '../../background/kinds.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Delivery } from '../../journey/deliver.ts';
import type { Letters, Offer } from '../../messages/letter.ts';
import type { Door } from '../../messages/send/dispatch.ts';

type OfferMessage = Extract<OutboxMessage, { kind: 'waiting-offer' }>;

/** Offers of freed times, as far as they still stand. */
export interface StandingOffers {
  /** `undefined`: it has been taken, declined, or its time is over. */
  find(message: Pick<OfferMessage, 'entryId' | 'offerId'>): Promise<Offer | undefined>;
}

/** Tells whoever waits that a time is kept for them. */
export const createOfferDelivery =
  (deps: {
    catalogue: Pick<CatalogueReader, 'recent'>;
    letters: Pick<Letters, 'waitingOffer'>;
    door: Pick<Door, 'send'>;
    offers: StandingOffers;
  }) =>
  async (message: OfferMessage): Promise<Delivery> => {
    const offer = await deps.offers.find(message);
    if (!offer) return 'gone';
    return deps.door.send(deps.letters.waitingOffer(await deps.catalogue.recent(), offer));
  };

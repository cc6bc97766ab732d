import type { OutboxMessage } from '../../background/kinds.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Delivery, Dispatch } from '../../messages/send/dispatch.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { offerNow } from '../rules.ts';
import type { WaitingStore } from '../store.ts';
import type { OfferMessageOf } from './message.ts';

type Due = Extract<OutboxMessage, { kind: 'waiting-offer' }>;

/** Tells whoever waits that a time is kept for them, unless it has been taken, declined, or its time is over. */
export const createSendOffer =
  (deps: {
    catalogue: Pick<CatalogueReader, 'recent'>;
    store: Pick<WaitingStore, 'get'>;
    messageOf: OfferMessageOf;
    dispatch: Pick<Dispatch, 'send'>;
    now: Clock;
  }) =>
  async ({ entryId, offerId }: Due): Promise<Delivery> => {
    const { catalogue, store, messageOf, dispatch, now } = deps;
    const waiting = await store.get(entryId);
    const offer = waiting && offerNow(waiting, now());
    if (!waiting || offer?.id !== offerId) return 'gone';
    return dispatch.send(await messageOf(await catalogue.recent(), waiting, offer));
  };

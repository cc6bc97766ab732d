import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../booking/day-pages/writes.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { quietWindow } from '../../messages/quiet-hours.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { FreeThen } from '../line/free-then.ts';
import type { Offer, Waiting, WaitingStore } from '../store.ts';
import type { Reserve } from './reserve.ts';
import { createSlotLookup } from './slot-lookup.ts';

/** The time that an offer gives back, from its beginning to its end. */
const released = ({ occupies, gap }: Offer, { seats }: Waiting) => ({
  from: Math.min(...occupies.map(({ from }) => from)),
  until: Math.max(...occupies.map(({ until }) => until)),
  times: occupies.map((time) => ({ ...time, seats })),
  gap,
});

/**
 * Parts of the transaction that ends an offer without a booking: the time goes on to the next who waits for such a one,
 * with no moment in between at which anybody else could take it, or is free at once: where nobody else wants it, and in
 * the quiet hours of the location, in which nobody is asked. What the next leaves of it is the stream's to offer.
 * `undefined`: the diary or the list changed meanwhile; look again.
 */
export const createPassOn = (deps: {
  catalogue: CatalogueReader;
  store: WaitingStore;
  pages: DiaryPages;
  reserve: Reserve;
  freeThen: Pick<FreeThen, 'of'>;
  now: Clock;
}) => {
  const { catalogue, store, pages, reserve, now } = deps;

  const toNext = async (offer: Offer, from: Waiting): Promise<TransactionWrite[] | 'nothing' | 'changed'> => {
    const catalogueIndex = await catalogue.recent();
    const location = catalogueIndex.location(from.locationId);
    if (!location || location.retired) return 'nothing';
    if (quietWindow(now(), catalogueIndex.settings.quietHours, location.zone)) return 'nothing';
    const gap = released(offer, from);
    const slots = createSlotLookup(deps, catalogueIndex, gap, [offer.id]);
    for (const listed of await store.atLocation(from.locationId)) {
      if (listed.id === from.id) continue;
      const reserved = await reserve(catalogueIndex, slots, listed, gap, offer);
      if (reserved !== 'nothing') return reserved;
    }
    return 'nothing';
  };

  return async (waiting: Waiting): Promise<TransactionWrite[] | undefined> => {
    const { status, offer } = waiting;
    if (status !== 'offered' || !offer) return [];
    const next = await toNext(offer, waiting);
    if (next === 'changed') return undefined;
    return next === 'nothing' ? diaryWrites(pages, await pagesOf(pages, offer.occupies), [offer], []) : next;
  };
};

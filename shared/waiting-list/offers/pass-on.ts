import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../booking/day-pages/writes.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { quietWindow } from '../../messages/quiet-hours.ts';
import type { WritePart } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Offer, Waiting, WaitingStore } from '../store.ts';
import type { Keep } from './reserve.ts';
import { createGlance } from './slot-lookup.ts';

/** From the beginning to the end of what an offer keeps. */
const reachOf = ({ occupies }: Offer) => ({
  from: Math.min(...occupies.map(({ from }) => from)),
  until: Math.max(...occupies.map(({ until }) => until)),
});

/**
 * Parts of the transaction that ends an offer without a booking: the time goes on to the next who waits for such a one,
 * with no moment in between at which anybody else could take it, or is free at once: where nobody else wants it, and in
 * the quiet hours of the location, in which nobody is asked. What the next leaves of it is the stream's to offer.
 * `undefined`: the diary or the list changed meanwhile; look again.
 */
export const createHandOn = (deps: {
  catalogue: CatalogueReader;
  store: WaitingStore;
  pages: DiaryPages;
  keep: Keep;
  now: Clock;
}) => {
  const { catalogue, store, pages, keep, now } = deps;

  const toNext = async (offer: Offer, from: Waiting): Promise<WritePart[] | 'nothing' | 'changed'> => {
    const directory = await catalogue.recent();
    const location = directory.location(from.locationId);
    if (!location || location.retired) return 'nothing';
    if (quietWindow(now(), directory.settings.quietHours, location.zone)) return 'nothing';
    const glance = createGlance(deps, directory, reachOf(offer), [offer.id]);
    for (const listed of await store.atLocation(from.locationId)) {
      if (listed.id === from.id) continue;
      const kept = await keep(directory, glance, listed, offer);
      if (kept !== 'nothing') return kept;
    }
    return 'nothing';
  };

  return async (waiting: Waiting): Promise<WritePart[] | undefined> => {
    const { status, offer } = waiting;
    if (status !== 'offered' || !offer) return [];
    const next = await toNext(offer, waiting);
    if (next === 'changed') return undefined;
    return next === 'nothing' ? diaryWrites(pages, await pagesOf(pages, offer.occupies), [offer], []) : next;
  };
};

import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../booking/day-pages/writes.ts';
import type { createFinder } from '../../booking/placement/placement.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { stillOffered } from '../request.ts';
import { keptUntil, offerEnd, stateOf, suits } from '../rules.ts';
import type { Offer, Waiting, WaitingStore } from '../store.ts';
import type { SlotLookup } from './slot-lookup.ts';

/**
 * Writes of a transaction that reserve a released time for somebody on the list and offer it. `from`: the offer that keeps it
 * until then, and gives it up in the same transaction. `nothing`: none of the time is for them; `changed`: the diary
 * is not what the lookup saw.
 */
export const createReserve = (deps: {
  store: WaitingStore;
  pages: DiaryPages;
  find: ReturnType<typeof createFinder>;
  now: Clock;
  random: Random;
}) => {
  const { store, pages, find, now, random } = deps;
  const waits = (waiting: Waiting): boolean => waiting.status === 'waiting' && stateOf(waiting, now()) === 'waiting';

  return async (
    catalogueIndex: CatalogueIndex,
    glance: SlotLookup,
    listed: Waiting,
    from?: Offer,
  ): Promise<TransactionWrite[] | 'nothing' | 'changed'> => {
    const request = waits(listed) ? stillOffered(catalogueIndex, listed) : undefined;
    const fit = request && (await glance.firstFor(listed, request));
    if (!request || !fit) return 'nothing';
    // What was listed and seen may be a moment old; from here on nothing is taken for granted.
    glance.forget();
    const leaving = from ? [from] : [];
    const [waiting, placement] = await Promise.all([
      store.get(listed.id),
      find(catalogueIndex, request, fit.startsAt, { leaving: leaving.map(({ id }) => id) }),
    ]);
    if (!waiting || !waits(waiting) || !suits(waiting, fit.startsAt, request.location.zone)) return 'nothing';
    if (typeof placement === 'string') return 'changed';
    const { startsAt, endsAt, occupies, assignments } = placement;
    const staff = assignments.map(({ person }) => person.id);
    const expiresAt = offerEnd(catalogueIndex, now());
    const offer: Offer = { id: newId(random), startsAt, endsAt, staff, occupies, expiresAt };
    const hold = { id: offer.id, occupies, seats: request.seats, expiresAt: keptUntil(offer) };
    const read = await pagesOf(pages, from?.occupies ?? [], placement.pages);
    return [
      store.replace({ ...waiting, status: 'offered', offer, updatedAt: now() }),
      ...diaryWrites(pages, read, leaving, [hold]),
    ];
  };
};
export type Keep = ReturnType<typeof createReserve>;

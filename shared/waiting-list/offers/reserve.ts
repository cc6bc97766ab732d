import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../booking/day-pages/writes.ts';
import type { createFinder } from '../../booking/placement/placement.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Interval } from '../../platform/time/intervals.ts';
import type { Instant } from '../../platform/time/time.ts';
import type { Rank } from '../line/rank.ts';
import { stillOffered } from '../request.ts';
import { isResting, keptUntil, offerEnd, stateOf, suits } from '../rules.ts';
import type { Offer, Waiting, WaitingStore } from '../store.ts';
import type { Asked } from './asked.ts';
import type { SlotLookup } from './slot-lookup.ts';

/** A released time, as far as it is kept with the offer of it. */
export interface Gap extends Interval {
  gap?: string | undefined;
}

/**
 * Writes of a transaction that reserve a released time for somebody on the list and offer it. `from`: the offer that keeps it
 * until then, and gives it up in the same transaction. `nothing`: none of the time is for them; `changed`: the diary
 * is not what the lookup saw.
 */
export const createReserve = (deps: {
  store: WaitingStore;
  pages: DiaryPages;
  find: ReturnType<typeof createFinder>;
  rank: Pick<Rank, 'settled'>;
  asked: Asked;
  now: Clock;
  random: Random;
}) => {
  const { store, pages, find, rank, asked, now, random } = deps;
  const waits = (waiting: Waiting): boolean =>
    waiting.status === 'waiting' && stateOf(waiting, now()) === 'waiting' && !isResting(waiting);

  /** It ranks, and its client has not been asked of this release yet. */
  const mayBeAsked = async (listed: Waiting, gap: string | undefined): Promise<boolean> => {
    if (gap !== undefined && (await asked.has(gap, listed.clientId))) return false;
    return (await rank.settled(listed)).ranking === 'ranks';
  };

  /** Writes by which the client counts as asked. */
  const asAsked = ({ clientId }: Waiting, { gap, until }: Gap): TransactionWrite[] =>
    gap === undefined ? [] : [asked.put(gap, clientId, until)];

  /** The entry as it is now, if it ranks and the time is for it. */
  const still = async (id: string, startsAt: Instant, zone: string): Promise<Waiting | undefined> => {
    const waiting = await store.get(id);
    const isTheirs = waiting?.ranking === 'ranks' && waits(waiting) && suits(waiting, startsAt, zone);
    return isTheirs ? waiting : undefined;
  };

  return async (
    catalogueIndex: CatalogueIndex,
    slots: SlotLookup,
    listed: Waiting,
    released: Gap,
    from?: Offer,
  ): Promise<TransactionWrite[] | 'nothing' | 'changed'> => {
    const request = waits(listed) ? stillOffered(catalogueIndex, listed) : undefined;
    const fit = request && (await slots.firstFor(listed, request));
    if (!request || !fit) return 'nothing';
    if (!(await mayBeAsked(listed, released.gap))) return 'nothing';
    // The list and the lookup may be a moment old; from here on nothing is taken for granted.
    slots.forget();
    const leaving = from ? [from] : [];
    const [waiting, placement] = await Promise.all([
      still(listed.id, fit.startsAt, request.location.zone),
      find(catalogueIndex, request, fit.startsAt, { leaving: leaving.map(({ id }) => id) }),
    ]);
    if (!waiting) return 'nothing';
    if (typeof placement === 'string') return 'changed';
    const { startsAt, endsAt, occupies, assignments } = placement;
    const staff = assignments.map(({ person }) => person.id);
    const expiresAt = offerEnd(catalogueIndex, now());
    const offer: Offer = { id: newId(random), startsAt, endsAt, staff, occupies, expiresAt, gap: released.gap };
    const hold = { id: offer.id, occupies, seats: request.seats, expiresAt: keptUntil(offer) };
    const read = await pagesOf(pages, from?.occupies ?? [], placement.pages);
    return [
      store.replace({ ...waiting, status: 'offered', offer, updatedAt: now() }),
      ...asAsked(waiting, released),
      ...diaryWrites(pages, read, leaving, [hold]),
    ];
  };
};
export type Reserve = ReturnType<typeof createReserve>;

import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Instant } from '../../platform/time/time.ts';
import type { FreeThen } from '../line/free-then.ts';
import { hearsByMail } from '../rules.ts';
import type { Waiting, WaitingStore } from '../store.ts';
import type { Gap, Reserve } from './reserve.ts';
import { createSlotLookup, type Freed, type SlotLookup } from './slot-lookup.ts';

/** Does pieces of work one after another within this function: they are all after the same people and the same pages. */
export const createTurn = () => {
  let turn: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  };
};
export type InTurn = ReturnType<typeof createTurn>;

/** Offers a released time to everybody who waits at a location, one by one. */
export const createAskAll = (deps: {
  table: RegularsTable;
  store: WaitingStore;
  pages: DiaryPages;
  reserve: Reserve;
  freeThen: Pick<FreeThen, 'of'>;
  inTurn: InTurn;
  now: Clock;
  random: Random;
}) => {
  const { table, store, reserve, inTurn, random } = deps;

  /** Keeps a time for the client, in one transaction with the offer. `false`: none of the released time is for them. */
  const offerTo = (
    catalogueIndex: CatalogueIndex,
    slots: SlotLookup,
    listed: Waiting,
    released: Gap,
  ): Promise<boolean> =>
    retry(random, async () => {
      const reserved = await reserve(catalogueIndex, slots, listed, released);
      if (reserved === 'nothing') return false;
      return (reserved !== 'changed' && (await transact(table, reserved)).committed) || undefined;
    });

  /**
   * Offers it to the list in its order; answers how many got an offer, and until when a visitor keeps the time. Starts
   * that can't wait for the end of quiet hours, where `startsBefore` names one, are offered by mail alone.
   */
  return (catalogueIndex: CatalogueIndex, released: Freed & Gap & { locationId: string }) =>
    inTurn(async (): Promise<{ offered: number; heldUntil: Instant | undefined }> => {
      const all = await store.atLocation(released.locationId);
      const listed = released.startsBefore === undefined ? all : all.filter(hearsByMail);
      const offers = new Set(listed.flatMap(({ status, offer }) => (status === 'offered' && offer ? [offer.id] : [])));
      const slots = createSlotLookup(deps, catalogueIndex, released, [], offers);
      let offered = 0;
      let heldUntil: Instant | undefined;
      for (const each of listed) {
        if (await offerTo(catalogueIndex, slots, each, released)) offered += 1;
        // From the first offer on, what keeps the time is an offer, whose end has a schedule of its own.
        if (offered === 0) heldUntil = slots.heldUntil();
      }
      return { offered, heldUntil };
    });
};
export type AskAll = ReturnType<typeof createAskAll>;

import { createHash } from 'node:crypto';
import type { OutboxMessage } from '../../background/kinds.ts';
import type { Schedules } from '../../background/schedules.ts';
import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { quietWindow } from '../../messages/quiet-hours.ts';
import type { Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import type { FreeThen } from '../line/free-then.ts';
import { offerEnd, withoutOffer } from '../rules.ts';
import type { WaitingStore } from '../store.ts';
import type { AskAll, InTurn } from './ask-all.ts';
import { createPassOn } from './pass-on.ts';
import { createReleasedTimes } from './released-times.ts';
import type { Reserve } from './reserve.ts';

type Released = Extract<OutboxMessage, { kind: 'freed' }>;
type Ended = Extract<OutboxMessage, { kind: 'offer-ended' }>;

export const offerSchedule = (offerId: string): string => `offer.${offerId}`;

/** Name of the schedule that offers a release at a location later. At most 64 characters. */
export const releaseSchedule = (locationId: string, release: string): string =>
  `freed.${locationId}.${createHash('sha256').update(release).digest('hex').slice(0, 16)}`;

const scheduleOf = ({ locationId, from, until, gap = '' }: Released): string => {
  const span = [from, until].map((instant) => Math.floor(instant / minute).toString(36)).join('.');
  return releaseSchedule(locationId, `${gap} ${span}`);
};

/** Other locations at which somebody works whose time it is: what is released at one is free at all of them. */
const otherLocations = (catalogueIndex: CatalogueIndex, { locationId, times = [] }: Released): string[] => {
  const all = times.flatMap(({ ownerId }) => catalogueIndex.person(ownerId)?.locations ?? []);
  return [...new Set(all)].filter((id) => id !== locationId);
};

/** Offers released times to those who wait, one by one. */
export const createWaitingOffers = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  store: WaitingStore;
  pages: DiaryPages;
  reserve: Reserve;
  freeThen: Pick<FreeThen, 'of'>;
  askAll: AskAll;
  inTurn: InTurn;
  schedules: Schedules;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, store, askAll, inTurn, schedules, now, random } = deps;
  const passOn = createPassOn(deps);
  const releasedTimes = createReleasedTimes(table);

  /**
   * In the quiet hours of the location it waits for their end, but for the starts that would be over by then: these are
   * offered at once, by mail.
   */
  const freedInQuiet = async (catalogueIndex: CatalogueIndex, message: Released, until: Instant) => {
    if (!message.remembered) await releasedTimes.remember(message);
    await schedules.put(scheduleOf(message), until, { ...message, remembered: true });
    const startsBefore = offerEnd(catalogueIndex, until);
    if (message.from >= startsBefore) return 'deferred';
    const { offered } = await askAll(catalogueIndex, { ...message, startsBefore });
    return offered > 0 ? 'offered' : 'deferred';
  };

  const freedAt = async (
    catalogueIndex: CatalogueIndex,
    message: Released,
  ): Promise<'offered' | 'nobody' | 'deferred' | 'gone'> => {
    const location = catalogueIndex.location(message.locationId);
    if (!location || location.retired || message.until <= now()) return 'gone';
    const quiet = quietWindow(now(), catalogueIndex.settings.quietHours, location.zone);
    if (quiet) return freedInQuiet(catalogueIndex, message, quiet.until);
    const { offered, heldUntil } = await askAll(catalogueIndex, message);
    // A visitor chose the time before anybody was asked, and may yet leave the form.
    if (heldUntil !== undefined) await schedules.put(scheduleOf(message), heldUntil, message);
    if (message.remembered) await releasedTimes.forget(message);
    return offered > 0 ? 'offered' : 'nobody';
  };

  /**
   * Somebody gave up a time: whoever of those who wait can use it is offered it, in their order, until nothing of it
   * fits anybody; after its own location at the others where its people work. While somebody fills a form for it, it
   * waits for the end of that. Harmless when it comes twice.
   */
  const freed = async (message: Released): Promise<'offered' | 'nobody' | 'deferred' | 'gone'> => {
    const catalogueIndex = await catalogue.recent();
    const here = await freedAt(catalogueIndex, message);
    // Remembered times have been at each of them before.
    const others = message.remembered ? [] : otherLocations(catalogueIndex, message);
    for (const locationId of others) await freedAt(catalogueIndex, { ...message, locationId });
    return here;
  };

  /** Passes the time on once the offer has run out. `undefined`: somebody was faster. */
  const endOffer = async (message: Ended): Promise<'done' | 'deferred' | 'gone' | undefined> => {
    const waiting = await store.get(message.entryId);
    if (waiting?.status !== 'offered' || waiting.offer?.id !== message.offerId) return 'gone';
    const { expiresAt } = waiting.offer;
    if (now() < expiresAt) {
      await schedules.put(offerSchedule(message.offerId), expiresAt, message);
      return 'deferred';
    }
    const passedOn = await passOn(waiting);
    if (!passedOn) return undefined;
    const to = withoutOffer(waiting, 'missed', now());
    const { committed } = await transact(table, [store.replace(to), ...passedOn]);
    return committed ? 'done' : undefined;
  };

  return {
    freed,

    /**
     * Has what was released at a location in quiet hours, and has not been offered yet, offered at their end, where no
     * schedule does it any more; a moment from now where they are over. Harmless when it comes twice.
     */
    async releasedAgain(locationId: string): Promise<void> {
      const catalogueIndex = await catalogue.recent();
      const location = catalogueIndex.location(locationId);
      if (!location) return;
      const at = quietWindow(now(), catalogueIndex.settings.quietHours, location.zone)?.until ?? now() + minute;
      for (const { from, until, gap, times } of await releasedTimes.atLocation(locationId)) {
        const message = { kind: 'freed', locationId, from, until, gap, times, remembered: true } as const;
        if (until > at) await schedules.put(scheduleOf(message), at, message);
      }
    },

    /** The time to decide is over: the client waits on, and the time goes to the next. Harmless when it comes twice. */
    ended: (message: Ended): Promise<'done' | 'deferred' | 'gone'> =>
      inTurn(() => retry(random, () => endOffer(message))),
  };
};

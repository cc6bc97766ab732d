import type { Directory } from '../business/directory.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { OutboxMessage } from '../messages/outbox.ts';
import { quietWindow } from '../messages/quiet.ts';
import type { Schedules } from '../messages/schedules.ts';
import type { Clock } from '../platform/clock.ts';
import { newId, type Random } from '../platform/ids.ts';
import { persist } from '../platform/persist.ts';
import { Problem } from '../platform/problems.ts';
import type { RegularsTable } from '../platform/table.ts';
import { day, type Instant, type LocalDate, localDate, minute } from '../platform/time.ts';
import { transact } from '../platform/transact.ts';
import { boundsOf } from './availability.ts';
import { type Interval, overlaps } from './intervals.ts';
import { busyOn, type DiaryPages } from './pages.ts';
import { type createFinder, diaryWrites } from './place.ts';
import { type FreeTime, freeTimes, ownersOf, rangeOf, type VisitRequest } from './plan-visit.ts';
import { visitMinutes } from './visit.ts';
import { requestFor } from './waiting-request.ts';
import { daysWithin, stateOf, suits, withoutOffer } from './waiting-rules.ts';
import type { Offer, Waiting, WaitingStore } from './waiting-store.ts';

type Freed = Extract<OutboxMessage, { kind: 'freed' }>;
type Ended = Extract<OutboxMessage, { kind: 'offer-ended' }>;

/** Of the 30 seconds that the function has, for each who is asked. */
const patienceSeconds = 5;

export const offerSchedule = (offerId: string): string => `offer.${offerId}`;

/** The same time, freed again in the same night, is offered once in the morning. At most 62 characters. */
const freedSchedule = ({ locationId, from, until }: Freed): string =>
  ['freed', locationId, ...[from, until].map((instant) => Math.floor(instant / minute).toString(36))].join('.');

/** Offers freed times to those who wait, one by one. */
export const createWaitingOffers = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  store: WaitingStore;
  pages: DiaryPages;
  find: ReturnType<typeof createFinder>;
  schedules: Schedules;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, store, pages, find, schedules, now, random } = deps;

  /** When an offer that is made now ends. */
  const deadline = ({ settings }: Directory): Instant =>
    Math.ceil((now() + settings.waitingList.offerMinutes * minute) / minute) * minute;

  /** What they wait for; undefined where the business offers it no more. */
  const stillOffered = (directory: Directory, waiting: Waiting): VisitRequest | undefined => {
    try {
      return requestFor(directory, waiting);
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  };

  /**
   * The starts that meet the freed time and lie beyond the end of an offer that is made now, as the diaries were when
   * somebody looked last: who wants the same needs no second look, until an offer has changed them.
   */
  const createGlance = (directory: Directory, freed: Interval) => {
    const seen = new Map<string, Promise<FreeTime[]>>();
    /** First the very time that was freed, then later ones, then those that only reach into it, the nearest first. */
    const early = ({ startsAt }: FreeTime): number =>
      startsAt >= freed.from ? startsAt - freed.from : freed.until - startsAt + day;
    const look = async (request: VisitRequest, days: { from: LocalDate; to: LocalDate }): Promise<FreeTime[]> => {
      const read = await pages.read(ownersOf(directory, request), rangeOf(request, days.from, days.to), false);
      const busy = new Map([...read].map(([id, list]) => [id, busyOn(list)]));
      const { earliest, ...bounds } = boundsOf(directory, now());
      const beyond = { ...bounds, earliest: Math.max(earliest, deadline(directory)) };
      return freeTimes(request, days, beyond, (id) => busy.get(id) ?? [])
        .flatMap(({ times }) => times)
        .filter(({ startsAt, endsAt }) => overlaps({ from: startsAt, until: endsAt }, freed))
        .sort((one, other) => early(one) - early(other));
    };
    return {
      forget: () => seen.clear(),
      async firstFor(waiting: Waiting, request: VisitRequest): Promise<FreeTime | undefined> {
        const { zone } = request.location;
        const length = visitMinutes(request.wanted) * minute;
        const days = daysWithin(waiting, localDate(freed.from - length, zone), localDate(freed.until - 1, zone));
        if (!days) return undefined;
        const key = JSON.stringify([waiting.services, waiting.staff, waiting.seats, days]);
        const found = seen.get(key) ?? look(request, days);
        seen.set(key, found);
        return (await found).find(({ startsAt }) => suits(waiting, startsAt, zone));
      },
    };
  };
  type Glance = ReturnType<typeof createGlance>;

  /** Keeps a time for the client, in one transaction with the offer. `false`: none of the freed time is for them. */
  const offerTo = (directory: Directory, glance: Glance, listed: Waiting): Promise<boolean> => {
    let waiting: Waiting | undefined = listed;
    return persist(patienceSeconds, random, async () => {
      waiting ??= await store.get(listed.id);
      if (!waiting || stateOf(waiting, now()) !== 'waiting' || waiting.status !== 'waiting') return false;
      const request = stillOffered(directory, waiting);
      const fit = request && (await glance.firstFor(waiting, request));
      if (!request || !fit) return false;
      // What was seen may be a moment old; from here on nothing is taken for granted.
      glance.forget();
      const placement = await find(directory, request, fit.startsAt);
      if (typeof placement === 'string') return undefined;
      const { startsAt, endsAt, occupies, assignments } = placement;
      const staff = assignments.map(({ person }) => person.id);
      const offer: Offer = { id: newId(random), startsAt, endsAt, staff, occupies, expiresAt: deadline(directory) };
      const { committed } = await transact(table, [
        store.replace({ ...waiting, status: 'offered', offer, updatedAt: now() }),
        ...diaryWrites(pages, placement.pages, [], [{ ...offer, seats: request.seats }]),
      ]);
      if (!committed) waiting = undefined;
      return committed || undefined;
    });
  };

  let turn: Promise<unknown> = Promise.resolve();
  /** One after another within this function: they are all after the same people and the same pages. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  };

  return {
    /**
     * Somebody gave up a time: whoever of those who wait can use it is offered it, in their order, until nothing of it
     * fits anybody. In the quiet hours of the location it waits for their end. Harmless when it comes twice.
     */
    async freed(message: Freed): Promise<'offered' | 'nobody' | 'deferred' | 'gone'> {
      const directory = await catalogue.recent();
      const location = directory.location(message.locationId);
      if (!location || location.retired || message.until <= now()) return 'gone';
      const quiet = quietWindow(now(), directory.settings.quietHours, location.zone);
      if (quiet) {
        await schedules.put(freedSchedule(message), quiet.until, message);
        return 'deferred';
      }
      return inTurn(async () => {
        const glance = createGlance(directory, message);
        let offered = 0;
        for (const each of await store.atLocation(message.locationId)) {
          if (await offerTo(directory, glance, each)) offered += 1;
        }
        return offered > 0 ? 'offered' : 'nobody';
      });
    },

    /** The time to decide is over: the client waits on, and the stream tells that the time is free for the next. */
    ended: (message: Ended): Promise<'done' | 'deferred' | 'gone'> =>
      persist(patienceSeconds, random, async () => {
        const waiting = await store.get(message.entryId);
        if (waiting?.status !== 'offered' || waiting.offer?.id !== message.offerId) return 'gone';
        const { expiresAt } = waiting.offer;
        if (now() < expiresAt) {
          await schedules.put(offerSchedule(message.offerId), expiresAt, message);
          return 'deferred';
        }
        const { committed } = await transact(table, [store.replace(withoutOffer(waiting, 'missed', now()))]);
        return committed ? 'done' : undefined;
      }),
  };
};
export type WaitingOffers = ReturnType<typeof createWaitingOffers>;

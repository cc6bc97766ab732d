import type { OutboxMessage } from '../../background/kinds.ts';
import type { Schedules } from '../../background/schedules.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Delivery, Dispatch } from '../../messages/send/dispatch.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Instant } from '../../platform/time/time.ts';
import { offerNow, stateOf } from '../rules.ts';
import type { WaitingStore } from '../store.ts';
import type { WaitingMessages } from './messages.ts';

type Due<Kind extends OutboxMessage['kind']> = Extract<OutboxMessage, { kind: Kind }>;

/** Sends what is due to those who wait; each message goes once, however often it falls due. */
export const createWaitingNotices = (deps: {
  catalogue: Pick<CatalogueReader, 'recent'>;
  store: Pick<WaitingStore, 'get'>;
  messages: WaitingMessages;
  dispatch: Pick<Dispatch, 'send'>;
  schedules: Pick<Schedules, 'put'>;
  now: Clock;
}) => {
  const { catalogue, store, messages, dispatch, schedules, now } = deps;
  return {
    /** Tells of a place on the list, unless it has been left; over the budget of the address, once there is room. */
    async joined(due: Due<'waiting-joined'>): Promise<Delivery> {
      const { entryId } = due;
      const waiting = await store.get(entryId);
      if (!waiting || !['waiting', 'offered'].includes(stateOf(waiting, now()))) return 'gone';
      const wait = (freeAt: Instant) => schedules.put(`${entryId}.waiting-joined`, freeAt, due);
      return dispatch.send(await messages.joined(await catalogue.recent(), waiting), wait);
    },

    /** Tells that a time is kept, unless it has been taken, declined, or its time is over. */
    async offered({ entryId, offerId }: Due<'waiting-offer'>): Promise<Delivery> {
      const waiting = await store.get(entryId);
      const offer = waiting && offerNow(waiting, now());
      if (!waiting || offer?.id !== offerId) return 'gone';
      return dispatch.send(await messages.offered(await catalogue.recent(), waiting, offer));
    },
  };
};

import type { Settings } from '../../business/catalogue.ts';
import type { ReachOf } from '../../clients/addresses/reach.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Waiting, WaitingStore } from '../store.ts';
import { ahead } from './ahead.ts';
import { provenChannel } from './proven-channel.ts';

/**
 * Decides whether the client of an entry that comes by form is asked for a press. It ranks none, for anybody may have typed
 * in the address of whoever has proved it; and it refuses none, for they would learn what is known of it. `known`: the
 * client behind the addresses. `takeRoom`: takes one of the day's rooms at the location, if there is one.
 */
export const createAdmit =
  (deps: { store: Pick<WaitingStore, 'forClient'>; reachOf: ReachOf; now: Clock }) =>
  async (
    { contact, household }: Pick<Waiting, 'contact' | 'household'>,
    known: string | undefined,
    { publicForms: { openPerClient } }: Pick<Settings, 'publicForms'>,
    takeRoom: () => Promise<boolean>,
  ): Promise<Pick<Waiting, 'ranking' | 'proven'>> => {
    const { store, reachOf, now } = deps;
    const [all, proven] = known
      ? await Promise.all([ahead(store, known, now()), provenChannel(reachOf, known, contact)])
      : [[], undefined];
    if (proven) {
      // Forms from elsewhere don't count: strangers may have sent them.
      const fromHere = all.filter((each) => each.ranking === 'unproven' && each.household === household).length;
      return { ranking: fromHere < openPerClient ? 'unproven' : 'parked', proven };
    }
    const counted = all.filter(({ ranking }) => ranking !== 'parked').length;
    return { ranking: counted < openPerClient && (await takeRoom()) ? 'unproven' : 'parked' };
  };
export type Admit = ReturnType<typeof createAdmit>;

import type { Consumers } from '../background/kinds.ts';
import { whenCalled } from '../platform/memo.ts';
import { rankFor } from './line/wiring.ts';
import type { waitingNoticesFor } from './notices/wiring.ts';
import { waitingOffersFor } from './offers/wiring.ts';

/** Messages to those who wait that fall due. Most instances never send one: what they need is loaded with the first. */
export const waitingMessages = (
  deps: Parameters<typeof waitingNoticesFor>[0],
): Pick<Consumers, 'waiting-joined' | 'waiting-offer'> => {
  const notices = async () => (await import('./notices/wiring.ts')).waitingNoticesFor(deps);
  return {
    'waiting-joined': whenCalled(async () => (await notices()).joined),
    'waiting-offer': whenCalled(async () => (await notices()).offered),
  };
};

/** Due work of the waiting list that sends nothing. */
export const waitingWork = (
  deps: Parameters<typeof waitingOffersFor>[0],
): Pick<Consumers, 'freed' | 'settings-freed' | 'offer-ended' | 'address-proven'> => {
  const { freed, bySettings, ended } = waitingOffersFor(deps);
  return { freed, 'settings-freed': bySettings, 'offer-ended': ended, 'address-proven': rankFor(deps).addressProven };
};

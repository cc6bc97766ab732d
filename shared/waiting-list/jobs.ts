import type { Consumers } from '../background/kinds.ts';
import { whenCalled } from '../platform/memo.ts';
import type { sendOfferFor } from './offers/notice-wiring.ts';
import { waitingOffersFor } from './offers/wiring.ts';

/** Messages to those who wait that fall due. Most instances never send one: what they need is loaded with the first. */
export const waitingMessages = (deps: Parameters<typeof sendOfferFor>[0]): Pick<Consumers, 'waiting-offer'> => ({
  'waiting-offer': whenCalled(async () => (await import('./offers/notice-wiring.ts')).sendOfferFor(deps)),
});

/** Due work of the waiting list that sends nothing. */
export const waitingWork = (deps: Parameters<typeof waitingOffersFor>[0]): Pick<Consumers, 'freed' | 'offer-ended'> => {
  const { freed, ended } = waitingOffersFor(deps);
  return { freed, 'offer-ended': ended };
};

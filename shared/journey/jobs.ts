import type { Consumers } from '../background/kinds.ts';
import { expireFor, touchpointDeliveryFor } from './wiring.ts';

/** Messages of the journey that fall due. */
export const journeyMessages = (deps: Parameters<typeof touchpointDeliveryFor>[0]): Pick<Consumers, 'touchpoint'> => ({
  touchpoint: touchpointDeliveryFor(deps),
});

/** Due work of the journey that sends nothing. */
export const journeyWork = (deps: Parameters<typeof expireFor>[0]): Pick<Consumers, 'unconfirmed'> => ({
  unconfirmed: expireFor(deps),
});

import type { ReachOf } from '../../clients/addresses/reach.ts';
import type { Waiting } from '../store.ts';

/** Finds the channel of an address of the contact that is known to be the client's own, the preferred one first. */
export const provenChannel = async (
  reachOf: ReachOf,
  clientId: string,
  { phone, email, preferredChannel }: Waiting['contact'],
): Promise<Waiting['proven']> => {
  const reach = await reachOf({ id: clientId, phone, email });
  const proven = reach.filter(({ state }) => state === 'proven').map(({ channel }) => channel);
  return proven.find((channel) => channel === preferredChannel) ?? proven[0];
};

import type { Channel } from '../../platform/fields.ts';
import { addressOf, type Contact } from '../clients.ts';
import type { ClientRecord } from '../store.ts';

/** An address of a client's card, and whether it is known to be the client's own. */
export interface Reach {
  channel: Channel;
  address: string;
  state: 'given' | 'proven';
}

/** Finds the addresses at which the client of a card can be reached. */
export type ReachOf = (card: Pick<ClientRecord, 'id' | 'phone' | 'email'>) => Promise<Reach[]>;

/** The contact with the channel first in which an address is proven, unless the one that the client prefers is. */
export const provenFirst = <C extends Pick<Contact, 'phone' | 'email' | 'preferredChannel'>>(
  contact: C,
  reach: readonly Reach[],
): C => {
  const isProven = (channel: Channel | undefined): boolean =>
    reach.some(
      (each) => each.channel === channel && each.state === 'proven' && each.address === addressOf(contact, channel),
    );
  const { preferredChannel } = contact;
  if (isProven(preferredChannel)) return contact;
  const proven = (['email', 'sms'] as const).find(isProven);
  return proven ? { ...contact, preferredChannel: proven } : contact;
};

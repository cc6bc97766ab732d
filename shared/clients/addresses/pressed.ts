import type { Channel } from '../../platform/fields.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { addressOf, type Clients, type Contact } from '../clients.ts';

/**
 * Records that whoever reads what is sent to the contact's address has pressed a link in it. Only an address that stands
 * on the card is proved by that: with another one, anybody may have booked who knows the client's phone.
 */
export const createPressed =
  (deps: { clients: Pick<Clients, 'get' | 'isProven' | 'prove'>; now: Clock }) =>
  async (
    { clientId, contact }: { clientId: string; contact: Pick<Contact, 'phone' | 'email'> },
    channel: Channel,
  ): Promise<void> => {
    const { clients, now } = deps;
    const address = addressOf(contact, channel);
    if (!address) return;
    const [card, isProven] = await Promise.all([clients.get(clientId), clients.isProven(clientId, address)]);
    if (isProven || !card || addressOf(card, channel) !== address) return;
    await clients.prove({ clientId, address, at: now(), how: 'link' });
  };

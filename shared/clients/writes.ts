import type { Channel } from '../platform/fields.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import type { Instant } from '../platform/time/time.ts';
import { addressOf, type Clients, type Contact } from './clients.ts';

/** A box that the client ticked, with the exact words beside it. */
export interface TickedBox {
  channel: Channel;
  words: string;
}

/** The client, with the parts of the transaction that create one or keep the consents. `known`: the id, if there is one. */
export const clientWrites = (
  clients: Clients,
  random: Random,
  input: { contact: Contact; known: string | undefined; consents: readonly TickedBox[]; how: string; at: Instant },
): { clientId: string; writes: TransactionWrite[] } => {
  const { contact, known, at, how } = input;
  const clientId = known ?? newId(random);
  const consents = input.consents.flatMap(({ channel, words }) => {
    const address = addressOf(contact, channel);
    return address ? [clients.consent({ channel, words, address, clientId, granted: true, at, how })] : [];
  });
  return { clientId, writes: [...(known ? [] : clients.create(contact, clientId, at)), ...consents] };
};

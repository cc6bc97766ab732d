import type { Channel } from '../platform/fields.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import type { Instant } from '../platform/time/time.ts';
import { addressOf, type Clients, type Contact } from './clients.ts';
import { consentWords } from './consents/words.ts';
import type { Sharers } from './lookup/lookup-store.ts';

/** A box that was ticked. */
export interface TickedBox {
  channel: Channel;
}

/**
 * The client, with the parts of the transaction that create one or keep the consents. `known`: the id, if there is one.
 * `how`: at the desk the client gives consent in person; by a form it is only asked, at the channels of `asked`.
 */
export const clientWrites = (
  clients: Clients,
  random: Random,
  input: {
    contact: Contact;
    known: string | undefined;
    /** Lookup rows of addresses that a new client shares. */
    sharing?: readonly (Sharers | undefined)[] | undefined;
    consents: readonly TickedBox[];
    business: string;
    how: 'desk' | 'booking form' | 'waiting list form';
    at: Instant;
  },
): { clientId: string; writes: TransactionWrite[]; asked: Channel[] } => {
  const { contact, known, business, at, how } = input;
  const clientId = known ?? newId(random);
  const boxes = input.consents.flatMap(({ channel }) => {
    const address = addressOf(contact, channel);
    const words = consentWords(channel, contact.language, business);
    return address ? [{ clientId, channel, address, at, how, ...words }] : [];
  });
  const isGiven = how === 'desk';
  const consents = boxes.map((box) => (isGiven ? clients.consent({ ...box, granted: true }) : clients.ask(box)));
  return {
    clientId,
    writes: [...(known ? [] : clients.create(contact, clientId, at, input.sharing)), ...consents],
    asked: isGiven ? [] : boxes.map(({ channel }) => channel),
  };
};

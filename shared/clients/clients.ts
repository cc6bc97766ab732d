import type { Channel, Language } from '../platform/fields.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { type Consent, createClientStore, type TimelineEntry } from './store.ts';

/** A client's contact data as a form gives them. */
export interface ClientDetails {
  firstName: string;
  lastName?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  language: Language;
  preferredChannel?: Channel | undefined;
  source?: string | undefined;
  /** IANA; the client's own, where it is known. */
  zone?: string | undefined;
}

/** Name and addresses as given with one booking; they stay with it and never rename the client. */
export interface Contact extends ClientDetails {
  /** E.164. */
  phone?: string | undefined;
  /** Lower case. */
  email?: string | undefined;
}

/** Where the channel reaches whoever gave the contact. */
export const addressOf = (contact: Pick<Contact, 'phone' | 'email'>, channel: Channel): string | undefined =>
  channel === 'email' ? contact.email : contact.phone;

export const createClients = (table: RegularsTable) => {
  const store = createClientStore(table);
  return {
    /** The client with this phone, else with this e-mail. */
    async find(contact: Pick<Contact, 'phone' | 'email'>): Promise<string | undefined> {
      const addresses = [contact.phone, contact.email].filter((address) => address !== undefined);
      return (await store.find(addresses)).find((clientId) => clientId !== undefined);
    },

    /** Parts of a transaction that create a client; they fail if a phone or e-mail is somebody's already. */
    create: (contact: Contact, clientId: string, at: number) => [
      store.putNew({ ...contact, id: clientId, createdAt: at }),
      ...[contact.phone, contact.email]
        .filter((address) => address !== undefined)
        .map((address) => store.putLookup(address, clientId)),
    ],

    /** The client with this id. */
    get: store.get,
    /** A part of a transaction: one more visit that the client did not come to; -1 takes a wrong one back. */
    countNoShow: store.countNoShow,
    /** A part of a transaction: what was counted counts no more; it fails when the count has changed since. */
    liftNoShows: store.liftNoShows,
    entriesOf: store.entriesOf,

    /** A part of a transaction. */
    entry: (entry: TimelineEntry) => store.putEntry(entry),
    /** A part of a transaction. */
    consent: (given: Consent) => store.putConsent(given),
    recordConsent: (given: Consent) => store.recordConsent(given),

    /** What the client last said to marketing there, and when: a ticked box, or an unsubscribe link; undefined: never asked. */
    async consentOf(
      clientId: string,
      channel: Channel,
      address: string,
    ): Promise<{ said: 'given' | 'refused'; at: number } | undefined> {
      const consent = await store.consentOf(clientId, channel, address);
      return consent && { said: consent.granted ? 'given' : 'refused', at: consent.at };
    },
  };
};
export type Clients = ReturnType<typeof createClients>;

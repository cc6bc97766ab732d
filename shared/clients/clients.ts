import type { Channel } from '../platform/fields.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { createMissed } from './addresses/missed.ts';
import { createProofs } from './addresses/proofs.ts';
import { createAsked } from './consents/asked.ts';
import { createFind } from './lookup/find.ts';
import { createLookupStore, type Sharers } from './lookup/lookup-store.ts';
import { type Consent, createClientStore, type TimelineEntry } from './store.ts';
import type { ContactFields } from './stored.ts';

/** A client's contact data as a form gives them. */
export interface ClientDetails extends ContactFields {
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

/** Address at which the channel reaches whoever gave the contact. */
export const addressOf = (contact: Pick<Contact, 'phone' | 'email'>, channel: Channel): string | undefined =>
  channel === 'email' ? contact.email : contact.phone;

/** All addresses of whoever gave the contact, the phone first. */
export const addressesOf = ({ phone, email }: Pick<Contact, 'phone' | 'email'>): string[] =>
  [phone, email].filter((address) => address !== undefined);

export const createClients = (table: RegularsTable) => {
  const store = createClientStore(table);
  const lookup = createLookupStore(table);
  const find = createFind({ lookUp: lookup.find, get: store.get });
  return {
    /** The client with this phone, else with this e-mail; the first name tells one of a family. */
    find: (contact: Pick<Contact, 'phone' | 'email'> & { firstName?: string }): Promise<string | undefined> =>
      find(addressesOf(contact), contact.firstName),
    /** Clients of the contact's addresses, the phone first; `undefined`: nobody's. */
    sharersOf: (contact: Contact): Promise<(Sharers | undefined)[]> => lookup.find(addressesOf(contact)),

    /**
     * Parts of a transaction that create a client; they fail if a phone or e-mail is somebody's already. `sharing`: whose
     * theirs may be, as it was read, in the order of the addresses.
     */
    create: (contact: Contact, clientId: string, at: number, sharing: readonly (Sharers | undefined)[] = []) => [
      store.putNew({ ...contact, id: clientId, createdAt: at }),
      ...addressesOf(contact).map((address, index) => {
        const sharers = sharing[index];
        return sharers ? lookup.add(sharers, clientId) : lookup.putNew(address, clientId);
      }),
    ],

    /** The client with this id. */
    get: store.get,
    /** A part of a transaction: one more visit that the client did not come to; -1 takes a wrong one back. */
    countNoShow: store.countNoShow,
    /** A part of a transaction: what was counted counts no more; it fails when the count has changed since. */
    liftNoShows: store.liftNoShows,
    entriesOf: store.entriesOf,
    ...createProofs(table),
    ...createMissed(table),
    ...createAsked(table),

    /** A part of a transaction. */
    entry: (entry: TimelineEntry) => store.putEntry(entry),
    /** A part of a transaction. */
    consent: (given: Consent) => store.putConsent(given),
    recordConsent: (given: Consent) => store.recordConsent(given),

    /** The client's last word on marketing there: a ticked box, or an unsubscribe link; undefined: never asked. */
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

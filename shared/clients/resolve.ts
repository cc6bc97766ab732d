import type * as z from 'zod';
import type { Settings } from '../business/catalogue.ts';
import { channels } from '../platform/fields.ts';
import { unprocessable } from '../platform/http/problems.ts';
import { provenFirst, type Reach, type ReachOf } from './addresses/reach.ts';
import { addressOf, type Clients, type Contact } from './clients.ts';
import { normaliseContact } from './contact.ts';
import type { forWhom } from './input.ts';
import { fold } from './lookup/fold.ts';
import { mostSharing, type Sharers } from './lookup/lookup-store.ts';

/** For whom staff book: somebody as the caller tells it, or a client who is known. One of both. */
export type ForWhom = Pick<z.output<z.ZodObject<typeof forWhom>>, keyof typeof forWhom>;

export interface Resolved {
  contact: Contact;
  /** The client's id, if there is one. */
  known: string | undefined;
  /** Lookup rows of addresses that somebody new shares. */
  sharing?: (Sharers | undefined)[];
  noShows: number;
}

type Finding = Pick<Clients, 'find' | 'get' | 'sharersOf'>;

/** Lookup rows to which somebody new is added. Throws unprocessable. */
const sharingWith = async (clients: Finding, contact: Contact, shareWith: string): Promise<(Sharers | undefined)[]> => {
  const sharing = await clients.sharersOf(contact);
  const rows = sharing.filter((sharers) => sharers !== undefined);
  const ids = [...new Set(rows.flatMap(({ clientIds }) => clientIds))];
  if (!ids.includes(shareWith)) throw unprocessable('shareWith', 'is no client who has this phone or e-mail');
  if (rows.some(({ clientIds }) => !clientIds.includes(shareWith)))
    throw unprocessable('client', 'has an address of another client too; leave that one out');
  if (rows.some(({ clientIds }) => clientIds.length >= mostSharing))
    throw unprocessable('shareWith', `is one of ${mostSharing} who share it already; book for one of them`);
  const cards = await Promise.all(ids.map((clientId) => clients.get(clientId)));
  const namesake = cards.find((card) => card && fold(card.firstName) === fold(contact.firstName));
  if (namesake) throw unprocessable('shareWith', 'is not needed: there is a card of that first name', [namesake.id]);
  return sharing;
};

/** The client who comes, as the booking keeps it. Throws unprocessable. */
export const resolveClient = async (
  clients: Finding,
  settings: Settings,
  { client, clientId, shareWith, source }: ForWhom,
): Promise<Resolved> => {
  if (client) {
    const language = client.language ?? settings.languages[0] ?? 'en';
    const contact = await normaliseContact({ ...client, language, source }, settings.country);
    if (shareWith)
      return { contact, known: undefined, sharing: await sharingWith(clients, contact, shareWith), noShows: 0 };
    const known = await clients.find(contact);
    const record = known ? await clients.get(known) : undefined;
    return { contact, known, noShows: record?.noShows ?? 0 };
  }
  const record = await clients.get(clientId ?? '');
  if (!record) throw unprocessable('clientId', 'there is no such client');
  return { contact: record, known: record.id, noShows: record.noShows ?? 0 };
};

/** Does what `resolveClient` does for staff: messages go to a proven address first. `reach`: where they go, in that order. */
export const resolveForStaff = async (
  { clients, reachOf }: { clients: Finding; reachOf: ReachOf },
  settings: Settings,
  input: ForWhom,
): Promise<Resolved & { reach: Reach[] }> => {
  const { contact, ...found } = await resolveClient(clients, settings, input);
  const given = channels.flatMap((channel): Reach[] => {
    const address = addressOf(contact, channel);
    return address ? [{ channel, address, state: 'given' }] : [];
  });
  const { phone, email } = contact;
  const reach = found.known ? await reachOf({ id: found.known, phone, email }) : given;
  const reached = provenFirst(contact, reach);
  const isFirst = ({ channel }: Reach): boolean => channel === reached.preferredChannel;
  return { ...found, contact: reached, reach: reach.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a))) };
};

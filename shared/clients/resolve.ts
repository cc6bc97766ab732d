import type * as z from 'zod';
import type { Settings } from '../business/catalogue.ts';
import { unprocessable } from '../platform/http/problems.ts';
import type { Clients, Contact } from './clients.ts';
import { normaliseContact } from './contact.ts';
import type { clientInput } from './input.ts';

/** For whom staff book: somebody as the caller tells it, or a client who is known. One of both. */
export interface ForWhom {
  client?: z.output<typeof clientInput> | undefined;
  clientId?: string | undefined;
  source?: string | undefined;
}

/** Who comes, as the booking keeps it; `known`: the client's id, if there is one. Throws unprocessable. */
export const resolveClient = async (
  clients: Pick<Clients, 'find' | 'get'>,
  settings: Settings,
  { client, clientId, source }: ForWhom,
): Promise<{ contact: Contact; known: string | undefined; noShows: number }> => {
  if (client) {
    const language = client.language ?? settings.languages[0] ?? 'en';
    const contact = await normaliseContact({ ...client, language, source }, settings.country);
    const known = await clients.find(contact);
    const record = known ? await clients.get(known) : undefined;
    return { contact, known, noShows: record?.noShows ?? 0 };
  }
  const record = await clients.get(clientId ?? '');
  if (!record) throw unprocessable('clientId', 'there is no such client');
  return { contact: record, known: record.id, noShows: record.noShows ?? 0 };
};

import * as z from 'zod';
import type { Outbox } from '../../background/kinds.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Clients } from '../../clients/clients.ts';
import { paragraph } from '../../platform/fields.ts';
import { expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import { day, type Instant } from '../../platform/time/time.ts';
import { isSuppressed } from '../send/addresses.ts';
import type { MessageStore } from '../send/store.ts';
import type { Inbox } from './inbox-store.ts';
import { type IncomingText, type IncomingTexts, idFrom } from './incoming-store.ts';
import { actIn } from './incoming-words.ts';

/** Notice that AWS End User Messaging publishes of a text to one of our numbers, as far as we use it. */
export const incomingNotice = z.object({
  originationNumber: z.string().min(1),
  messageBody: z.string(),
  inboundMessageId: z.string().min(1),
});
export type IncomingNotice = z.output<typeof incomingNotice>;

/** `unknown`: words from a number that is no client's. `repeated`: it changed nothing. */
export type Received = 'stopped' | 'resumed' | 'help' | 'noted' | 'repeated' | 'unknown';

const isPhone = (number: string): boolean => /^\+[1-9]\d{4,14}$/.test(number);

/** SNS and phones allow no more. */
const maxCharacters = 1_600;
const words = paragraph(maxCharacters);

/**
 * Handles what clients text. A word that stops ends all texts to that number, whoever's it is, and advertising until somebody
 * agrees anew in a form: START lifts the stop of texts alone. Every step can be repeated; the notice's own id tells
 * whether it was this text that brought something about, and so whether it is answered.
 */
export const createIncoming = (deps: {
  table: RegularsTable;
  texts: IncomingTexts;
  inbox: Pick<Inbox, 'put'>;
  store: Pick<MessageStore, 'statusOf' | 'stop' | 'lift' | 'refuse'>;
  clients: Pick<Clients, 'find' | 'entry'>;
  catalogue: Pick<CatalogueReader, 'recent'>;
  outbox: Outbox;
}) => {
  const { table, texts, inbox, store, clients, catalogue, outbox } = deps;

  /** In the inbox, and in the client's timeline. False: it is from nobody who is known. */
  const note = async (text: IncomingText, type: string, body: string): Promise<boolean> => {
    const { id, from, clientId, at, act } = text;
    const said = words.parse(body.slice(0, maxCharacters));
    const details = { channel: 'sms', words: said };
    const { retention } = (await catalogue.recent()).settings;
    const expiresAt = expiryAt(at + retention.textsDays * day);
    // Id and time are those of the text, so that writing it twice leaves one of each.
    const { committed } = await transact(table, [
      inbox.put({ id, from, clientId, at, act, words: said }, expiresAt),
      ...(clientId ? [clients.entry({ clientId, at, id, type, by: 'client', details, expiresAt })] : []),
    ]);
    if (!committed) throw new Error('The timeline is being written to; the notice comes again');
    return clientId !== undefined;
  };
  const answer = (textId: string): Promise<void> => outbox.send({ kind: 'text-reply', textId });

  const stop = async (text: IncomingText, body: string): Promise<Received> => {
    await store.refuse(text.from, 'text', text.at);
    await store.stop(text.from, text.id, text.at);
    await note(text, 'messages.stopped', body);
    const { suppression } = await store.statusOf(text.from);
    if (suppression?.cause !== text.id) return 'repeated';
    await answer(text.id);
    return 'stopped';
  };

  /** True when it was this text that let texts through again. */
  const lifted = async ({ from, id, at }: IncomingText): Promise<boolean> => {
    await store.lift(from, id, at);
    const status = await store.statusOf(from);
    return status.suppression?.cause === id && !isSuppressed(status);
  };

  return async (notice: IncomingNotice, at: Instant): Promise<Received> => {
    const { originationNumber: from, messageBody: body } = notice;
    if (!isPhone(from)) return 'unknown';
    const clientId = await clients.find({ phone: from });
    const text = await texts.recordOnce({ id: idFrom(notice.inboundMessageId), from, clientId, at, ...actIn(body) });
    if (text.act === 'stop') return stop(text, body);
    if (text.act === 'start' && (await lifted(text))) {
      await note(text, 'messages.resumed', body);
      await answer(text.id);
      return 'resumed';
    }
    const noted = await note(text, 'text.received', body);
    if (text.act === 'help') {
      await answer(text.id);
      return 'help';
    }
    return noted ? 'noted' : 'unknown';
  };
};
export type Incoming = ReturnType<typeof createIncoming>;

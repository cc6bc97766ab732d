import type { OutboxMessage } from '../../background/kinds.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { addressHash } from '../../clients/keys.ts';
import { isoUtc } from '../../platform/time/time.ts';
import { AddressFault } from '../compose/mail.ts';
import { smsText } from '../compose/sms-parts.ts';
import type { OutgoingMessage } from '../message.ts';
import type { Delivery, Dispatch } from '../send/dispatch.ts';
import { type IncomingText, type IncomingTexts, idFrom } from './incoming-store.ts';
import { replies } from './replies.ts';

const replyTo = { stop: 'text-stopped', start: 'text-resumed', help: 'text-help' } as const;

/** Answer to a word that somebody texted; to a call for help once a day. `undefined`: to other words nothing. */
const textReply = (
  { settings, locations }: Pick<CatalogueIndex, 'settings' | 'locations'>,
  { id, from, clientId, at, language, act }: IncomingText,
): OutgoingMessage | undefined => {
  if (!act) return undefined;
  const template = replyTo[act];
  // People write STOP in any language.
  const spoken = language === undefined || language === 'en' ? (settings.languages[0] ?? 'en') : language;
  const phone = locations.find((location) => location.phone)?.phone;
  const about =
    act === 'help'
      ? { appointmentId: idFrom(from), occurrence: Number(isoUtc(at).slice(0, 10).replaceAll('-', '')) }
      : { appointmentId: id, occurrence: 0 };
  return {
    // A stranger has no partition to stand in but one by the number itself.
    key: { clientId: clientId ?? addressHash(from), touchpoint: template, ...about },
    template,
    language: spoken,
    purpose: 'service',
    stoppable: false,
    keptDays: settings.retention.messagesDays,
    // A stop is always answered, a call for help once a day.
    cause: act === 'start' ? 'client' : 'business',
    ...(act === 'start' ? {} : { despiteStop: true }),
    recipients: [{ channel: 'sms', address: from }],
    mail: () => Promise.reject(new AddressFault('to')),
    text: () => smsText(replies[spoken][template]({ business: settings.name, phone })),
  };
};

type Due = Extract<OutboxMessage, { kind: 'text-reply' }>;

/** Answers what clients have texted. */
export const createTextReply =
  (deps: {
    catalogue: Pick<CatalogueReader, 'recent'>;
    texts: Pick<IncomingTexts, 'get'>;
    dispatch: Pick<Dispatch, 'send'>;
  }) =>
  async ({ textId }: Due): Promise<Delivery> => {
    const text = await deps.texts.get(textId);
    const reply = text && textReply(await deps.catalogue.recent(), text);
    return reply ? deps.dispatch.send(reply) : 'gone';
  };

import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import PostalMime from 'postal-mime';
import { FileDamaged } from '../state/state-file.ts';
import { linksIn } from './links.ts';

/** A mail or a text that a function has sent. */
export interface Message {
  /** The MessageId that SES or SNS answered. */
  id: string;
  /** The instant of sending, in milliseconds. */
  at: number;
  channel: 'email' | 'text';
  /** The envelope's recipients, or the phone number. */
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  /** Lower-case names; of a text its message attributes. */
  headers: Record<string, string>;
  /** The mail as it was sent; of a text the text. */
  raw: string;
  /** Every http(s) address in the message, once each. */
  links: string[];
  /** SES message tags. */
  tags: Record<string, string>;
  configurationSet?: string;
  attachments: { name: string; type: string; text: string }[];
}

interface Mail {
  source?: string | undefined;
  destinations: string[];
  raw: Buffer;
  tags: Record<string, string>;
  configurationSet?: string | undefined;
}

interface Text {
  phone: string;
  message: string;
  attributes: Record<string, string>;
}

/** Mailbox in which everything ends up that is sent. */
export interface Mailbox {
  /** Oldest first. */
  list(filter?: Partial<Pick<Message, 'channel'>> & { to?: string }): Message[];
  clear(): void;
  receiveMail(mail: Mail): Promise<Message>;
  receiveText(text: Text): Message;
}

const address = (from: { name?: string; address?: string | undefined } | undefined): string =>
  !from ? '' : from.name ? `${from.name} <${from.address ?? ''}>` : (from.address ?? '');

const textOf = (content: ArrayBuffer | Uint8Array | string): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);

/** A process that ended while it wrote leaves half a line at the end: that message was never answered, and goes again. */
const readAll = (file: string): Message[] => {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) writeFileSync(file, whole, { mode: 0o600 });
  try {
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Message);
  } catch (error) {
    throw new FileDamaged(file, error);
  }
};

/** Keeps messages in memory and, where a file is given, appends each to it before the sender gets its answer. */
export const createMailbox = (now: () => number, file?: string): Mailbox => {
  let messages = file && existsSync(file) ? readAll(file) : [];
  if (file) mkdirSync(dirname(file), { recursive: true });

  const keep = (message: Message): Message => {
    messages.push(message);
    if (file) appendFileSync(file, `${JSON.stringify(message)}\n`, { mode: 0o600 });
    return message;
  };

  return {
    list: ({ channel, to } = {}) =>
      messages.filter((message) => (!channel || message.channel === channel) && (!to || message.to.includes(to))),
    clear: () => {
      messages = [];
      if (file) writeFileSync(file, '', { mode: 0o600 });
    },
    receiveMail: async ({ source, destinations, raw, tags, configurationSet }) => {
      const at = now();
      const parsed = await PostalMime.parse(raw);
      const recipients = [...(parsed.to ?? []), ...(parsed.cc ?? []), ...(parsed.bcc ?? [])];
      const text = parsed.text ?? '';
      const html = parsed.html ?? '';
      return keep({
        id: randomUUID(),
        at,
        channel: 'email',
        to:
          destinations.length > 0
            ? destinations
            : recipients.flatMap((one) => one.address ?? one.group?.map((member) => member.address) ?? []),
        from: address(parsed.from) || (source ?? ''),
        subject: parsed.subject ?? '',
        text,
        html,
        headers: Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value])),
        raw: raw.toString('utf8'),
        links: linksIn(text, html),
        tags,
        ...(configurationSet ? { configurationSet } : {}),
        attachments: parsed.attachments.map((attachment) => ({
          name: attachment.filename ?? '',
          type: attachment.mimeType,
          text: attachment.mimeType.startsWith('text/') ? textOf(attachment.content) : '',
        })),
      });
    },
    receiveText: ({ phone, message, attributes }) =>
      keep({
        id: randomUUID(),
        at: now(),
        channel: 'text',
        to: [phone],
        from: attributes['AWS.SNS.SMS.SenderID'] ?? attributes['AWS.MM.SMS.OriginationNumber'] ?? '',
        subject: '',
        text: message,
        html: '',
        headers: attributes,
        raw: message,
        links: linksIn(message, ''),
        tags: {},
        attachments: [],
      }),
  };
};

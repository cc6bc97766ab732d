import type { Instant } from '../../platform/time/time.ts';
import { filePart, header, mailboxPieces, multipart, textPart, textPieces } from './mime.ts';

/** One mail to one person: one bad address would reject a whole message. */
export interface Mail {
  from: { name: string; address: string };
  /** A bare address. */
  to: string;
  replyTo?: string | undefined;
  subject: string;
  text: string;
  html: string;
  /** Unique to the message; the Message-ID is made from it and the sender's domain. SES puts its own in its place. */
  id: string;
  date: Instant;
  /** Address that one-click unsubscribing POSTs to (RFC 8058): https, or loopback on a developer's computer. */
  unsubscribeUrl?: string | undefined;
  calendar?: { content: string; method: 'PUBLISH' | 'CANCEL' } | undefined;
}

/** An address or link that can't stand in a header. What it was is not in the message: it may be personal. */
export class AddressFault extends Error {
  constructor(field: string) {
    super(`${field} can't stand in a mail header`);
    this.name = 'AddressFault';
  }
}

/** One ASCII address as SES takes it; everything with a meaning in headers is out. */
const bareAddress = (field: string, text: string): string => {
  if (!/^[^\s@<>()[\]\\,;:"]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(text) || !/^[\x21-\x7e]{3,254}$/.test(text))
    throw new AddressFault(field);
  return text;
};

const headerText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();

const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** In one line, however long: folded, the link would stand on a line of its own, which some providers don't read. */
const unsubscribeHeaders = (address: string): string[] => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const secure = url && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)));
  if (!secure || /[^\x21-\x7e]|[<>,]/.test(url.href) || url.href.length > 900) throw new AddressFault('unsubscribeUrl');
  return [header('List-Unsubscribe', `<${url.href}>`), header('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click')];
};

const calendarPart = ({ content, method }: NonNullable<Mail['calendar']>): string =>
  filePart('appointment.ics', 'text/calendar', ['charset=utf-8', `method=${method}`], content);

/** The raw MIME message, the same octets for the same mail. Throws AddressFault. */
export const composeMail = async (mail: Mail): Promise<Uint8Array> => {
  const sender = bareAddress('from', mail.from.address);
  const id = mail.id.replace(/[^\w.-]/g, '-');
  const boundary = id.slice(0, 30);
  const headers = [
    header('From', ...mailboxPieces(headerText(mail.from.name), sender)),
    header('To', bareAddress('to', mail.to)),
    ...(mail.replyTo ? [header('Reply-To', bareAddress('replyTo', mail.replyTo))] : []),
    header('Subject', ...textPieces(headerText(mail.subject))),
    header('Message-ID', `<${id}@${sender.slice(sender.indexOf('@') + 1)}>`),
    header('Date', new Date(mail.date).toUTCString().replace('GMT', '+0000')),
    header('Auto-Submitted', 'auto-generated'),
    ...(mail.unsubscribeUrl ? unsubscribeHeaders(mail.unsubscribeUrl) : []),
    header('MIME-Version', '1.0'),
  ];
  const texts = multipart('alternative', `texts.${boundary}`, [
    textPart('text/plain', mail.text),
    textPart('text/html', mail.html),
  ]);
  // An attachment and no alternative: some mail programs show an alternative in place of the text.
  const body = mail.calendar ? multipart('mixed', `mail.${boundary}`, [texts, calendarPart(mail.calendar)]) : texts;
  return Buffer.from(`${headers.join('\r\n')}\r\n${body}`, 'ascii');
};

import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';
import type { Message } from './mailbox.ts';
import { accountId, feedbackTopicArn } from './names.ts';
import { notice } from './topic.ts';

export const feedbackKinds = ['delivery', 'bounce', 'soft-bounce', 'rejection', 'complaint', 'not-spam'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

const reportingMTA = 'dsn; a8-70.smtp-out.amazonses.com';

const mailPart = (mail: Message) => ({
  timestamp: new Date(mail.at).toISOString(),
  source: mail.from,
  sendingAccountId: accountId,
  messageId: mail.id,
  destination: mail.to,
  headersTruncated: false,
  headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
  commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
  tags: {
    'ses:configuration-set': [mail.configurationSet ?? ''],
    'ses:source-ip': ['127.0.0.1'],
    ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
  },
});

const bounce = (mail: Message, timestamp: string, kind: 'Permanent' | 'Transient') => ({
  eventType: 'Bounce',
  bounce: {
    feedbackId: randomUUID(),
    bounceType: kind,
    bounceSubType: 'General',
    bouncedRecipients: mail.to.map((emailAddress) => ({
      emailAddress,
      action: 'failed',
      ...(kind === 'Permanent'
        ? { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }
        : { status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 mailbox full' }),
    })),
    timestamp,
    reportingMTA,
  },
});

const complaint = (mail: Message, timestamp: string, complaintFeedbackType: 'abuse' | 'not-spam') => ({
  eventType: 'Complaint',
  complaint: {
    feedbackId: randomUUID(),
    complaintSubType: null,
    complainedRecipients: mail.to.map((emailAddress) => ({ emailAddress })),
    timestamp,
    userAgent: 'Regulars on this computer',
    complaintFeedbackType,
    arrivalDate: timestamp,
  },
});

const outcomes: Record<FeedbackKind, (mail: Message, timestamp: string) => { eventType: string }> = {
  delivery: (mail, timestamp) => ({
    eventType: 'Delivery',
    delivery: {
      timestamp,
      processingTimeMillis: 500,
      recipients: mail.to,
      smtpResponse: '250 2.0.0 OK',
      reportingMTA: 'a8-70.smtp-out.amazonses.com',
    },
  }),
  bounce: (mail, timestamp) => bounce(mail, timestamp, 'Permanent'),
  'soft-bounce': (mail, timestamp) => bounce(mail, timestamp, 'Transient'),
  rejection: () => ({ eventType: 'Reject', reject: { reason: 'Bad content' } }),
  complaint: (mail, timestamp) => complaint(mail, timestamp, 'abuse'),
  'not-spam': (mail, timestamp) => complaint(mail, timestamp, 'not-spam'),
};

/** Notice that SES publishes about a mail, as the function behind the topic gets it. `at` in milliseconds. */
export const feedbackEvent = (kind: FeedbackKind, mail: Message, at: number): SNSEvent => {
  const timestamp = new Date(at).toISOString();
  const message = JSON.stringify({ ...outcomes[kind](mail, timestamp), mail: mailPart(mail) });
  return notice(feedbackTopicArn, 'Amazon SES Email Event Notification', message, at);
};

/** SES's list for the whole account: what bounced for good or complained. It is empty again after a restart. */
export const noteSuppressed = (suppressed: Set<string>, kind: FeedbackKind, { to }: Pick<Message, 'to'>): void => {
  if (kind === 'bounce' || kind === 'complaint') for (const address of to) suppressed.add(address);
};

/** Fate of mails to the simulator, by the beginning of the address: SES's own first, then ours. */
const simulations: readonly [beginning: string, fate: FeedbackKind[]][] = [
  ['bounce', ['bounce']],
  ['complaint', ['delivery', 'complaint']],
  ['ooto', ['delivery', 'soft-bounce']],
  ['full', ['soft-bounce']],
  ['virus', ['rejection']],
];

/** Fate of a mail by itself: addresses on SES's list bounce, those of its simulator as they say, every other is delivered. */
export const naturalFeedback = (mail: Message, suppressed: ReadonlySet<string>): FeedbackKind[] => {
  if (mail.to.some((address) => suppressed.has(address))) return ['bounce'];
  const simulated = mail.to.find((address) => address.endsWith('@simulator.amazonses.com')) ?? '';
  return simulations.find(([beginning]) => simulated.startsWith(beginning))?.[1] ?? ['delivery'];
};

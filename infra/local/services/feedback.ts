import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';
import type { Message } from './mailbox.ts';
import { accountId, feedbackTopicArn } from './names.ts';
import { notice } from './topic.ts';

export const feedbackKinds = ['delivery', 'bounce', 'complaint'] as const;
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

const outcomes = {
  delivery: (mail: Message, timestamp: string) => ({
    eventType: 'Delivery',
    delivery: {
      timestamp,
      processingTimeMillis: 500,
      recipients: mail.to,
      smtpResponse: '250 2.0.0 OK',
      reportingMTA: 'a8-70.smtp-out.amazonses.com',
    },
  }),
  bounce: (mail: Message, timestamp: string) => ({
    eventType: 'Bounce',
    bounce: {
      feedbackId: randomUUID(),
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: mail.to.map((emailAddress) => ({
        emailAddress,
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      })),
      timestamp,
      reportingMTA,
    },
  }),
  complaint: (mail: Message, timestamp: string) => ({
    eventType: 'Complaint',
    complaint: {
      feedbackId: randomUUID(),
      complaintSubType: null,
      complainedRecipients: mail.to.map((emailAddress) => ({ emailAddress })),
      timestamp,
      userAgent: 'Regulars on this computer',
      complaintFeedbackType: 'abuse',
      arrivalDate: timestamp,
    },
  }),
} as const;

/** What SES publishes about a mail, as the function behind the topic gets it. `at` in milliseconds. */
export const feedbackEvent = (kind: FeedbackKind, mail: Message, at: number): SNSEvent => {
  const timestamp = new Date(at).toISOString();
  const message = JSON.stringify({ ...outcomes[kind](mail, timestamp), mail: mailPart(mail) });
  return notice(feedbackTopicArn, 'Amazon SES Email Event Notification', message, at);
};

/** What becomes of a mail by itself: SES's simulator addresses bounce or complain, every other is delivered. */
export const naturalFeedback = (mail: Message): FeedbackKind[] => {
  const simulated = mail.to.find((address) => address.endsWith('@simulator.amazonses.com')) ?? '';
  if (simulated.startsWith('bounce')) return ['bounce'];
  if (simulated.startsWith('complaint')) return ['delivery', 'complaint'];
  return ['delivery'];
};

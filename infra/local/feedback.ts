import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';
import type { Functions } from './functions.ts';
import type { Message } from './mailbox.ts';
import { accountId, feedbackTopicArn, region } from './names.ts';
import { deliverRepeatedly, type RepeatTriggers } from './repeat.ts';

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
  const site = `https://sns.${region}.amazonaws.com`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: `${feedbackTopicArn}:${randomUUID()}`,
        Sns: {
          Type: 'Notification',
          MessageId: randomUUID(),
          TopicArn: feedbackTopicArn,
          Subject: 'Amazon SES Email Event Notification',
          Message: JSON.stringify({ ...outcomes[kind](mail, timestamp), mail: mailPart(mail) }),
          Timestamp: timestamp,
          SignatureVersion: '1',
          Signature: 'EXAMPLE',
          SigningCertUrl: `${site}/SimpleNotificationService-example.pem`,
          UnsubscribeUrl: `${site}/?Action=Unsubscribe`,
          MessageAttributes: {},
        },
      },
    ],
  };
};

/** What becomes of a mail by itself: SES's simulator addresses bounce or complain, every other is delivered. */
export const naturalFeedback = (mail: Message): FeedbackKind[] => {
  const simulated = mail.to.find((address) => address.endsWith('@simulator.amazonses.com')) ?? '';
  if (simulated.startsWith('bounce')) return ['bounce'];
  if (simulated.startsWith('complaint')) return ['delivery', 'complaint'];
  return ['delivery'];
};

/** A notice on its way to the function, and where it ends up if that fails. */
export interface FeedbackTopic {
  publish(event: SNSEvent): void;
  /** Hands what is there to the function; answers how many. */
  pump(): Promise<number>;
  state(): SNSEvent[];
}

const attempts = 3;

export interface FeedbackTopicOptions {
  functions: Functions;
  repeat: RepeatTriggers;
  /** Called after every change. */
  changed: () => void;
  onFailed: (event: SNSEvent, error: unknown) => void;
  state?: readonly SNSEvent[] | undefined;
}

export const createFeedbackTopic = ({
  functions,
  repeat,
  changed,
  onFailed,
  state = [],
}: FeedbackTopicOptions): FeedbackTopic => {
  const waiting = [...state];

  const deliver = async (name: string, event: SNSEvent): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await functions.invoke(name, event);
        return;
      } catch (error) {
        if (attempt < attempts) continue;
        console.error(`${name} would not take a notice:`, error);
        onFailed(event, error);
        return;
      }
    }
  };

  return {
    publish: (event) => {
      if (functions.triggeredBy('feedback').length === 0) return;
      waiting.push(event);
      changed();
    },
    pump: async () => {
      const [consumer] = functions.triggeredBy('feedback');
      const notices = waiting.slice();
      if (consumer === undefined || notices.length === 0) return 0;
      await deliverRepeatedly(notices, repeat, async (round) => {
        for (const event of round) await deliver(consumer, event);
      });
      waiting.splice(0, notices.length);
      changed();
      return notices.length;
    },
    state: () => waiting,
  };
};

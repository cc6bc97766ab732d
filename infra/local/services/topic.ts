import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';
import type { Functions } from '../runtime/functions.ts';
import { deliverRepeatedly, inParallel, type RepeatTriggers } from '../runtime/repeat.ts';
import { region } from './names.ts';

/** A message of a topic as the function behind it gets it. `at` in milliseconds. */
export const notice = (topicArn: string, subject: string, message: string, at: number): SNSEvent => {
  const site = `https://sns.${region}.amazonaws.com`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: `${topicArn}:${randomUUID()}`,
        Sns: {
          Type: 'Notification',
          MessageId: randomUUID(),
          TopicArn: topicArn,
          Subject: subject,
          Message: message,
          Timestamp: new Date(at).toISOString(),
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

/** Notices on their way to a function. */
export interface Topic {
  publish(event: SNSEvent): void;
  /** Hands what is there to the function; answers how many. */
  pump(): Promise<number>;
  state(): SNSEvent[];
}

const attempts = 3;

export interface TopicOptions {
  /** Functions that listen. */
  trigger: 'feedback' | 'incoming-texts';
  functions: Functions;
  repeat: RepeatTriggers;
  /** Called after every change. */
  changed: () => void;
  onFailed: (event: SNSEvent, error: unknown) => void;
  state?: readonly SNSEvent[] | undefined;
}

export const createTopic = ({ trigger, functions, repeat, changed, onFailed, state = [] }: TopicOptions): Topic => {
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
      if (functions.triggeredBy(trigger).length === 0) return;
      waiting.push(event);
      changed();
    },
    pump: async () => {
      const [consumer] = functions.triggeredBy(trigger);
      const notices = waiting.slice();
      if (consumer === undefined || notices.length === 0) return 0;
      await deliverRepeatedly(notices, repeat, async (round) => {
        await inParallel(round, repeat.inParallel ?? 1, (event) => deliver(consumer, event));
      });
      waiting.splice(0, notices.length);
      changed();
      return notices.length;
    },
    state: () => waiting,
  };
};

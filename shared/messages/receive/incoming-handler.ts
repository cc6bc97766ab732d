import type { SNSEvent } from 'aws-lambda';
import { type TimeLimit, withDeadline } from '../../platform/deadline.ts';
import type { Telemetry } from '../../platform/telemetry.ts';
import { type Incoming, type IncomingNotice, incomingNotice } from './incoming.ts';

/** Faults of JSON quote what they found, and that would be the client's words in the log. */
const parse = (message: string): IncomingNotice => {
  try {
    return incomingNotice.parse(JSON.parse(message));
  } catch {
    throw new Error('The notice is not of an incoming text');
  }
};

/** The consumer of the topic of incoming texts. Throwing makes Lambda try again, then use the dead-letter queue. */
export const incomingHandler =
  (telemetry: Telemetry, incoming: () => Incoming) =>
  (event: SNSEvent, limit?: TimeLimit): Promise<void> =>
    withDeadline(limit, async () => {
      for (const { Sns } of event.Records) {
        const received = await incoming()(parse(Sns.Message), Date.parse(Sns.Timestamp));
        telemetry.info('text', { received });
        if (received === 'unknown') telemetry.count('UnknownTexts');
      }
    });

import type { SNSEvent } from 'aws-lambda';
import { type TimeLimit, withDeadline } from '../../platform/deadline.ts';
import type { Telemetry } from '../../platform/telemetry.ts';
import { type createFeedback, type SesEvent, sesEvent } from './feedback.ts';

/** Notice that SES publishes, once, when it is told to report to the topic. */
const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.';

/** Faults of JSON quote what they found, and that would be addresses in the log. */
const parse = (message: string): SesEvent => {
  try {
    return sesEvent.parse(JSON.parse(message));
  } catch {
    throw new Error('The report is not of SES');
  }
};

/** The consumer of the topic to which SES reports. Throwing makes SNS try again, then use the dead-letter queue. */
export const feedbackHandler =
  (telemetry: Telemetry, feedback: () => ReturnType<typeof createFeedback>) =>
  (event: SNSEvent, limit?: TimeLimit): Promise<void> =>
    withDeadline(limit, async () => {
      for (const { Sns } of event.Records) {
        if (Sns.Message === greeting) continue;
        const report = parse(Sns.Message);
        await feedback()(report);
        telemetry.info('feedback', { type: report.eventType });
      }
    });

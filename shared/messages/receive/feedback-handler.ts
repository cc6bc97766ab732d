import type { SNSEvent } from 'aws-lambda';
import { type TimeLimit, withDeadline } from '../../platform/deadline.ts';
import type { Telemetry } from '../../platform/telemetry.ts';
import { type createFeedback, sesEvent } from './feedback.ts';

/** What SES publishes, once, when it is told to report to the topic. */
const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.';

/** The consumer of the topic to which SES reports. Throwing makes SNS try again, then use the dead-letter queue. */
export const feedbackHandler =
  (telemetry: Telemetry, feedback: () => ReturnType<typeof createFeedback>) =>
  (event: SNSEvent, limit?: TimeLimit): Promise<void> =>
    withDeadline(limit, async () => {
      for (const { Sns } of event.Records) {
        if (Sns.Message === greeting) continue;
        const report = sesEvent.parse(JSON.parse(Sns.Message));
        await feedback()(report);
        telemetry.info('feedback', { type: report.eventType });
      }
    });

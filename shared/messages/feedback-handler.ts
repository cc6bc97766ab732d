import type { SNSEvent } from 'aws-lambda';
import type { Telemetry } from '../platform/telemetry.ts';
import { type createFeedback, sesEvent } from './feedback.ts';

/** The consumer of the topic to which SES reports. Throwing makes SNS try again, then use the dead-letter queue. */
export const feedbackHandler =
  (telemetry: Telemetry, feedback: () => ReturnType<typeof createFeedback>) =>
  async (event: SNSEvent): Promise<void> => {
    for (const { Sns } of event.Records) {
      const report = sesEvent.parse(JSON.parse(Sns.Message));
      await feedback()(report);
      telemetry.info('feedback', { type: report.eventType });
      telemetry.count(`Mail-${report.eventType}`);
    }
  };

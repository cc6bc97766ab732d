import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { handleEach } from '../platform/batch.ts';
import { type TimeLimit, withDeadline } from '../platform/deadline.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { type Consumers, type OutboxMessage, outboxMessage } from './kinds.ts';
import { Later } from './later.ts';

const isPassing = (error: unknown): boolean => error instanceof Later;

/** The consumer of the outbox queue. */
export const deliverHandler = (telemetry: Telemetry, consumers: () => Consumers) => {
  const handle = async (record: SQSRecord): Promise<void> => {
    const message = outboxMessage.parse(JSON.parse(record.body));
    const consume = consumers()[message.kind] as (due: OutboxMessage) => Promise<string>;
    const delivery = await consume(message);
    telemetry.info('delivery', { ...message, delivery });
    telemetry.count(`Message-${delivery}`);
  };
  return (event: SQSEvent, limit?: TimeLimit): Promise<SQSBatchResponse> =>
    withDeadline(limit, () => handleEach(event.Records, (record) => record.messageId, handle, telemetry, isPassing));
};

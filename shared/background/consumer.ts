import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { handleEach } from '../platform/batch.ts';
import { type TimeLimit, withDeadline } from '../platform/deadline.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { type Consumers, type Outbox, type OutboxKind, type OutboxMessage, outboxMessage } from './kinds.ts';
import { Later } from './later.ts';

const isPassing = (error: unknown): boolean => error instanceof Later;

/** A message as it is logged: without what is no plain value. */
const logged = (message: OutboxMessage): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(message).flatMap(([name, value]) =>
      typeof value === 'object' || value === undefined ? [] : [[name, value] as const],
    ),
  );

/**
 * The consumer of a queue. `passOn` takes what belongs into another queue: a schedule or a message from before there
 * were two still comes to the first. Without it such a message fails, and is kept.
 */
export const queueHandler = <Kind extends OutboxKind>(
  telemetry: Telemetry,
  consumers: () => Consumers<Kind>,
  passOn?: Outbox['send'],
) => {
  const consumerOf = ({ kind }: OutboxMessage) => {
    const known = consumers() as Partial<Record<OutboxKind, (due: OutboxMessage) => Promise<string>>>;
    return known[kind];
  };

  const handle = async (record: SQSRecord): Promise<void> => {
    const message = outboxMessage.parse(JSON.parse(record.body));
    const consume = consumerOf(message);
    if (!consume) {
      if (!passOn) throw new Error(`${message.kind} belongs into another queue`);
      await passOn(message);
      telemetry.info('passed on', { kind: message.kind });
      return;
    }
    const delivery = await consume(message);
    telemetry.info('delivery', { ...logged(message), delivery });
    telemetry.count(`Message-${delivery}`);
  };
  return (event: SQSEvent, limit?: TimeLimit): Promise<SQSBatchResponse> =>
    withDeadline(limit, () => handleEach(event.Records, (record) => record.messageId, handle, telemetry, isPassing));
};

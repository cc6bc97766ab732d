import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { inBatches } from '../platform/batch.ts';
import { type Outbox, type OutboxBatch, type QueueName, queueOf } from './kinds.ts';

/** Number of messages that SQS takes at once. */
const largestBatch = 10;

const batchesAtOnce = 8;

/** Puts due work into the queue of its kind. `urlOf` throws where the function may not send to a queue. */
export const createOutbox = (client: SQSClient, urlOf: (queue: QueueName) => string): Outbox & OutboxBatch => ({
  async send(message, delaySeconds) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: urlOf(queueOf(message)),
        MessageBody: JSON.stringify(message),
        ...(delaySeconds ? { DelaySeconds: delaySeconds } : {}),
      }),
    );
  },
  async sendAll(messages, delaySeconds) {
    const batches = [...Map.groupBy(messages, queueOf)].flatMap(([queue, ofQueue]) =>
      Array.from({ length: Math.ceil(ofQueue.length / largestBatch) }, (_, index) => ({
        queue,
        batch: ofQueue.slice(index * largestBatch, (index + 1) * largestBatch),
      })),
    );
    await inBatches(batches, batchesAtOnce, async ({ queue, batch }) => {
      const Entries = batch.map((message, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(message),
        DelaySeconds: delaySeconds,
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: urlOf(queue), Entries }));
      if (Failed.length > 0) throw new Error(`The queue refused ${Failed.length} messages: ${Failed[0]?.Code}`);
    });
  },
});

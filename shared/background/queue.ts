import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { inBatches } from '../platform/batch.ts';
import type { Outbox, OutboxBatch } from './kinds.ts';

/** What SQS takes at once. */
const largestBatch = 10;

const batchesAtOnce = 8;

export const createOutbox = (client: SQSClient, queueUrl: string): Outbox & OutboxBatch => ({
  async send(message) {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  },
  async sendAll(messages, delaySeconds) {
    const batches = Array.from({ length: Math.ceil(messages.length / largestBatch) }, (_, index) =>
      messages.slice(index * largestBatch, (index + 1) * largestBatch),
    );
    await inBatches(batches, batchesAtOnce, async (batch) => {
      const Entries = batch.map((message, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(message),
        DelaySeconds: delaySeconds,
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`The queue refused ${Failed.length} messages: ${Failed[0]?.Code}`);
    });
  },
});

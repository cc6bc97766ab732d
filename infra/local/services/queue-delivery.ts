import { createHash } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { QueueName } from '../../../shared/background/kinds.ts';
import { reportedFailures } from '../engine/batch-failures.ts';
import type { Functions } from '../runtime/functions.ts';
import { chunks, deliverRepeatedly, inParallel, type RepeatTriggers } from '../runtime/repeat.ts';
import { queues, region } from './names.ts';
import type { Queue, QueuedMessage } from './queue.ts';

const batchSize = 10;

const recordOf = (message: QueuedMessage, arn: string): SQSRecord => ({
  messageId: message.id,
  receiptHandle: `${message.id}#${message.receives}`,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: region,
});

/** Hands visible messages to the function behind the queue; answers how many. What it fails stays for redelivery. */
export const deliverQueue = async (
  name: QueueName,
  queue: Queue,
  functions: Functions,
  repeat: RepeatTriggers,
): Promise<number> => {
  const consumer = functions.behindQueue(name);
  if (!consumer) return 0;
  const { inParallel: batchesAtOnce = 1 } = repeat;
  const received = queue.receive(repeat.times > 1 || repeat.shuffle ? 1000 : batchSize * batchesAtOnce);

  const deliverBatch = async (batch: readonly QueuedMessage[]): Promise<void> => {
    const ids = batch.map((message) => message.id);
    const event: SQSEvent = { Records: batch.map((message) => recordOf(message, queues[name].arn)) };
    try {
      const failed = reportedFailures(await functions.invoke(consumer, event), ids);
      if (!failed) throw new Error('batchItemFailures names what is not in the batch');
      for (const id of ids) if (!failed.has(id)) queue.remove(id);
    } catch (error) {
      console.error(`${consumer} failed a batch of ${batch.length}:`, error);
    }
  };

  await deliverRepeatedly(received, repeat, async (messages) => {
    await inParallel(chunks(messages, batchSize), batchesAtOnce, deliverBatch);
  });
  return received.length;
};

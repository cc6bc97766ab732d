import { createHash } from 'node:crypto';
import { type QueueName, queueNames } from '../../../../shared/background/kinds.ts';
import { queues as named } from '../names.ts';
import type { Queue } from '../queue.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsService } from './service.ts';

interface Entry {
  Id?: string;
  MessageBody?: string;
  DelaySeconds?: number;
}

interface Input extends Entry {
  QueueUrl?: string;
  Entries?: Entry[];
}

const maxBytes = 1_048_576;
const json = { 'content-type': 'application/x-amz-json-1.0' };
const ok = (body: object): AwsAnswer => ({ status: 200, headers: json, body: JSON.stringify(body) });

const send = (queue: Queue, { MessageBody, DelaySeconds = 0 }: Entry) => {
  if (!MessageBody) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(MessageBody) > maxBytes) {
    throw new AwsError(
      'InvalidParameterValue',
      'One or more parameters are invalid. Message must be shorter than 1 MiB.',
    );
  }
  if (!Number.isInteger(DelaySeconds) || DelaySeconds < 0 || DelaySeconds > 900) {
    throw new AwsError('InvalidParameterValue', `Value ${DelaySeconds} for parameter DelaySeconds is invalid.`);
  }
  const { id } = queue.send(MessageBody, DelaySeconds);
  return { MessageId: id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
};

const sendBatch = (queue: Queue, entries: readonly Entry[]) => {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request is empty.');
  if (entries.length > 10) throw new AwsError('TooManyEntriesInBatchRequest', 'More than 10 entries in a batch.');
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same Id.');
  }
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody ?? ''), 0);
  if (bytes > maxBytes) throw new AwsError('BatchRequestTooLong', 'The batch is longer than 1 MiB.');
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...send(queue, entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
};

/** SQS (AWS JSON 1.0) with the queues of due work as its only ones. */
export const sqsService = (queues: Record<QueueName, Queue>): AwsService => ({
  action: ({ headers }) => String(headers['x-amz-target'] ?? '').replace('AmazonSQS.', ''),
  handle: (action, { body }) => {
    const input = JSON.parse(body) as Input;
    const name = queueNames.find((each) => input.QueueUrl?.endsWith(`/${named[each].name}`));
    if (!name) {
      throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${input.QueueUrl}`);
    }
    if (action === 'SendMessage') return ok(send(queues[name], input));
    if (action === 'SendMessageBatch') return ok(sendBatch(queues[name], input.Entries ?? []));
    throw new AwsError('UnsupportedOperation', `${action} does not exist on this computer.`);
  },
  fault: ({ code, message, status }) => ({
    status,
    headers: json,
    body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }),
  }),
});

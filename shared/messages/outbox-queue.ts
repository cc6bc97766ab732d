import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Outbox } from './outbox.ts';

export const createOutbox = (client: SQSClient, queueUrl: string): Outbox => ({
  async send(message) {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  },
});

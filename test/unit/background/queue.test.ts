import type { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import { createOutbox } from '../../../shared/background/queue.ts';

const reminder: OutboxMessage = {
  kind: 'touchpoint',
  appointmentId: '0123456789abcdef',
  touchpointId: 'reminder',
  sequence: 0,
};
const piece = (date: string): OutboxMessage => ({
  kind: 'replan',
  jobId: '0123456789abcdef',
  locationId: 'brooklyn',
  date,
});

const outbox = () => {
  const sent: [string | undefined, number][] = [];
  const client = {
    async send({ input }: SendMessageCommand | SendMessageBatchCommand) {
      sent.push([input.QueueUrl, 'Entries' in input ? (input.Entries ?? []).length : 1]);
      return {};
    },
  };
  return { sent, outbox: createOutbox(client as unknown as SQSClient, (queue) => `https://sqs/${queue}`) };
};

test('each message goes to the queue of its kind', async () => {
  const { sent, outbox: queues } = outbox();
  await queues.send(reminder);
  await queues.send(piece('2026-11-24'));
  expect(sent).toEqual([
    ['https://sqs/messages', 1],
    ['https://sqs/background', 1],
  ]);
});

test('many go by tens, to each queue its own', async () => {
  const { sent, outbox: queues } = outbox();
  const pieces = Array.from({ length: 12 }, (_, day) => piece(`2026-12-${String(day + 1).padStart(2, '0')}`));
  await queues.sendAll([reminder, ...pieces], 30);
  expect(sent).toEqual([
    ['https://sqs/messages', 1],
    ['https://sqs/background', 10],
    ['https://sqs/background', 2],
  ]);
});

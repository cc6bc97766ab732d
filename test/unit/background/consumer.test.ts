import type { SQSEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { queueHandler } from '../../../shared/background/consumer.ts';
import type { Consumers, MessageKind, OutboxMessage } from '../../../shared/background/kinds.ts';
import { Later } from '../../../shared/background/later.ts';
import { silent } from '../../../shared/platform/telemetry.ts';

const reminder = '{"kind":"touchpoint","appointmentId":"0123456789abcdef","touchpointId":"reminder","sequence":0}';
const unconfirmed = '{"kind":"unconfirmed","appointmentId":"0123456789abcdef","sequence":1}';
const eventOf = (...bodies: string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: `id-${index}`, body })) }) as SQSEvent;

const queue = (answer: () => Promise<string> = async () => 'sent') => {
  const done: OutboxMessage[] = [];
  const consume = async (message: OutboxMessage) => {
    done.push(message);
    return answer();
  };
  const consumers = (): Consumers<MessageKind> => ({
    touchpoint: consume,
    'low-score': consume,
    'text-reply': consume,
    'waiting-joined': consume,
    'waiting-offer': consume,
  });
  return { done, consumers };
};

describe('the consumer of a queue', () => {
  test('passes on what belongs into the other, as it came, and does the rest itself', async () => {
    const { done, consumers } = queue();
    const passedOn: OutboxMessage[] = [];
    const handler = queueHandler(silent, consumers, async (message) => void passedOn.push(message));
    expect(await handler(eventOf(unconfirmed, reminder))).toEqual({ batchItemFailures: [] });
    expect([passedOn, done]).toEqual([[JSON.parse(unconfirmed)], [JSON.parse(reminder)]]);
  });

  test('keeps what it could not pass on', async () => {
    const handler = queueHandler(silent, queue().consumers, () => Promise.reject(new Error('unreachable')));
    expect(await handler(eventOf(reminder, unconfirmed))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'id-1' }],
    });
  });

  test('keeps what is not its own, where it may pass on nothing', async () => {
    const handler = queueHandler(silent, queue().consumers);
    expect(await handler(eventOf(unconfirmed))).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-0' }] });
  });

  test('keeps what must wait, and what is no due work at all', async () => {
    const { consumers } = queue(() => Promise.reject(new Later('Throttling')));
    const handler = queueHandler(silent, consumers);
    expect(await handler(eventOf(reminder, '{"kind":"coffee"}', 'no json'))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'id-0' }, { itemIdentifier: 'id-1' }, { itemIdentifier: 'id-2' }],
    });
  });
});

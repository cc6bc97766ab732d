import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test, vi } from 'vitest';
import { createStreamDelivery, type FailedRecords } from '../../../infra/local/engine/stream.ts';
import type { Functions } from '../../../infra/local/runtime/functions.ts';
import { once } from '../../../infra/local/runtime/repeat.ts';

const record = (number: number, more: Partial<StreamRecord['dynamodb']> = {}): StreamRecord => ({
  eventID: String(number),
  eventName: 'INSERT',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    SequenceNumber: String(number),
    ApproximateCreationDateTime: new Date('2026-11-24T09:00:00Z'),
    Keys: { pk: { S: String(number) } },
    NewImage: { entity: { S: 'Thing' } },
    ...more,
  },
});

const numbersIn = (event: DynamoDBStreamEvent): number[] =>
  event.Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));

/** Delivers the records to one function that answers as `handle` says. */
const deliver = async (records: StreamRecord[], handle: (event: DynamoDBStreamEvent, call: number) => unknown) => {
  const events: DynamoDBStreamEvent[] = [];
  const failed: Omit<FailedRecords, 'at'>[] = [];
  const done = vi.fn();
  const functions: Functions = {
    invoke: async (_, event) => {
      events.push(event as DynamoDBStreamEvent);
      return handle(event as DynamoDBStreamEvent, events.length);
    },
    triggeredBy: () => ['consumer'],
    behindQueue: () => undefined,
    spec: () => ({
      entry: '',
      trigger: { kind: 'stream', entities: ['Thing'] },
      may: [],
      memoryMb: 128,
      timeoutSeconds: 1,
    }),
    loadAll: async () => {},
  };
  const delivery = createStreamDelivery({
    reader: { read: async () => ({ records, done }), checkpoints: () => ({}) },
    streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/x',
    functions,
    repeat: once,
    clockOffset: () => 60_000,
    onFailed: (one) => failed.push(one),
    pausesMs: [1, 1],
  });
  const silence = vi.spyOn(console, 'error').mockImplementation(() => {});
  await delivery.pump();
  silence.mockRestore();
  return { events, calls: events.map(numbersIn), failed, done };
};

const range = (from: number, until: number): number[] =>
  Array.from({ length: until - from + 1 }, (_, index) => from + index);

test('a record has the shape that Lambda gives it', async () => {
  const { events } = await deliver(
    [record(7, { NewImage: { entity: { S: 'Thing' }, bytes: { B: new Uint8Array([1, 2, 255]) } } })],
    () => undefined,
  );
  expect(events[0]?.Records[0]).toMatchObject({
    eventName: 'INSERT',
    eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/x',
    dynamodb: {
      ApproximateCreationDateTime: Date.parse('2026-11-24T09:01:00Z') / 1000,
      NewImage: { bytes: { B: 'AQL/' } },
      SequenceNumber: '7',
    },
  });
});

test('a removed item is recognised by its old image, and other entities are left out', async () => {
  const { calls } = await deliver(
    [
      record(1, { NewImage: undefined, OldImage: { entity: { S: 'Thing' } } }),
      record(2, { NewImage: { entity: { S: 'Other' } } }),
      record(3, { NewImage: { pk: { S: 'without entity' } } }),
    ],
    () => undefined,
  );
  expect(calls).toEqual([[1]]);
});

test('a batch has at most a hundred records', async () => {
  const { calls, done } = await deliver(
    range(1, 250).map((number) => record(number)),
    () => undefined,
  );
  expect(calls).toEqual([range(1, 100), range(101, 200), range(201, 250)]);
  expect(done).toHaveBeenCalledOnce();
});

test('what a function reports as failed is delivered again, with all that follows it', async () => {
  const { calls, failed } = await deliver(
    [1, 2, 3].map((number) => record(number)),
    (_, call) => (call === 1 ? { batchItemFailures: [{ itemIdentifier: '2' }] } : { batchItemFailures: [] }),
  );
  expect(calls).toEqual([
    [1, 2, 3],
    [2, 3],
  ]);
  expect(failed).toEqual([]);
});

test('after some retries each record comes alone, and only the bad one is set aside', async () => {
  const { calls, failed, done } = await deliver(
    [1, 2, 3].map((number) => record(number)),
    (event) => {
      if (numbersIn(event).includes(2)) throw new Error('no twos');
    },
  );
  expect(calls).toEqual([[1, 2, 3], [1, 2, 3], [1, 2, 3], [1], [2], [3]]);
  expect(failed.map(({ records, error }) => [numbersIn({ Records: records }), error])).toEqual([
    [[2], 'Error: no twos'],
  ]);
  expect(done).toHaveBeenCalledOnce();
});

test('a report that names strangers fails the whole batch', async () => {
  const { calls } = await deliver(
    [1, 2].map((number) => record(number)),
    (_, call) => (call === 1 ? { batchItemFailures: [{ itemIdentifier: '99' }] } : undefined),
  );
  expect(calls).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

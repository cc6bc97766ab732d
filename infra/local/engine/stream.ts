import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Functions } from '../runtime/functions.ts';
import { chunks, deliverRepeatedly, type RepeatTriggers } from '../runtime/repeat.ts';
import { region } from '../services/names.ts';
import { reportedFailures } from './batch-failures.ts';
import type { StreamReader } from './stream-reader.ts';

/** Records that a function would not take. */
export interface FailedRecords {
  functionName: string;
  records: DynamoDBRecord[];
  error: string;
  /** In milliseconds. */
  at: number;
}

export interface StreamDelivery {
  /** Reads what is there and hands it to the functions; answers how many records it read. */
  pump(): Promise<number>;
  /** Reads what is there and hands it to nobody. */
  skip(): Promise<void>;
}

export interface StreamDeliveryOptions {
  reader: StreamReader;
  streamArn: string;
  functions: Functions;
  repeat: RepeatTriggers;
  onFailed: (failed: Omit<FailedRecords, 'at'>) => void;
  /** Milliseconds by which the wound clock is ahead of the engine's. */
  clockOffset: () => number;
  /** Milliseconds to wait before each retry. */
  pausesMs?: readonly number[];
}

const batchSize = 100;
const readLimit = 1000;

const toBase64 = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;

/** The record in the shape in which Lambda gets it: JSON, binary in base64, the time in seconds. */
const lambdaRecord = (record: StreamRecord, streamArn: string, clockOffset: number): DynamoDBRecord => {
  const { ApproximateCreationDateTime: createdAt, ...change } = record.dynamodb ?? {};
  const seconds = Math.floor(((createdAt?.getTime() ?? 0) + clockOffset) / 1000);
  const shaped = {
    ...record,
    awsRegion: region,
    eventSourceARN: streamArn,
    dynamodb: { ApproximateCreationDateTime: seconds, ...change },
  };
  return JSON.parse(JSON.stringify(shaped, toBase64)) as DynamoDBRecord;
};

const entityOf = (record: DynamoDBRecord): string | undefined =>
  (record.dynamodb?.NewImage?.['entity'] ?? record.dynamodb?.OldImage?.['entity'])?.S;

const sequenceOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Hands each record to the functions that ask for its entity; retries, then sets aside what they won't take. */
export const createStreamDelivery = ({
  reader,
  streamArn,
  functions,
  repeat,
  onFailed,
  clockOffset,
  pausesMs = [50, 200, 800],
}: StreamDeliveryOptions): StreamDelivery => {
  /** Records that are left to do: all behind and including the first record that failed. */
  const attempt = async (name: string, records: readonly DynamoDBRecord[]): Promise<readonly DynamoDBRecord[]> => {
    const event: DynamoDBStreamEvent = { Records: [...records] };
    const numbers = records.map(sequenceOf);
    const failed = reportedFailures(await functions.invoke(name, event), numbers);
    if (!failed) throw new Error('batchItemFailures names what is not in the batch');
    const first = numbers.findIndex((number) => failed.has(number));
    return first < 0 ? [] : records.slice(first);
  };

  /** Tries until nothing is left or the tries are used up; answers what is left, and the error of the last that threw. */
  const tryRepeatedly = async (name: string, batch: readonly DynamoDBRecord[], pauses: readonly number[]) => {
    let left = batch;
    let reason: unknown = new Error('batchItemFailures');
    for (const milliseconds of [0, ...pauses]) {
      if (milliseconds > 0) await pause(milliseconds);
      try {
        left = await attempt(name, left);
        if (left.length === 0) break;
      } catch (error) {
        reason = error;
      }
    }
    return { left, reason };
  };

  const deliverBatch = async (
    name: string,
    batch: readonly DynamoDBRecord[],
    pauses: readonly number[],
  ): Promise<void> => {
    const { left, reason } = await tryRepeatedly(name, batch, pauses);
    if (left.length === 0) return;
    if (left.length > 1) {
      // Bisects a batch as Lambda does, so that one bad record doesn't take its neighbours along.
      for (const record of left) await deliverBatch(name, [record], []);
      return;
    }
    console.error(`${name} would not take a record of the stream:`, reason, JSON.stringify(left));
    onFailed({ functionName: name, records: [...left], error: String(reason) });
  };

  const deliverTo = async (name: string, records: readonly DynamoDBRecord[]): Promise<void> => {
    const { trigger } = functions.spec(name);
    if (trigger.kind !== 'stream') return;
    const wanted = records.filter((record) => trigger.entities.includes(entityOf(record) ?? ''));
    await deliverRepeatedly(wanted, repeat, async (round) => {
      for (const batch of chunks(round, batchSize)) await deliverBatch(name, batch, pausesMs);
    });
  };

  return {
    skip: async () => {
      for (let read = await reader.read(readLimit); read.records.length > 0; read = await reader.read(readLimit))
        read.done();
    },
    pump: async () => {
      const read = await reader.read(readLimit);
      if (read.records.length === 0) return 0;
      const records = read.records.map((record) => lambdaRecord(record, streamArn, clockOffset()));
      await Promise.all(functions.triggeredBy('stream').map((name) => deliverTo(name, records)));
      read.done();
      return records.length;
    },
  };
};

import type { SQSBatchResponse } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

/**
 * Handles the records of a batch side by side; those that fail are reported, so that only they come again.
 * `isPassing`: an error that says 'later', as it should, and is no fault; its message is logged, so it may be a code only.
 */
export const handleEach = async <R>(
  records: readonly R[],
  idOf: (record: R) => string,
  handle: (record: R) => Promise<unknown>,
  telemetry: Telemetry,
  isPassing: (error: unknown) => boolean = () => false,
): Promise<SQSBatchResponse> => {
  const results = await Promise.allSettled(records.map(handle));
  const batchItemFailures = results.flatMap((result, index) => {
    const record = records[index];
    if (result.status === 'fulfilled' || record === undefined) return [];
    if (isPassing(result.reason))
      telemetry.info('record postponed', { record: idOf(record), why: String(result.reason.message) });
    else {
      telemetry.error('record failed', result.reason, { record: idOf(record) });
      telemetry.count('FailedRecords');
    }
    return [{ itemIdentifier: idOf(record) }];
  });
  return { batchItemFailures };
};

/** Does something for each, at most so many at once, and answers in their order. The first failure ends it. */
export const inBatches = async <T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce)
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  return results;
};

import type { SQSBatchResponse } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

/** Handles the records of a batch side by side; those that fail are reported, so that only they come again. */
export const handleEach = async <R>(
  records: readonly R[],
  idOf: (record: R) => string,
  handle: (record: R) => Promise<unknown>,
  telemetry: Telemetry,
): Promise<SQSBatchResponse> => {
  const results = await Promise.allSettled(records.map(handle));
  const batchItemFailures = results.flatMap((result, index) => {
    const record = records[index];
    if (result.status === 'fulfilled' || record === undefined) return [];
    telemetry.error('record failed', result.reason, { record: idOf(record) });
    return [{ itemIdentifier: idOf(record) }];
  });
  if (batchItemFailures.length > 0) telemetry.count('FailedRecords', batchItemFailures.length);
  return { batchItemFailures };
};

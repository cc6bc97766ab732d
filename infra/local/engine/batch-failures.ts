/**
 * The identifiers that a function reports as failed. `undefined`: the answer makes no sense,
 * which Lambda takes for the failure of the whole batch.
 */
export const reportedFailures = (answer: unknown, known: readonly string[]): Set<string> | undefined => {
  if (answer === null || answer === undefined || typeof answer !== 'object') return new Set();
  const list = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (list === null || list === undefined) return new Set();
  if (!Array.isArray(list)) return undefined;
  const ids = list.map((failure: unknown) =>
    failure && typeof failure === 'object' ? (failure as { itemIdentifier?: unknown }).itemIdentifier : undefined,
  );
  return ids.every((id): id is string => typeof id === 'string' && known.includes(id)) ? new Set(ids) : undefined;
};

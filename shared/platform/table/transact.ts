import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { RegularsTable } from './table.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A put, update, delete or check of dynamodb-toolbox, to be committed together with others. */
export interface TransactionWrite {
  params(): TransactItem & { ToolboxItem?: unknown };
}

/** `lost`: the parts whose condition didn't hold, which is final. Neither committed nor lost: contention, try again. */
export interface Commit {
  committed: boolean;
  lost: ReadonlySet<TransactionWrite>;
}

const passing = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
]);

/** All or nothing, in one TransactWriteItems. */
export const transact = async (table: RegularsTable, writes: readonly TransactionWrite[]): Promise<Commit> => {
  const TransactItems = writes.map((part) => {
    const { ToolboxItem: _, ...params } = part.params();
    return params;
  });
  try {
    await table.getDocumentClient().send(new TransactWriteCommand({ TransactItems }));
    return { committed: true, lost: new Set() };
  } catch (error) {
    const { name, CancellationReasons: reasons } = error as Error & { CancellationReasons?: { Code?: string }[] };
    if (passing.has(name)) return { committed: false, lost: new Set() };
    const foreseen = [
      'None',
      'ConditionalCheckFailed',
      'TransactionConflict',
      'ThrottlingError',
      'ProvisionedThroughputExceeded',
    ];
    if (!reasons?.every(({ Code = 'None' }) => foreseen.includes(Code))) throw error;
    return {
      committed: false,
      lost: new Set(writes.filter((_, index) => reasons[index]?.Code === 'ConditionalCheckFailed')),
    };
  }
};

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineEntity } from '../../../shared/platform/table/entity.ts';
import type { RegularsTable } from '../../../shared/platform/table/table.ts';
import { type TransactionWrite, transact } from '../../../shared/platform/table/transact.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

let started: TestTable;
let table: RegularsTable;
beforeAll(async () => {
  started = await startTable();
  table = started.table;
});
afterAll(() => started.close());

const thingEntity = defineEntity({
  name: 'Thing',
  attributes: { id: string().key(), version: number() },
  key: ({ id }) => ({ pk: `THING#${id}`, sk: 'THING' }),
});

const put = (id: string, version: number): TransactionWrite =>
  thingEntity(table)
    .build(PutTransaction)
    .item({ id, version })
    .options({ condition: version === 1 ? { attr: 'version', exists: false } : { attr: 'version', eq: version - 1 } });
const versionOf = async (id: string): Promise<number | undefined> => {
  const key = { pk: `THING#${id}`, sk: 'THING' };
  const get = new GetCommand({ TableName: table.getName(), Key: key, ConsistentRead: true });
  return (await table.getDocumentClient().send(get)).Item?.['version'];
};

describe('a transaction', () => {
  test('commits all of its parts', async () => {
    const { committed, lost } = await transact(table, [put('a', 1), put('b', 1)]);
    expect([committed, lost.size]).toEqual([true, 0]);
    expect([await versionOf('a'), await versionOf('b')]).toEqual([1, 1]);
  });

  test('tells which part was lost, and commits none', async () => {
    await transact(table, [put('taken', 1)]);
    const parts = [put('free', 1), put('taken', 1), put('free too', 1)];
    const { committed, lost } = await transact(table, parts);
    expect([committed, [...lost]]).toEqual([false, [parts[1]]]);
    expect([await versionOf('free'), await versionOf('free too')]).toEqual([undefined, undefined]);
  });

  test('tells of several lost parts', async () => {
    const parts = [put('taken', 1), put('taken too', 7)];
    expect((await transact(table, parts)).lost).toEqual(new Set(parts));
  });

  test('that fifty attempt at once is committed once', async () => {
    const commits = await Promise.all(Array.from({ length: 50 }, () => transact(table, [put('raced', 1)])));
    expect(commits.filter(({ committed }) => committed)).toHaveLength(1);
    expect(await versionOf('raced')).toBe(1);
  });

  test('that can never work is thrown, not taken for contention', async () => {
    await expect(transact(table, [put('twice', 1), put('twice', 1)])).rejects.toThrow();
  });
});

describe('a cancelled transaction', () => {
  /** The answers of DynamoDB that an engine in one process does not give. */
  const answering = (name: string, reasons?: (string | undefined)[]) => {
    const error = Object.assign(new Error(name), {
      name,
      ...(reasons ? { CancellationReasons: reasons.map((Code) => ({ Code })) } : {}),
    });
    const send = async () => {
      throw error;
    };
    return { getDocumentClient: () => ({ send }) } as unknown as RegularsTable;
  };
  const parts = () => [put('x', 1), put('y', 1)];

  test.each([
    ['TransactionConflict', 'None'],
    ['None', 'ThrottlingError'],
    ['ProvisionedThroughputExceeded', undefined],
  ])('by %s and %s is contention: worth another try, and nothing is lost', async (...reasons) => {
    const commit = await transact(answering('TransactionCanceledException', reasons), parts());
    expect([commit.committed, commit.lost.size]).toEqual([false, 0]);
  });

  test.each([
    'TransactionConflictException',
    'TransactionInProgressException',
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
  ])('as a whole by %s is contention, too', async (name) => {
    const commit = await transact(answering(name), parts());
    expect([commit.committed, commit.lost.size]).toEqual([false, 0]);
  });

  test('by a condition beside a conflict is lost in that part', async () => {
    const [first, second] = parts() as [TransactionWrite, TransactionWrite];
    const { lost } = await transact(
      answering('TransactionCanceledException', ['TransactionConflict', 'ConditionalCheckFailed']),
      [first, second],
    );
    expect([lost.has(first), lost.has(second)]).toEqual([false, true]);
  });

  test.each([
    ['TransactionCanceledException', ['ValidationError', 'None']],
    ['TransactionCanceledException', ['ItemCollectionSizeLimitExceeded', 'ConditionalCheckFailed']],
    ['TransactionCanceledException', undefined],
    ['ResourceNotFoundException', undefined],
    ['AccessDeniedException', undefined],
  ])('by %s %j is a fault that nobody foresaw', async (name, reasons) => {
    await expect(transact(answering(name, reasons), parts())).rejects.toThrow(name);
  });
});

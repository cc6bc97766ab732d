import { setTimeout as pause } from 'node:timers/promises';
import { type AttributeValue, BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import DataLoader from 'dataloader';
import { memoByObject } from '../memo.ts';
import type { RegularsTable } from './table.ts';

/**
 * Reads of small rows by the dozen, with nothing but the attributes asked for, as DynamoDB gives them. dynamodb-toolbox,
 * which reads everything else, checks and copies every attribute of every item: for a week of diary pages that takes
 * longer than all the rest of the request.
 */
export type Row = Record<string, AttributeValue>;

/** An attribute that is a text; empty where it is absent. */
export const textIn = (row: Row | undefined, name: string): string => row?.[name]?.S ?? '';

/** An attribute that is a list of texts; empty where it is absent. */
export const textsIn = (row: Row | undefined, name: string): string[] => (row?.[name]?.L ?? []).map(({ S = '' }) => S);

/** An attribute that is a number; 0 where it is absent. */
export const numberIn = (row: Row | undefined, name: string): number => Number(row?.[name]?.N ?? 0);

const projection = (attributes: readonly string[]) => ({
  ProjectionExpression: attributes.map((_, index) => `#a${index}`).join(','),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name])),
});

export interface RowKey {
  pk: string;
  sk: string;
}

/** Rows of a partition whose sort key lies between the two, both included. */
export const queryRows = async (
  table: RegularsTable,
  { partition, from, until }: { partition: string; from: string; until: string },
  attributes: readonly string[],
  consistent: boolean,
): Promise<Row[]> => {
  const rows: Row[] = [];
  let ExclusiveStartKey: Row | undefined;
  const { ProjectionExpression, ExpressionAttributeNames } = projection(attributes);
  do {
    const answer = await table.getDocumentClient().send(
      new QueryCommand({
        TableName: table.getName(),
        KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :until',
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#pk': 'pk', '#sk': 'sk' },
        ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: from }, ':until': { S: until } },
        ProjectionExpression,
        ConsistentRead: consistent,
        ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
      }),
    );
    rows.push(...(answer.Items ?? []));
    ExclusiveStartKey = answer.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
};

const maxKeys = 100;
const maxRounds = 5;

const batchOf = async (
  table: RegularsTable,
  keys: readonly RowKey[],
  attributes: readonly string[],
  consistent: boolean,
): Promise<Row[]> => {
  const name = table.getName();
  const rows: Row[] = [];
  let left: Row[] = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
  for (let round = 0; left.length > 0; round += 1) {
    if (round === maxRounds) throw new Error(`DynamoDB left ${left.length} of ${keys.length} keys unread`);
    if (round > 0) await pause(25 * 2 ** round);
    const { Responses, UnprocessedKeys } = await table.getDocumentClient().send(
      new BatchGetItemCommand({
        RequestItems: { [name]: { Keys: left, ConsistentRead: consistent, ...projection(attributes) } },
      }),
    );
    rows.push(...(Responses?.[name] ?? []));
    left = UnprocessedKeys?.[name]?.Keys ?? [];
  }
  return rows;
};

/** Those of the rows that exist, in no order. */
export const getRows = async (
  table: RegularsTable,
  keys: readonly RowKey[],
  attributes: readonly string[],
  consistent: boolean,
): Promise<Row[]> => {
  const batches = Array.from({ length: Math.ceil(keys.length / maxKeys) }, (_, index) =>
    batchOf(table, keys.slice(index * maxKeys, (index + 1) * maxKeys), attributes, consistent),
  );
  return (await Promise.all(batches)).flat();
};

type Wanted = RowKey & { attributes: readonly string[] };
const nameOf = ({ pk, sk }: RowKey): string => `${pk} ${sk}`;

/** No two readers of one moment may name a row twice, or DynamoDB refuses all. */
const readTogether = async (table: RegularsTable, wanted: readonly Wanted[]): Promise<(Row | undefined)[]> => {
  const keys = new Map(wanted.map(({ pk, sk }) => [nameOf({ pk, sk }), { pk, sk }]));
  const attributes = new Set(['pk', 'sk', ...wanted.flatMap((each) => each.attributes)]);
  const rows = await getRows(table, [...keys.values()], [...attributes], true);
  const byName = new Map(rows.map((row) => [nameOf({ pk: textIn(row, 'pk'), sk: textIn(row, 'sk') }), row]));
  return wanted.map((each) => byName.get(nameOf(each)));
};

const readerOf = memoByObject(
  (table: RegularsTable) =>
    new DataLoader<Wanted, Row | undefined>((wanted) => readTogether(table, wanted), { cache: false }),
);

/**
 * A row as it stands, undefined where there is none. What is asked for at the same moment, by whomever, travels in one
 * BatchGetItem; nothing is kept.
 */
export const readRow = (table: RegularsTable, key: RowKey, attributes: readonly string[]): Promise<Row | undefined> =>
  readerOf(table).load({ ...key, attributes });

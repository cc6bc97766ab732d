import { request as httpRequest } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { World } from '../world.ts';

export type Row = Record<string, unknown>;

/** All rows of one kind, as they stand in the table. */
export const rowsOf = async ({ system }: World, entity: string): Promise<Row[]> => {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: system.dynamoEndpoint,
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const rows: Row[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: system.tableName,
      ConsistentRead: true,
      FilterExpression: '#entity = :entity',
      ExpressionAttributeNames: { '#entity': 'entity' },
      ExpressionAttributeValues: { ':entity': entity },
    },
  );
  for await (const { Items = [] } of pages) rows.push(...Items);
  client.destroy();
  return rows;
};

/** What stands on the diary pages: `person date: appointment from until`, in order. */
export const diaryPages = async (world: World): Promise<string[]> => {
  const time = (minutes: number) => new Date(minutes * 60_000).toISOString().slice(5, 16);
  const rows = await rowsOf(world, 'DiaryPage');
  return rows
    .flatMap(({ ownerId, date, busy }) =>
      (busy as { from: number; until: number; appointmentId: string }[]).map(
        ({ from, until, appointmentId }) => `${ownerId} ${date}: ${appointmentId} ${time(from)} ${time(until)}`,
      ),
    )
    .sort();
};

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: Record<string, unknown>;
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

/** A request as no browser would send it; `from` is the local address at which the sender stands. */
export const raw = (
  { system }: World,
  method: string,
  path: string,
  options: { body?: string; headers?: Record<string, string>; from?: string } = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(
      `${system.url}${path}`,
      { method, headers: options.headers ?? {}, ...(options.from ? { localAddress: options.from } : {}) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
        });
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });

let keys = 0;
export const freshKey = (): string => {
  keys += 1;
  return `test-key-${String(keys).padStart(6, '0')}`;
};

export const postJson = (
  world: World,
  path: string,
  body: unknown,
  { headers = {}, from }: { headers?: Record<string, string>; from?: string } = {},
): Promise<Reply> =>
  raw(world, 'POST', path, {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'idempotency-key': freshKey(), ...headers },
    ...(from ? { from } : {}),
  });

/** How many of each: `{ 201: 1, 409: 199 }`. */
export const tally = (values: readonly (string | number)[]): Record<string, number> =>
  Object.fromEntries(Object.entries(Object.groupBy(values, String)).map(([value, list]) => [value, list?.length ?? 0]));

let newcomers = 0;
/** Somebody who has never been here. */
export const newcomer = () => {
  newcomers += 1;
  return { firstName: 'Nadia', phone: `+1646555${1000 + newcomers}`, email: `newcomer${newcomers}@example.com` };
};

import { request as httpRequest } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type { World } from './world.ts';

export type Row = Record<string, unknown>;

const documentsOf = ({ system }: World): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: system.dynamoEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );

/** All rows of one kind, as they stand in the table. */
export const rowsOf = async (world: World, entity: string): Promise<Row[]> => {
  const client = documentsOf(world);
  const rows: Row[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: world.system.tableName,
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

/** Puts rows into the table as they are, past every rule. */
export const putRows = async (world: World, rows: readonly Row[]): Promise<void> => {
  const client = documentsOf(world);
  for (const Item of rows) await client.send(new PutCommand({ TableName: world.system.tableName, Item }));
  client.destroy();
};

/** Takes all rows of one kind away, as their expiry does. */
export const dropRows = async (world: World, entity: string): Promise<void> => {
  const client = documentsOf(world);
  for (const { pk, sk } of await rowsOf(world, entity))
    await client.send(new DeleteCommand({ TableName: world.system.tableName, Key: { pk, sk } }));
  client.destroy();
};

export interface TakenTime {
  ownerId: string;
  date: string;
  id: string;
  /** Milliseconds since 1970. */
  from: number;
  until: number;
  lesson: string;
  seats: number;
  isHold: boolean;
  /** Of a hold; milliseconds since 1970. */
  expiresAt: number;
}

/** Every time on every diary page, as the table has it. */
export const takenTimes = async (world: World): Promise<TakenTime[]> =>
  (await rowsOf(world, 'DiaryPage')).flatMap(({ sk, busy }) =>
    (busy as string)
      .split(';')
      .filter(Boolean)
      .map((taken) => {
        const [start = '', length = '', id = '', expires = '', lesson = '', seats = '1'] = taken.split(',');
        const from = Number.parseInt(start, 36) * 60_000;
        const until = from + Number.parseInt(length, 36) * 60_000;
        const [date = '', ownerId = ''] = String(sk).split('#');
        const owner = { ownerId, date };
        return {
          ...owner,
          id,
          from,
          until,
          lesson,
          seats: Number(seats || 1),
          isHold: expires !== '',
          expiresAt: Number.parseInt(expires, 36) * 1000,
        };
      }),
  );

const shortTime = (instant: number) => new Date(instant).toISOString().slice(5, 16);
const asLine = ({ ownerId, date, id, from, until }: Pick<TakenTime, 'ownerId' | 'date' | 'id' | 'from' | 'until'>) =>
  `${ownerId} ${date}: ${id} ${shortTime(from)} ${shortTime(until)}`;

/** What stands on the diary pages: `person date: appointment from until`, in order; holds apart. */
export const diaryPages = async (world: World): Promise<string[]> =>
  (await takenTimes(world))
    .filter(({ isHold }) => !isHold)
    .map(asLine)
    .sort();

/** Which lesson it is a place in; another buffer before it, as it was when somebody booked, makes no other lesson. */
const lessonOf = ({ lesson, from }: TakenTime): string => {
  const [service, person, place, buffer = '0'] = lesson.split('/');
  return `${service} ${person} ${place} ${from + Number(buffer) * 60_000}`;
};

/** Nobody's and no room's time is taken twice but by one lesson, and the pages hold just what the appointments take. */
export const mustBeConsistent = async (world: World): Promise<void> => {
  const expected = (await rowsOf(world, 'Appointment'))
    .flatMap(({ id, occupies }) =>
      (occupies as { ownerId: string; zone: string; from: number; until: number }[]).flatMap(
        ({ ownerId, zone, from, until }) => {
          const day = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant);
          const dates = new Set([day(from), day(until - 1)]);
          return [...dates].map((date) => asLine({ ownerId, date, id: String(id), from, until }));
        },
      ),
    )
    .sort();
  expect(await diaryPages(world)).toEqual(expected);
  for (const times of Map.groupBy(await takenTimes(world), ({ ownerId, date }) => `${ownerId} ${date}`).values()) {
    const inOrder = times.toSorted((a, b) => a.from - b.from);
    inOrder.forEach((time, index) => {
      const before = inOrder[index - 1];
      if (before === undefined || (time.lesson !== '' && lessonOf(time) === lessonOf(before))) return;
      expect(time.from, `${asLine(before)} meets ${asLine(time)}`).toBeGreaterThanOrEqual(before.until);
    });
  }
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

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { System } from '../../../infra/local/system.ts';

/** The parts of an appointment's row that the audit reads; instants in milliseconds. */
export interface AppointmentRow {
  id: string;
  clientId: string;
  status: string;
  sequence: number;
  zone: string;
  startsAt: number;
  endsAt: number;
  contact: { phone?: string; email?: string };
  services: { id: string; staffId: string }[];
  occupies: { ownerId: string; from: number; until: number }[];
}

/** A time that is taken of somebody's or something's day. */
export interface BusyTime {
  /** Of the appointment, or of the hold. */
  id: string;
  from: number;
  until: number;
  /** Of a hold. */
  expiresAt: number | undefined;
  /** Of a group lesson, which several appointments share. */
  lesson: string | undefined;
}

export interface TimelineRow {
  pk: string;
  sk: string;
  type: string;
  at: number;
  by?: string;
  appointmentId?: string;
  details?: { startsAt?: number };
}

export interface MessageRow {
  appointmentId: string;
  touchpoint: string;
  occurrence: number;
  status: string;
  reason?: string;
  channel?: string;
  at: number;
}

export interface PageRow {
  ownerId: string;
  date: string;
  busy: BusyTime[];
}

interface ConsentRow {
  pk: string;
  channel: string;
  granted: boolean;
}

/** What the audit reads of the table. */
export interface Rows {
  appointments: AppointmentRow[];
  timeline: TimelineRow[];
  messages: MessageRow[];
  pages: PageRow[];
  consents: ConsentRow[];
}

const base36 = (text: string): number => Number.parseInt(text, 36);

/** A page's times as they stand in the table: `from,length,id,expires,lesson,seats;…`, minutes and seconds in base 36. */
const busyTimes = (text: string): BusyTime[] =>
  text
    .split(';')
    .filter((row) => row !== '')
    .map((row) => {
      const [from = '', length = '', id = '', expires = '', lesson = ''] = row.split(',');
      const start = base36(from) * 60_000;
      return {
        id,
        from: start,
        until: start + base36(length) * 60_000,
        expiresAt: expires === '' ? undefined : base36(expires) * 1000,
        lesson: lesson === '' ? undefined : lesson,
      };
    });

type Place = Pick<System, 'tableName' | 'dynamoEndpoint'>;

/** Reads everything straight from the engine, and tells by its keys what it is. */
export const readRows = async ({ tableName, dynamoEndpoint }: Place): Promise<Rows> => {
  const client = new DynamoDBClient({
    endpoint: dynamoEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const rows: Record<string, unknown>[] = [];
  const document = DynamoDBDocumentClient.from(client);
  for await (const { Items = [] } of paginateScan(
    { client: document },
    { TableName: tableName, ConsistentRead: true },
  )) {
    rows.push(...Items);
  }
  client.destroy();
  const having = (pk: string, sk: string): Record<string, unknown>[] =>
    rows.filter((row) => String(row['pk']).startsWith(pk) && String(row['sk']).startsWith(sk));
  return {
    appointments: having('APPOINTMENT#', 'APPOINTMENT') as unknown as AppointmentRow[],
    timeline: having('CLIENT#', 'EVENT#') as unknown as TimelineRow[],
    messages: having('CLIENT#', 'MESSAGE#') as unknown as MessageRow[],
    consents: having('CLIENT#', 'CONSENT#') as unknown as ConsentRow[],
    pages: having('DIARY#', '').map(({ sk, busy }) => {
      const [date = '', ownerId = ''] = String(sk).split('#');
      return { ownerId, date, busy: busyTimes(String(busy ?? '')) };
    }),
  };
};

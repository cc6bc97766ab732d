import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functions } from '../../infra/manifest.ts';
import { createAppointmentStore } from '../../shared/booking/appointments/store.ts';
import { createTable } from '../../shared/platform/table/table.ts';
import { transact } from '../../shared/platform/table/transact.ts';
import { day, minute } from '../support/durations.ts';
import { startWorld, type World } from '../support/world/world.ts';
import { readRows } from './journey/rows.ts';
import { patience } from './patience.ts';

/** `npm run proof` sends all ten thousand. */
const reminders = Number(process.env['REMINDERS'] ?? '3000');
/** Of AWS: the consumer of the outbox runs at most twice at the same time. */
const consumers = 2;
const atOnce = 100;

/** A Tuesday noon in New York, by when the reminders of the minute have fallen due a day before. */
const noon = Date.parse('2026-11-24T17:00:00Z');

let world: World;

beforeAll(async () => {
  // What becomes of mails after they were sent is another matter, and would take half of the time.
  const { feedback: _, ...manifest } = functions;
  world = await startWorld(
    { functions: manifest, repeatTriggers: { times: 1, inParallel: consumers }, patience: 1 },
    (catalogue) => {
      catalogue.journey = catalogue.journey.filter(({ id }) => id === 'reminder');
    },
  );
});
afterAll(() => world.system.close());

const idOf = (index: number): string => `appt${String(index).padStart(12, '0')}`;

/** Appointments as booking writes them, each of a client and a person of its own, spread over the minute. */
const appointmentAt = (index: number, bookedAt: number) => {
  const startsAt = noon + Math.floor((index * minute) / reminders / 1000) * 1000;
  return {
    id: idOf(index),
    clientId: `client${String(index).padStart(10, '0')}`,
    status: 'pending' as const,
    version: 1,
    sequence: 0,
    locationId: 'brooklyn',
    zone: 'America/New_York',
    startsAt,
    endsAt: startsAt + 60 * minute,
    contact: { firstName: 'Nadia', email: `client${index}@example.com`, language: 'en' as const },
    services: [
      {
        id: 'cut',
        staffId: 'amina',
        asked: 'amina',
        startsAt,
        durationMinutes: 60,
        price: { amount: 8500, currency: 'USD' },
      },
    ],
    occupies: [],
    bookedAt,
    updatedAt: bookedAt,
  };
};

const write = async (): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: world.system.dynamoEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const table = createTable(world.system.tableName, client);
  const store = createAppointmentStore(table);
  const now = world.system.clock.now();
  for (let first = 0; first < reminders; first += atOnce) {
    const count = Math.min(atOnce, reminders - first);
    const parts = Array.from({ length: count }, (_, index) => store.create(appointmentAt(first + index, now)));
    const { committed } = await transact(table, parts);
    if (!committed) throw new Error('The appointments could not be written');
  }
  client.destroy();
};

/** The highest that memory goes while something runs, in MB; and how long it takes, in seconds. */
const measured = async (run: () => Promise<void>) => {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  look();
  const timer = setInterval(look, 20);
  const began = performance.now();
  await run();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(timer);
  look();
  return { seconds, peakMb: Math.round(peak / 2 ** 20) };
};

test(
  `${reminders} reminders that fall due within one minute: none is lost, none goes twice`,
  async () => {
    const { system } = world;
    await write();
    const before = Math.round(process.memoryUsage().rss / 2 ** 20);
    const planning = await measured(system.settle);
    expect(system.schedules()).toHaveLength(reminders);
    const dues = system.schedules().map(({ dueAt }) => dueAt);
    expect(Math.max(...dues) - Math.min(...dues)).toBeLessThan(minute);
    expect(Math.min(...dues)).toBe(noon - day);

    await system.windTo(noon - day - minute);
    expect(system.mailbox.list()).toEqual([]);
    const delivering = await measured(() => system.windTo(noon - day + minute));

    const copies = system.mailbox.list().map(({ tags }) => tags['message']);
    expect(copies).toHaveLength(reminders);
    expect(new Set(copies)).toEqual(
      new Set(Array.from({ length: reminders }, (_, index) => `${idOf(index)}_reminder_0`)),
    );
    const { messages } = await readRows(system);
    expect(messages).toHaveLength(reminders);
    expect(messages.filter(({ status }) => status !== 'sent')).toEqual([]);
    expect([system.schedules(), system.outbox(), system.deadLetters(), system.failedRecords()]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    const rate = (seconds: number): string => `${Math.round(reminders / seconds)}/s in ${seconds.toFixed(1)} s`;
    process.stderr.write(
      `${reminders} reminders: planned ${rate(planning.seconds)}, delivered ${rate(delivering.seconds)} by ` +
        `${consumers} consumers; memory ${before} MB before, at most ${planning.peakMb} MB planning, ` +
        `${delivering.peakMb} MB delivering (all of the system but the engine)\n`,
    );
  },
  patience,
);

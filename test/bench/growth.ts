import { BatchWriteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { startEngine } from '../../infra/local/engine/engine.ts';
import type { Appointment } from '../../shared/booking/appointments/entity.ts';
import { createAppointmentStore } from '../../shared/booking/appointments/store.ts';
import { createDiaryPages } from '../../shared/booking/day-pages/pages.ts';
import { newId, systemRandom } from '../../shared/platform/ids.ts';
import { createTable } from '../../shared/platform/table/table.ts';
import { addDays, instantOf, minute } from '../../shared/platform/time/time.ts';
import { bareClient, makeTable, openHandlers, setClock, withoutLogLines } from './handlers.ts';
import { addressOf, firstDay, peopleOf, type Slot, salonOf } from './salon.ts';
import { markdownTable } from './support/markdown.ts';
import { startRecorder } from './support/recorder.ts';
import { median, sized, timed } from './support/samples.ts';

/**
 * `node test/bench/growth.ts`: what availability and booking take as people, days and appointments grow. Appointments
 * and diary pages are made by the stores and written in bulk.
 */
const zone = 'America/New_York';
const times = ['09:00', '11:30', '14:00', '16:30'];
const maxAppointments = Number(process.env['BENCH_APPOINTMENTS'] ?? 100_000);

withoutLogLines();
setClock();
const engine = await startEngine();
const recorder = await startRecorder(engine.endpoint);

const document = DynamoDBDocumentClient.from(bareClient(engine.endpoint), {
  marshallOptions: { removeUndefinedValues: true },
});

const inBulk = async (tableName: string, items: Record<string, unknown>[]): Promise<void> => {
  let next = 0;
  const worker = async () => {
    for (let from = next; from < items.length; from = next) {
      next += 25;
      const requests = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
      await document.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
};

const itemOf = (part: { params(): unknown }): Record<string, unknown> =>
  (part.params() as { Put: { Item: Record<string, unknown> } }).Put.Item;

const appointmentOf = (staffId: string, date: string, time: string, number: number): Appointment => {
  const startsAt = instantOf(date, time, zone);
  const endsAt = startsAt + 60 * minute;
  return {
    id: newId(systemRandom),
    clientId: newId(systemRandom),
    status: 'confirmed',
    version: 1,
    sequence: 0,
    locationId: 'brooklyn',
    zone,
    startsAt,
    endsAt,
    contact: { firstName: 'Nadia', lastName: 'Karim', phone: `+1718${3_000_000 + number}`, language: 'en' },
    services: [
      {
        id: 'cut',
        staffId,
        asked: staffId,
        startsAt,
        durationMinutes: 60,
        price: { amount: 8_500, currency: 'USD' },
      },
    ],
    occupies: [{ ownerId: staffId, group: 'brooklyn', zone, from: startsAt, until: endsAt + 10 * minute }],
    bookedAt: startsAt,
    updatedAt: startsAt,
    bookedBy: 'client',
  };
};

/** Four appointments for everybody on every day: first the days ahead, then, until there are enough, those behind. */
const fill = async (tableName: string, people: number, daysAhead: number, appointments: number): Promise<void> => {
  const table = createTable(tableName, bareClient(engine.endpoint));
  const store = createAppointmentStore(table);
  const pages = createDiaryPages(table, async () => people, Date.now);
  const items: Record<string, unknown>[] = [];
  let count = 0;
  const fillDay = (date: string, withPages: boolean) => {
    for (const staffId of peopleOf(people)) {
      const own = times.map((time, index) => appointmentOf(staffId, date, time, count + index));
      if (count < appointments) items.push(...own.map((appointment) => itemOf(store.create(appointment))));
      count += own.length;
      const busy = own.map(({ id, startsAt, endsAt }) => ({ id, from: startsAt, until: endsAt + 10 * minute }));
      const owner = { id: staffId, group: 'brooklyn', zone };
      if (withPages) items.push(itemOf(pages.write({ owner, date, version: 0, busy: [] }, busy)));
    }
  };
  for (let day = 0; day < daysAhead; day += 1) fillDay(addDays(firstDay, day), true);
  for (let day = 1; count < appointments; day += 1) fillDay(addDays(firstDay, -day), day <= 60);
  await inBulk(tableName, items);
};

/** A diary that has just been written, so that no answer is one that was given before. */
const touch = async (TableName: string): Promise<void> => {
  const pages = createDiaryPages(createTable(TableName, bareClient(engine.endpoint)), async () => 1, Date.now);
  const owner = { id: 'person-001', group: 'brooklyn', zone };
  const { pk, sk } = itemOf(pages.write({ owner, date: firstDay, version: 0, busy: [] }, []));
  await document.send(
    new UpdateCommand({
      TableName,
      Key: { pk, sk },
      UpdateExpression: 'ADD #version :one',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
};

const measured = async (
  work: () => Promise<unknown>,
  metered: () => Promise<unknown>,
  rounds: number,
  before: () => Promise<void> = async () => {},
) => {
  recorder.take();
  await metered();
  const { units } = recorder.take();
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await before();
    all.push(await timed(work));
  }
  return { units, milliseconds: median(all.slice(Math.floor(rounds / 4))) };
};

const salonWith = async (name: string, people: number, daysAhead: number, appointments: number) => {
  await makeTable(engine.endpoint, name, await salonOf(people));
  await fill(name, people, daysAhead, appointments);
  const metered = await openHandlers(recorder.endpoint, name);
  const handlers = await openHandlers(engine.endpoint, name);
  return { metered, handlers };
};

const lastOf = (days: number): string => addDays(firstDay, days - 1);

const byPeopleAndDays = async (): Promise<string[][]> => {
  const rows: string[][] = [];
  for (const people of sized([10, 50, 200], [2])) {
    const { metered, handlers } = await salonWith(`bench-people-${people}`, people, 63, 0);
    for (const days of sized([1, 7, 31, 62], [1, 7])) {
      for (const staff of [undefined, 'person-001']) {
        const query = {
          location: 'brooklyn',
          services: 'cut',
          from: firstDay,
          to: lastOf(days),
          ...(staff ? { staff } : {}),
        };
        const rounds = sized(days * people > 2_000 ? 8 : 20, 4);
        const { units, milliseconds } = await measured(
          () => handlers.find(query),
          () => metered.find(query),
          rounds,
          () => touch(`bench-people-${people}`),
        );
        const answer = await handlers.find(query);
        const asked = staff ? 'one of them' : 'anyone';
        rows.push([
          String(people),
          asked,
          String(days),
          String(units.requests),
          String(units.read),
          milliseconds.toFixed(1),
          (answer.length / 1024).toFixed(0),
        ]);
      }
    }
  }
  return rows;
};

const byAppointments = async (): Promise<string[][]> => {
  const rows: string[][] = [];
  const people = 20;
  for (const appointments of sized([1_000, 10_000, 100_000], [100]).filter((count) => count <= maxAppointments)) {
    const { metered, handlers } = await salonWith(`bench-appointments-${appointments}`, people, 14, appointments);
    const query = { location: 'brooklyn', services: 'cut', from: firstDay, to: lastOf(7) };
    const found = await measured(
      () => handlers.find(query),
      () => metered.find(query),
      sized(40, 4),
      () => touch(`bench-appointments-${appointments}`),
    );
    let number = 0;
    const slot = (): Slot => {
      number += 1;
      const date = addDays(firstDay, 21 + Math.floor(number / people));
      return { staffId: peopleOf(people)[number % people] ?? '', startsAt: `${date}T10:00` };
    };
    const booked = await measured(
      () => handlers.book(slot(), number, addressOf(number)),
      () => metered.book(slot(), number, addressOf(number)),
      sized(60, 4),
    );
    rows.push([
      appointments.toLocaleString('en'),
      String(found.units.read),
      found.milliseconds.toFixed(1),
      String(booked.units.read),
      String(booked.units.write),
      booked.milliseconds.toFixed(1),
    ]);
  }
  return rows;
};

const people = await byPeopleAndDays();
const appointments = await byAppointments();
console.log(`## How it grows

Availability through the handler, a salon where everybody has four appointments a day and somebody has just booked; medians
of single requests on the local engine, which takes most of the time for the large ones.
`);
console.log(
  markdownTable(['people', 'asked for', 'days', 'requests', 'read units', 'milliseconds', 'kB of answer'], people, 2),
);
console.log('A salon of 20 people with so many appointments in the table, availability of a week, and bookings:\n');
console.log(
  markdownTable(
    ['appointments', 'availability, read units', 'milliseconds', 'booking, read units', 'write units', 'milliseconds'],
    appointments,
  ),
);
document.destroy();
recorder.close();
await engine.close();
process.exit(0);

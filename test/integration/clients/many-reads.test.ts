import { afterAll, beforeAll, expect, test } from 'vitest';
import { hour, minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { putRows, rowsOf } from '../../support/world/booking.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const told = () => {
  const lines = world.system.logs();
  return {
    warned: lines.filter((line) => line.includes('many clients’ cards read')),
    counted: lines.filter((line) => line.includes('"ClientsRead":1')).length,
  };
};

/** As many clients as somebody takes along, each like the one who has booked. */
const manyClients = async (count: number): Promise<string[]> => {
  await mustBook(world.api);
  const [one = {}] = await rowsOf(world, 'Client');
  const ids = Array.from({ length: count }, (_, number) => `cardnumber${String(number).padStart(6, '0')}`);
  await putRows(
    world,
    ids.map((id) => JSON.parse(JSON.stringify(one).replaceAll(String(one['id']), id))),
  );
  return ids;
};

test('whoever opens 100 clients’ cards within an hour is told of, once an hour, and a card counts once in ten minutes', async () => {
  const ids = await manyClients(130);
  // The beginning of an hour.
  await world.system.windTo(Math.ceil(world.system.clock.now() / hour) * hour);
  const open = (role: 'reception' | 'manager', clientIds: readonly string[]) =>
    Promise.all(clientIds.map(async (clientId) => dataOf(await world.as(role).getClient({ params: { clientId } }))));
  for (let again = 0; again < 6; again += 1) await open('reception', ids.slice(0, 20));
  await open('reception', ids.slice(0, 99));
  await open('manager', ids.slice(0, 99));
  expect(told()).toEqual({ warned: [], counted: 0 });

  await open('reception', ids.slice(99));
  const { warned, counted } = told();
  expect([warned.length, counted]).toEqual([1, 1]);
  const reads = dataOf(await world.as('owner').listReads({ query: { limit: 1 } }));
  expect(JSON.parse(warned[0] ?? '')).toMatchObject({ level: 'warn', function: 'staff', staff: reads.entries[0]?.by });

  // Cards that were opened before don't count in the next hour.
  await world.system.windBy(hour + minute);
  await open('reception', ids.slice(0, 99));
  expect(told().counted).toBe(1);
  await open('reception', ids.slice(99));
  expect(told().counted).toBe(2);
});

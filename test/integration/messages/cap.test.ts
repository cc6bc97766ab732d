import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMessageStore, type MessageStore } from '../../../shared/messages/send/store.ts';
import { day } from '../../../shared/platform/time/time.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

let place: TestTable;
let store: MessageStore;
beforeAll(async () => {
  place = await startTable();
  store = createMessageStore(place.table);
});
afterAll(() => place.close());

const now = Date.parse('2026-11-22T15:00:00Z');
const send = (id: string, clientId: string, address = `${clientId}@example.com`, at = now) => ({
  id,
  clientId,
  address,
  at,
});
const twoAWeek = { messages: 2, days: 7 };

test('of many campaigns at once as many pass as the settings say', async () => {
  const sends = Array.from({ length: 6 }, (_, index) => send(`m${index}`, 'racing'));
  const passed = await Promise.all(
    sends.map(async (each) => {
      // As the queue does when a write was lost too often.
      for (;;) {
        try {
          return await store.reserve(each, twoAWeek);
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }
    }),
  );
  expect(passed.filter(Boolean)).toHaveLength(2);
});

test('of two clients at one address as many pass as one would', async () => {
  const passed = [];
  for (const [index, client] of ['anna', 'boris', 'anna', 'boris'].entries())
    passed.push(await store.reserve(send(`s${index}`, client, 'shared@example.com'), twoAWeek));
  expect(passed).toEqual([true, true, false, false]);
});

test('the same message takes one place, and gives it back once', async () => {
  for (let time = 0; time < 3; time += 1) expect(await store.reserve(send('a', 'once'), twoAWeek)).toBe(true);
  expect(await store.reserve(send('b', 'once'), twoAWeek)).toBe(true);
  expect(await store.reserve(send('c', 'once'), twoAWeek)).toBe(false);
  for (let time = 0; time < 2; time += 1) await store.refund(send('a', 'once'));
  expect(await store.reserve(send('c', 'once'), twoAWeek)).toBe(true);
  expect(await store.reserve(send('d', 'once'), twoAWeek)).toBe(false);
});

test('a place is free again when its days have passed', async () => {
  const at = (days: number, id: string) => send(id, 'later', 'later@example.com', now + days * day);
  expect(await store.reserve(at(0, 'a'), twoAWeek)).toBe(true);
  expect(await store.reserve(at(3, 'b'), twoAWeek)).toBe(true);
  expect(await store.reserve(at(6.9, 'c'), twoAWeek)).toBe(false);
  expect(await store.reserve(at(7, 'c'), twoAWeek)).toBe(true);
  expect(await store.reserve(at(9.9, 'd'), twoAWeek)).toBe(false);
  // A stricter setting counts what was sent under the old one.
  expect(await store.reserve(at(20, 'e'), { messages: 1, days: 30 })).toBe(false);
});

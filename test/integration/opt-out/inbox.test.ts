import { afterAll, beforeAll, expect, test } from 'vitest';
import { incomingTextEvent } from '../../../infra/local/services/incoming-text.ts';
import { day, minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { bookAs, clientIdOf } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const text = async (phone: string, body: string): Promise<void> => {
  await world.system.windBy(minute);
  world.system.receiveText(phone, body);
  await world.system.settle();
};

const inbox = async (query: { clientId?: string; limit?: number; cursor?: string } = {}) =>
  dataOf(await world.as('reception').listInbox({ query }));
const wordsIn = async (query: Parameters<typeof inbox>[0] = {}) => (await inbox(query)).texts.map(({ words }) => words);

const nadia = '+17185558201';
const stranger = '+17185558202';

test('an empty one is empty', async () => {
  expect(await inbox()).toEqual({ texts: [] });
});

test('what is not understood can be read, of whoever texted it, and so can what was', async () => {
  const booked = await bookAs(world, { phone: nadia, email: undefined }, { startsAt: '2026-12-01T10:00' });
  const clientId = await clientIdOf(world, booked);
  await text(nadia, 'Please stop, but tell me when the new colours come');
  await text(stranger, 'You have the wrong number, I am not Nadia');
  await text(nadia, 'Stop. Thank you');
  const { texts } = await inbox();
  expect(texts).toEqual([
    {
      ...{ id: expect.stringMatching(/^[0-9a-f]{16}$/), at: expect.stringMatching(/^2026-11-22T15:03/), from: nadia },
      ...{ words: 'Stop. Thank you', understoodAs: 'stop', clientId },
    },
    expect.objectContaining({ from: stranger, words: 'You have the wrong number, I am not Nadia' }),
    expect.objectContaining({ from: nadia, words: 'Please stop, but tell me when the new colours come', clientId }),
  ]);
  expect(texts.map(({ understoodAs }) => understoodAs)).toEqual(['stop', undefined, undefined]);
  expect(texts[1]?.clientId).toBeUndefined();
  expect(await wordsIn({ clientId })).toEqual([
    'Stop. Thank you',
    'Please stop, but tell me when the new colours come',
  ]);
  expect(await wordsIn({ clientId: 'nobody0123456789' })).toEqual([]);
});

test('a notice that comes again leaves one', async () => {
  const event = incomingTextEvent(stranger, 'Hello again', world.system.clock.now());
  for (let time = 0; time < 3; time += 1) await world.system.invoke('incoming-texts', event);
  expect((await wordsIn()).filter((words) => words === 'Hello again')).toHaveLength(1);
});

test('the newest come first, page by page, over the ends of months', async () => {
  const { system } = world;
  const clientId = (await inbox()).texts.find(({ from }) => from === nadia)?.clientId;
  const before = await wordsIn();
  for (const [body, days] of [
    ['one', 20],
    ['two', 70],
    ['three', 0],
    ['four', 40],
  ] as const) {
    if (days > 0) await system.windBy(days * day);
    await text(nadia, body);
  }
  const whole = ['four', 'three', 'two', 'one', ...before];
  expect(await wordsIn()).toEqual(whole);

  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await inbox({ limit: 3, ...(cursor ? { cursor } : {}) });
    pages.push(page.texts.map(({ words }) => words));
    cursor = page.cursor;
  } while (cursor);
  expect(pages.flat()).toEqual(whole);
  expect(pages.slice(0, -1).every((page) => page.length === 3)).toBe(true);

  const ofNadia = await inbox({ clientId: clientId ?? '', limit: 2 });
  expect(ofNadia.texts.map(({ words }) => words)).toEqual(['four', 'three']);
  expect(await wordsIn({ clientId: clientId ?? '', limit: 2, cursor: ofNadia.cursor ?? '' })).toEqual(['two', 'one']);
});

test('another list’s cursor is refused by its name', async () => {
  const foreign = await world
    .as('owner')
    .listInbox({ query: { cursor: Buffer.from('INBOX#2026-11').toString('base64url') } });
  expect(foreign.ok || foreign.problem).toMatchObject({ status: 400, errors: [{ path: 'cursor' }] });
});

test('who performs services doesn’t read it', async () => {
  expect((await world.as('staff').listInbox({ query: {} })).status).toBe(403);
});

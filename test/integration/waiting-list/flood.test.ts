import { expect, it } from 'vitest';
import { settingsSchema } from '../../../shared/business/schemas/settings.ts';
import { day, minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { newcomer } from '../../support/world/booking.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { bookCut, cancel, fillIn, look, oneHourDays, stay, waitingTokenSentTo } from '../../support/world/waiting.ts';
import { startWorld } from '../../support/world/world.ts';

const fakes = 1_500;
const atOnce = 25;
const days = ['2026-12-01', '2026-12-08', '2026-12-15'];

it('1,500 entries with invented phones get no offer, hide nobody, and keep no client who has proved an address away', async () => {
  let unprovenPerDay = 0;
  const world = await startWorld({}, (catalogue) => {
    oneHourDays(catalogue);
    unprovenPerDay = settingsSchema.shape.waitingList.parse({}).unprovenPerDay;
    catalogue.settings.waitingList.unprovenPerDay = unprovenPerDay;
  });
  const client = newcomer();
  const visits = [await bookCut(world, { client, startsAt: `${days[0]}T10:00` })];
  dataOf(await world.api.confirmByLink({ params: { token: await tokenSentTo(world, client.email) } }));
  for (const date of days.slice(1)) visits.push(await bookCut(world, { startsAt: `${date}T10:00` }));
  const wish = { from: days[0] ?? '', to: days.at(-1) ?? '' };

  const phoneOf = (index: number) => `+1718555${1_000 + index}`;
  for (let first = 0; first < fakes; first += atOnce) {
    const joining = Array.from({ length: atOnce }, (_, index) =>
      fillIn(world, { ...wish, client: { firstName: 'Nobody', phone: phoneOf(first + index) } }),
    );
    await Promise.all(joining);
  }
  await world.system.settle();
  const invented = new Set(Array.from({ length: fakes }, (_, index) => phoneOf(index)));
  const toInvented = () => world.texts().filter(({ to }) => to.some((phone) => invented.has(phone)));
  expect(toInvented()).toHaveLength(unprovenPerDay);

  await fillIn(world, { client, ...wish });
  const token = await waitingTokenSentTo(world, client.email);
  dataOf(await stay(world, token));
  for (const visit of visits.slice(1)) {
    await cancel(world, visit);
    const { status, offer } = await look(world, token);
    expect(status).toBe('offered');
    const params = { token };
    dataOf(await world.api.declineOffer({ params, body: { offerId: offer?.id ?? '' } }));
    await world.system.windBy(32 * minute);
  }
  expect(toInvented()).toHaveLength(unprovenPerDay);

  const desk = world.as('reception');
  const first = dataOf(await desk.listWaiting({ query: { locationId: 'brooklyn' } }));
  expect(first.entries[0]).toMatchObject({ client: { email: client.email }, ranking: 'ranks' });
  let listed = 0;
  let cursor: string | undefined;
  do {
    const page = dataOf(await desk.listWaiting({ query: { locationId: 'brooklyn', ...(cursor ? { cursor } : {}) } }));
    expect(JSON.stringify(page).length).toBeLessThan(60_000);
    listed += page.entries.length;
    cursor = page.cursor;
  } while (cursor);
  expect(listed).toBe(unprovenPerDay + 1);

  const [late, nextDay] = [newcomer(), newcomer()];
  await fillIn(world, { client: late, ...wish });
  await world.system.settle();
  expect(world.system.mailbox.list({ to: late.email })).toEqual([]);
  await world.system.windBy(day);
  await fillIn(world, { client: nextDay, ...wish });
  expect(await waitingTokenSentTo(world, nextDay.email)).toMatch(/./);
  await world.system.close();
}, 600_000);

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../shared/business/schemas/settings.ts';
import { hour, minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, newcomer, postJson, type Reply, rowsOf, takenTimes, tally } from '../../support/world/booking.ts';
import { staffOf } from '../../support/world/desk.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

/** A no-show client’s policy; all limits as shipped, but that a form may be sent at once. */
let world: World;
beforeAll(async () => {
  world = await startWorld({}, ({ settings }) => {
    settings.publicForms = { ...settingsSchema.shape.publicForms.parse({}), minimumSeconds: 0 };
    settings.publicLimits = settingsSchema.shape.publicLimits.parse({});
    settings.noShows = { policy: 'refuse', after: 2, confirmWithinHours: 12 };
  });
});
afterAll(() => world.system.close());
/** Each attack has a minute and hour of its own, and addresses of its own. */
beforeEach(() => world.system.windTo(Math.ceil((world.system.clock.now() + 1) / hour) * hour));

const newForm = async (): Promise<string> => dataOf(await world.api.getFormToken({})).formToken;
let phones = 0;
const inventedPhone = (): string => {
  phones += 1;
  return `+1718557${1000 + phones}`;
};
const visit = (startsAt: string, ...services: string[]) => ({
  locationId: 'brooklyn',
  startsAt,
  services: services.map((serviceId) => ({ serviceId, staffId: 'amina' })),
});
const book = async (asked: object, { from, ...changes }: { from: string; [name: string]: unknown }): Promise<Reply> => {
  const body = {
    ...asked,
    client: { firstName: 'Bot', phone: inventedPhone() },
    formToken: await newForm(),
    ...changes,
  };
  return postJson(world, '/v1/appointments', body, { from, headers: { 'idempotency-key': freshKey() } });
};
const hold = (asked: object, formToken: string, from: string) =>
  postJson(world, '/v1/holds', { ...asked, formToken }, { from });
const statuses = (replies: readonly Reply[]) => tally(replies.map(({ status }) => status));
/** Twelve days on which Amina works from nine to seven. */
const days = Array.from({ length: 14 }, (_, index) => `2026-12-${String(index + 1).padStart(2, '0')}`).filter(
  (date) => ![6, 13].includes(Number(date.slice(8))),
);
const freeOn = async (date: string): Promise<number> => {
  const query = { location: 'brooklyn', services: 'cut-short', staff: 'amina', from: date, to: date };
  return dataOf(await world.api.getAvailability({ query })).days[0]?.times.length ?? 0;
};
const minutesTaken = async (): Promise<number> =>
  (await takenTimes(world))
    .filter(({ isHold }) => !isHold)
    .reduce((sum, { from, until }) => sum + (until - from) / minute, 0);

describe('a bot that wants twelve days of one person (S5)', () => {
  const from = '127.0.1.1';

  it('gets none by visits of eight services or of ten hours', async () => {
    const eight = ['highlights', 'highlights', 'highlights', 'highlights', 'gloss', 'gloss', 'cut', 'cut'];
    const whole = ['highlights', 'colour', 'cut', 'gloss', 'blow-dry', 'cut-short'];
    for (const services of [Array(4).fill('highlights'), eight, whole]) {
      const replies = [];
      for (const date of days) replies.push(await book(visit(`${date}T09:00`, ...services), { from }));
      expect(statuses(replies)).toEqual({ 422: 12 });
    }
    expect(await minutesTaken()).toBe(0);
  });

  it('keeps at most four times of four hours, each for ten minutes, however often it renews them', async () => {
    const forms = await Promise.all(Array.from({ length: 12 }, newForm));
    const keepAll = () =>
      Promise.all(
        forms.map((form, index) => hold(visit(`${days[index]}T09:00`, 'highlights', 'gloss'), form, '127.0.1.2')),
      );
    const began = world.system.clock.now();
    const kept = new Map<string, { from: number; until: number }>();
    // Every four minutes for an hour.
    for (let round = 0; round < 15; round += 1) {
      const replies = await keepAll();
      expect(replies.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(4);
      for (const [index, { status, json }] of replies.entries()) {
        if (status !== 200) continue;
        const form = forms[index] ?? '';
        const since = kept.get(form)?.from ?? world.system.clock.now();
        kept.set(form, { from: since, until: Date.parse(String(json['heldUntil'])) });
      }
      await world.system.windBy(4 * minute);
    }
    expect(kept.size).toBeGreaterThanOrEqual(4);
    for (const { from: since, until } of kept.values()) expect(until - since).toBeLessThanOrEqual(10 * minute + 1_000);
    // What asking costs ends it, too: each asks for four hours.
    expect(Math.max(...[...kept.values()].map(({ until }) => until)) - began).toBeLessThanOrEqual(40 * minute);
    expect(await Promise.all(days.map(freeOn))).not.toContain(0);
  });

  it('changes what one form holds ten times a minute, not a hundred', async () => {
    const form = await newForm();
    const replies = [];
    for (let change = 0; change < 100; change += 1) {
      const asked = visit(`2026-12-${15 + (change % 4)}T${10 + (change % 5)}:00`, 'cut-short');
      replies.push(await hold(asked, form, '127.0.1.3'));
    }
    expect(statuses(replies)).toEqual({ 200: 10, 429: 90 });
  });

  it('books two visits for one invented phone, and neither is told why not a third', async () => {
    const client = { firstName: 'Bot', phone: inventedPhone() };
    const replies = [];
    for (const date of days)
      replies.push(await book(visit(`${date}T18:00`, 'cut-short'), { from: '127.0.1.4', client }));
    expect(statuses(replies)).toEqual({ 201: 2, 429: 10 });
  });

  it('takes twelve times four hours by twelve bookings, and none of the twelve days is full', async () => {
    const before = await minutesTaken();
    const replies = [];
    for (const date of days)
      replies.push(await book(visit(`${date}T09:00`, 'highlights', 'gloss', 'cut-short'), { from: '127.0.1.5' }));
    expect(statuses(replies)).toEqual({ 201: 12 });
    const taken = (await minutesTaken()) - before;
    console.log(`Twelve bookings took ${taken / 600} days of ten hours; twelve of them took whole days before.`);
    expect(taken).toBeLessThanOrEqual(12 * (240 + 15));
    expect(await Promise.all(days.map(freeOn))).not.toContain(0);
    expect((await rowsOf(world, 'Appointment')).filter(({ status }) => status === 'confirmed')).toEqual([]);
  });
});

describe('a bot that asks about phones (S6)', () => {
  it('asks about ten of a hundred with one form, whatever keys it sends', async () => {
    for (const [address, key] of [
      ['127.0.2.1', freshKey()],
      ['127.0.2.2', undefined],
    ] as const) {
      await world.system.windTo(Math.ceil((world.system.clock.now() + 1) / minute) * minute);
      const formToken = await newForm();
      const replies = await Promise.all(
        Array.from({ length: 100 }, () =>
          postJson(
            world,
            '/v1/appointments',
            { ...visit('2026-11-26T10:00', 'cut'), client: { firstName: 'X', phone: inventedPhone() }, formToken },
            { from: address, headers: { 'idempotency-key': key ?? freshKey() } },
          ),
        ),
      );
      expect(statuses(replies)).toEqual({ 422: 10, 429: 90 });
    }
  });

  it('hears the same of a client who has not come, one who is known and one whom nobody knows', async () => {
    const staff = staffOf(world);
    const [missing, known] = [newcomer(), newcomer()];
    const visits = [];
    for (const at of ['13:00', '14:30'])
      visits.push(
        await staff.book(`2026-11-23T${at}`, {
          client: missing,
          services: [{ serviceId: 'cut-short', staffId: 'amina' }],
        }),
      );
    await staff.book('2027-01-04T10:00', { client: known });
    await world.system.windTo(Date.parse('2026-11-23T21:31:00Z'));
    for (const { id } of visits) dataOf(await staff.mark(id, 'no_show'));
    await mustBook(world.api, { startsAt: '2027-01-05T10:00' });
    const ask = async (client: ReturnType<typeof newcomer>, startsAt: string, from: string) => {
      const { status, json } = await book(visit(startsAt, 'cut'), { from, client });
      const { id: _id, token: _token, ...seen } = json;
      return JSON.stringify([status, seen])
        .replaceAll(client.firstName, 'NAME')
        .replaceAll(/T\d\d:\d\d(:\d\d)?|2027-01-\d\d/g, 'TIME');
    };
    // A time that is taken, and free ones.
    const taken = [];
    for (const client of [missing, known, newcomer()]) taken.push(await ask(client, '2027-01-05T10:00', '127.0.2.3'));
    expect(new Set(taken).size).toBe(1);
    expect(taken[0]).toContain('time_taken');
    const free = [];
    for (const [index, client] of [missing, known, newcomer()].entries())
      free.push(await ask(client, `2027-01-${12 + index}T10:00`, `127.0.2.${4 + index}`));
    expect(new Set(free).size).toBe(1);
    expect(free[0]).toMatch(/^\[201/);
  });

  it('keeps nobody from booking by ten bookings with their phone, nor by not coming to them', async () => {
    const { firstName, phone } = newcomer();
    const victim = { firstName, phone };
    await mustBook(world.api, { startsAt: '2027-01-19T10:00', client: victim });
    dataOf(await world.api.confirmByLink({ params: { token: await tokenSentTo(world, victim.phone) } }));
    const replies = [];
    for (let index = 0; index < 10; index += 1)
      replies.push(
        await book(visit(`2026-11-${24 + Math.floor(index / 5)}T${10 + 2 * (index % 5)}:00`, 'cut'), {
          from: `127.0.3.${1 + Math.floor(index / 2)}`,
          client: victim,
        }),
      );
    expect(statuses(replies)).toEqual({ 201: 10 });
    const own = await book(visit('2027-01-20T10:00', 'cut'), { from: '127.0.3.9', client: victim });
    expect(own.status).toBe(201);
    await world.system.windTo(Date.parse('2026-11-25T23:59:00Z'));
    const staff = staffOf(world);
    for (const { json } of replies) dataOf(await staff.mark(String(json['id']), 'no_show'));
    const later = await book(visit('2027-01-21T10:00', 'cut'), { from: '127.0.3.10', client: victim });
    expect([later.status, later.json['awaiting']]).toEqual([201, undefined]);
    const token = await tokenSentTo(world, victim.phone);
    expect(dataOf(await world.api.confirmByLink({ params: { token } })).status).toBe('confirmed');
  });
});

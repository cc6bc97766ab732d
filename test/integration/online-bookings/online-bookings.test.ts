import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../../support/durations.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { newcomer } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { sentTo, tokenSentTo } from '../../support/world/messages.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(() => world.system.close());

let hours = 0;
/** A free time each. */
const nextTime = () => {
  hours += 1;
  const day = String(1 + Math.floor(hours / 4)).padStart(2, '0');
  return `2026-12-${day}T${String(10 + 2 * (hours % 4)).padStart(2, '0')}:00`;
};
const book = async () => {
  const client = { ...newcomer(), preferredChannel: 'email' };
  const startsAt = nextTime();
  const { id } = await mustBook(world.api, { client, startsAt });
  return { id, client, startsAt };
};
const reception = () => world.as('reception');
const list = async (query: { appointmentId?: string; from?: string }) =>
  dataOf(await reception().listOnlineBookings({ query }));
const cancel = async (appointmentIds: string[], tell?: 'everybody' | 'proven' | 'nobody') =>
  dataOf(await reception().cancelOnlineBookings({ body: { appointmentIds, ...(tell ? { tell } : {}) } }));
const restore = async (appointmentIds: string[]) =>
  dataOf(await reception().restoreOnlineBookings({ body: { appointmentIds } }));
const sentSince = async (address: string, before: readonly string[]) => {
  await world.system.settle();
  return sentTo(world, address).slice(before.length);
};

describe('what came from a source in an hour', () => {
  it('is listed from one of its bookings; what lies outside of the hour, or was booked at the desk, is not', async () => {
    const long = await book();
    await world.system.windBy(31 * minute);
    const first = await book();
    const proven = await book();
    dataOf(await world.api.proveByLink({ params: { token: await tokenSentTo(world, proven.client.email) } }));
    const desk = await staff.book(nextTime());
    await world.system.windBy(29 * minute);
    const last = await book();

    const { bookings } = await list({ appointmentId: first.id });
    expect(bookings.map(({ appointment, suggested }) => [appointment.id, suggested])).toEqual([
      [first.id, true],
      [proven.id, false],
      [last.id, true],
    ]);
    expect(new Set(bookings.map(({ source }) => source)).size).toBe(1);
    expect(JSON.stringify(bookings)).not.toContain('127.0.0.1');
    expect((await list({ appointmentId: long.id })).bookings.map(({ appointment }) => appointment.id)).toEqual([
      long.id,
    ]);
    expect(codeOf(await reception().listOnlineBookings({ query: { appointmentId: desk.id } }))).toBe('unprocessable');
  });

  it('is listed of all sources from an instant on, over midnight UTC too', async () => {
    await world.system.windTo(Date.parse('2026-11-24T23:55:00Z'));
    const before = await book();
    await world.system.windTo(Date.parse('2026-11-25T00:05:00Z'));
    const after = await book();
    const { from, until, bookings } = await list({ from: '2026-11-25T00:30:00+01:00' });
    expect([from, until]).toEqual(['2026-11-24T23:30:00Z', '2026-11-25T00:30:00Z']);
    expect(bookings.map(({ appointment }) => appointment.id)).toEqual([before.id, after.id]);
  });

  it('is recorded as read', async () => {
    const { id } = await book();
    await list({ appointmentId: id });
    const date = new Date(world.system.clock.now()).toISOString().slice(0, 10);
    const { entries } = dataOf(await world.as('owner').listReads({ query: { date } }));
    expect(entries.map(({ action }) => action)).toContain('online-bookings.read');
  });
});

describe('what a bot booked', () => {
  it('is cancelled together and brought back, and no stranger hears of either', async () => {
    const bots = [await book(), await book()];
    await world.system.settle();
    const before = bots.map(({ client }) => sentTo(world, client.email));
    const ids = bots.map(({ id }) => id);
    for (const _ of [1, 2]) expect(await cancel(ids)).toEqual({ done: ids, left: [] });
    const taken = await staff.tryBook(bots[0]?.startsAt ?? '');
    expect(taken.ok).toBe(true);

    const back = await restore(ids);
    expect(back).toMatchObject({ done: [ids[1]], left: [{ id: ids[0], reason: expect.stringContaining('time') }] });
    expect(await restore([ids[1] ?? ''])).toEqual({ done: [ids[1]], left: [] });
    expect((await staff.get(ids[1] ?? '')).status).toBe('pending');
    for (const [index, { client }] of bots.entries())
      expect(await sentSince(client.email, before[index] ?? [])).toEqual([]);

    // Brought back it is as before: reminded of, and told when somebody cancels it for good.
    await staff.mark(ids[1] ?? '', 'cancelled');
    expect(await sentSince(bots[1]?.client.email ?? '', before[1] ?? [])).toEqual(['email cancelled']);
  });

  it('leaves whoever has proved a booking to be told, unless staff say nobody', async () => {
    const real = await book();
    dataOf(await world.api.proveByLink({ params: { token: await tokenSentTo(world, real.client.email) } }));
    const before = sentTo(world, real.client.email);
    await cancel([real.id]);
    expect(await sentSince(real.client.email, before)).toEqual(['email cancelled']);
    await restore([real.id]);
    expect(await sentSince(real.client.email, before)).toEqual(['email cancelled', 'email confirmation']);
    const told = sentTo(world, real.client.email);
    await cancel([real.id], 'nobody');
    expect(await sentSince(real.client.email, told)).toEqual([]);
  });

  it('tells a stranger too, if staff want everybody told', async () => {
    const bot = await book();
    await world.system.settle();
    const before = sentTo(world, bot.client.email);
    await cancel([bot.id], 'everybody');
    expect(await sentSince(bot.client.email, before)).toEqual(['email cancelled']);
  });

  it('is cancelled apart from what is none of it', async () => {
    const bot = await book();
    const desk = await staff.book(nextTime());
    const nothing = 'a'.repeat(16);
    expect(await cancel([desk.id, nothing, bot.id])).toEqual({
      done: [bot.id],
      left: [
        { id: desk.id, reason: 'It was not booked by the public form.' },
        { id: nothing, reason: expect.any(String) },
      ],
    });
    expect((await staff.get(desk.id)).status).toBe('pending');
  });

  it('is refused with the field', async () => {
    const fault = async (body: Record<string, unknown>) => {
      const outcome = await reception().cancelOnlineBookings({ body: body as never });
      return outcome.ok ? undefined : outcome.problem.errors?.[0]?.path;
    };
    const { id } = await book();
    expect(await fault({ appointmentIds: [] })).toBe('appointmentIds');
    expect(await fault({ appointmentIds: [id, id] })).toBe('appointmentIds');
    expect(await fault({ appointmentIds: [id], tell: 'some' })).toBe('tell');
    expect(await fault({ appointmentIds: [id], notify: true })).toBe('notify');
    expect(codeOf(await world.as('staff').cancelOnlineBookings({ body: { appointmentIds: [id] } }))).toBe('forbidden');
    expect(codeOf(await reception().listOnlineBookings({ query: {} }))).toBe('invalid_request');
  });
});

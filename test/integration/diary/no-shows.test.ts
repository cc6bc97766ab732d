import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../shared/business/catalogue.ts';
import { hour } from '../../support/durations.ts';
import { codeOf, dataOf, problemOf } from '../../support/outcomes.ts';
import { mustBeConsistent, newcomer, rowsOf } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
afterEach(async () => {
  await mustBeConsistent(world);
  await world.system.close();
});

/** A salon with the policy, and a client who has not come twice. */
const salonWith = async (policy: Settings['noShows']['policy']) => {
  world = await startWorld({}, (catalogue) => {
    catalogue.settings.noShows = { policy, after: 2, confirmWithinHours: 12 };
  });
  staff = staffOf(world);
  const client = newcomer();
  const first = await staff.book('2026-11-22T10:00', { client });
  const second = await staff.book('2026-11-22T11:30', { client });
  await world.system.windTo(Date.parse('2026-11-22T16:31:00Z'));
  expect(dataOf(await staff.mark(first.id, 'no_show')).status).toBe('no_show');
  const known = await mustBook(world.api, { client, startsAt: '2026-11-30T10:00' });
  expect([known.awaiting, known.confirmBy]).toEqual([undefined, undefined]);
  dataOf(await staff.mark(second.id, 'no_show'));
  expect(await staff.client(first.clientId)).toMatchObject({ noShows: 2, phone: client.phone });
  return { client, clientId: first.clientId };
};

const tuesday = '2026-11-24T10:00';

/** Books online, and confirms by the link in the message that comes. */
const bookAndPress = async (client: ReturnType<typeof newcomer>, startsAt: string) => {
  await mustBook(world.api, { client, startsAt });
  const token = await tokenSentTo(world, client.email);
  return dataOf(await world.api.confirmByLink({ params: { token } }));
};

describe('who has not come twice', () => {
  it('confirms in time, or the time is free again', async () => {
    const { client } = await salonWith('client-confirms');
    const lapsing = await mustBook(world.api, { client, startsAt: tuesday });
    // Twelve hours from the second of the booking; whoever booked isn't told of it, the client is.
    expect(lapsing.confirmBy).toBeUndefined();
    const { confirmBy = '' } = await staff.get(lapsing.id);
    expect(confirmBy).toMatch(/^2026-11-22T23:31:/);
    const deadline = Date.parse(confirmBy) + 1000;
    await world.system.settle();
    expect(world.mails().at(-1)?.text).toContain('Please confirm by');
    const confirmed = await mustBook(world.api, { client, startsAt: '2026-11-25T10:00' });
    const sent = await tokenSentTo(world, client.email);
    expect(dataOf(await world.api.getByLink({ params: { token: sent }, query: {} }))).toMatchObject({
      id: confirmed.id,
      confirmBy: expect.stringMatching(/^2026-11-22T23:31:/),
      may: { confirm: true },
      address: { channel: 'email', state: 'given' },
    });
    const deadlines = () => world.system.schedules().filter(({ name }) => name.endsWith('.unconfirmed'));
    expect(deadlines().map(({ name }) => name)).toEqual([`${lapsing.id}.unconfirmed`, `${confirmed.id}.unconfirmed`]);
    // The link of the answer may be a stranger's: it confirms, and is no answer to what was asked.
    dataOf(await world.api.confirmByLink({ params: { token: lapsing.token } }));
    expect(dataOf(await world.api.confirmByLink({ params: { token: sent } })).confirmBy).toBeUndefined();
    await world.system.settle();
    expect(deadlines().map(({ name }) => name)).toEqual([`${lapsing.id}.unconfirmed`]);
    expect((await staff.get(lapsing.id)).noShows).toBe(2);

    await world.system.windTo(deadline - 2000);
    expect((await staff.get(lapsing.id)).status).toBe('confirmed');
    expect(codeOf(await book(world.api, { startsAt: tuesday }))).toBe('time_taken');
    await world.system.windTo(deadline);
    expect(await staff.get(lapsing.id)).toMatchObject({ status: 'cancelled', cancelledBy: 'system' });
    expect((await staff.get(confirmed.id)).status).toBe('confirmed');
    expect((await staff.history(lapsing.id)).map(({ type, by }) => [type, by])).toEqual([
      ['appointment.booked', 'client'],
      ['appointment.confirmed', 'client'],
      ['appointment.cancelled', 'system'],
    ]);
    expect(deadlines()).toEqual([]);
    const next = await mustBook(world.api, { startsAt: tuesday });
    // Somebody has it now; else staff could bring it back, and then nothing lapses any more.
    expect(codeOf(await staff.undo(lapsing.id))).toBe('time_taken');
    dataOf(await world.api.cancelByLink({ params: { token: next.token } }));
    const back = dataOf(await staff.undo(lapsing.id));
    expect([back.status, back.confirmBy]).toEqual(['confirmed', undefined]);
    expect(world.system.deadLetters()).toEqual([]);
  });

  it('has the deadline of what is moved, too, and never after the visit begins', async () => {
    const { client } = await salonWith('client-confirms');
    const booked = await mustBook(world.api, { client, startsAt: tuesday });
    dataOf(await world.api.moveByLink({ params: { token: booked.token }, body: { startsAt: '2026-11-25T13:00' } }));
    await world.system.windBy(12 * hour + 2000);
    expect((await staff.get(booked.id)).status).toBe('cancelled');
    const soon = await mustBook(world.api, { client, startsAt: '2026-11-23T10:00' });
    expect((await staff.get(soon.id)).confirmBy).toBe('2026-11-23T10:00:00-05:00');
    const moved = dataOf(await staff.change(await staff.get(soon.id), { startsAt: '2026-11-23T09:00' }));
    expect(moved.confirmBy).toBe('2026-11-23T09:00:00-05:00');
    await world.system.windTo(Date.parse('2026-11-23T14:00:00Z'));
    expect((await staff.get(soon.id)).status).toBe('cancelled');
  });

  it('has no deadline any more where a wrong mark is undone after it', async () => {
    const { client } = await salonWith('client-confirms');
    const [cancelled, arrived] = [
      await mustBook(world.api, { client, startsAt: tuesday }),
      await mustBook(world.api, { client, startsAt: '2026-11-22T15:00' }),
    ];
    const { confirmBy } = await staff.get(cancelled.id);
    expect(confirmBy).toBeDefined();
    dataOf(await staff.mark(cancelled.id, 'cancelled'));
    dataOf(await staff.mark(arrived.id, 'arrived'));
    const early = dataOf(await staff.undo(cancelled.id));
    expect([early.status, early.confirmBy]).toEqual(['pending', confirmBy]);
    dataOf(await staff.mark(cancelled.id, 'cancelled'));
    await world.system.windBy(12 * hour + 2000);
    for (const { id } of [cancelled, arrived]) {
      dataOf(await staff.undo(id));
      await world.system.settle();
      const back = await staff.get(id);
      expect([back.status, back.confirmBy]).toEqual(['pending', undefined]);
    }
  });

  it('waits for the business, which approves or cancels', async () => {
    const { client } = await salonWith('business-confirms');
    const no = await bookAndPress(client, '2026-11-25T10:00');
    const yes = await bookAndPress(client, tuesday);
    expect([yes.awaiting, yes.may.confirm]).toEqual(['business', false]);
    await world.system.settle();
    const mails = () => world.mails().filter(({ to }) => to.includes(client.email)).length;
    const before = mails();
    expect(codeOf(await staff.approve(yes.id, 'staff'))).toBe('forbidden');
    const approved = dataOf(await staff.approve(yes.id));
    expect([approved.awaiting, approved.status]).toEqual([undefined, 'pending']);
    expect(dataOf(await staff.approve(yes.id)).version).toBe(approved.version);
    await world.system.settle();
    expect(mails()).toBe(before + 1);
    expect(world.system.schedules().some(({ name }) => name === `${yes.id}.reminder`)).toBe(true);
    dataOf(await staff.mark(no.id, 'cancelled'));
    expect(codeOf(await staff.approve(no.id))).toBe('status_conflict');
    expect(codeOf(await book(world.api, { startsAt: '2026-11-25T10:00' }))).toBe('done');
    const acts = (await rowsOf(world, 'AuditEntry')).map(({ action }) => action);
    expect(acts.filter((action) => action === 'appointment.approved')).toHaveLength(1);
  });

  it('may come before anybody has approved, and is asked for a review like all others', async () => {
    const { client } = await salonWith('business-confirms');
    const asked = await bookAndPress(client, tuesday);
    expect(asked.awaiting).toBe('business');
    await world.system.windTo(Date.parse(asked.startsAt) + hour);
    const completed = dataOf(await staff.mark(asked.id, 'completed'));
    expect([completed.status, completed.awaiting]).toEqual(['completed', undefined]);
    await world.system.windBy(24 * hour);
    const mails = world.system.mailbox
      .list({ channel: 'email' })
      .filter(({ tags }) => tags['message']?.startsWith(asked.id));
    expect(mails.map(({ tags }) => tags['message']?.split('_')[1])).toEqual(['confirmation', 'review']);
  });

  it('is asked to call, where the business wants that; the desk still books', async () => {
    const { client } = await salonWith('refuse');
    const asked = await mustBook(world.api, { client, startsAt: tuesday });
    const token = await tokenSentTo(world, client.email);
    for (const _ of [1, 2]) {
      expect(problemOf(await world.api.confirmByLink({ params: { token } }))).toMatchObject({
        code: 'booking_refused',
        detail: expect.stringContaining('+1 718 555 0142'),
      });
    }
    await world.system.windBy(12 * hour + 2000);
    expect((await staff.get(asked.id)).status).toBe('cancelled');
    expect(await staff.book('2026-11-25T10:00', { client })).toMatchObject({ noShows: 2, status: 'pending' });
  });

  it('books like everyone else once staff have lifted it', async () => {
    const { client, clientId } = await salonWith('refuse');
    const params = { params: { clientId } };
    expect(codeOf(await world.as('staff').liftNoShows(params))).toBe('forbidden');
    const lifted = dataOf(await world.as('reception').liftNoShows(params));
    expect(lifted).toMatchObject({ noShows: 0, noShowsLiftedAt: expect.stringMatching(/Z$/) });
    expect(dataOf(await world.as('manager').liftNoShows(params))).toEqual(lifted);
    expect(await bookAndPress(client, tuesday)).toMatchObject({ status: 'confirmed' });
    const acts = (await rowsOf(world, 'AuditEntry')).filter(({ action }) => action === 'no-shows.lifted');
    expect(acts.map(({ subject, details }) => [subject, details])).toEqual([[`client/${clientId}`, { counted: '2' }]]);
    const told = (await rowsOf(world, 'TimelineEntry')).filter(({ type }) => type === 'no-shows.lifted');
    expect(told.map((entry) => entry['clientId'])).toEqual([clientId]);
    expect(codeOf(await world.as('owner').getClient({ params: { clientId: '0'.repeat(16) } }))).toBe('not_found');
    expect(codeOf(await world.as('owner').liftNoShows({ params: { clientId: '0'.repeat(16) } }))).toBe('not_found');
  });
});

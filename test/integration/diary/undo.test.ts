import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../support/durations.ts';
import { codeOf, dataOf, problemOf } from '../../support/outcomes.ts';
import { mustBeConsistent, newcomer } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(async () => {
  await mustBeConsistent(world);
  await world.system.close();
});

const mailsTo = (email: string) => world.mails().filter(({ to }) => to.includes(email)).length;

describe('a wrong mark is undone', () => {
  it('arrived', async () => {
    const booked = await staff.book('2026-11-22T10:05');
    const arrived = dataOf(await staff.mark(booked.id, 'arrived'));
    expect(arrived.undo).toMatchObject({ status: 'pending', until: expect.stringMatching(/^2026-11-29T15:0/) });
    const undone = dataOf(await staff.undo(booked.id));
    expect(undone).toMatchObject({ status: 'pending', version: 3 });
    expect(undone.undo).toBeUndefined();
    expect(problemOf(await staff.undo(booked.id))).toMatchObject({
      code: 'status_conflict',
      detail: 'There is nothing to undo.',
    });
    expect((await staff.history(booked.id)).map(({ type }) => type)).toEqual([
      'appointment.booked',
      'appointment.arrived',
      'appointment.undone',
    ]);
  });

  it('cancelled: it takes its time again, confirmed as it was, and its messages are planned anew', async () => {
    const client = { firstName: 'Nadia', phone: newcomer().phone, email: 'undone@example.com' };
    const { id, token } = await mustBook(world.api, { startsAt: '2026-12-01T10:00', client });
    dataOf(await world.api.confirmByLink({ params: { token } }));
    await world.system.settle();
    const reminders = () => world.system.schedules().filter(({ name }) => name === `${id}.reminder`);
    const [planned] = reminders();
    expect(planned).toBeDefined();
    dataOf(await staff.mark(id, 'cancelled'));
    await world.system.settle();
    expect(reminders()).toEqual([]);
    const told = mailsTo(client.email);
    const back = dataOf(await staff.undo(id));
    expect(back).toMatchObject({ status: 'confirmed', startsAt: '2026-12-01T10:00:00-05:00' });
    expect(back.cancelledBy).toBeUndefined();
    await world.system.settle();
    expect(reminders()).toHaveLength(1);
    // Who was told that it is cancelled is told that it is on.
    expect(mailsTo(client.email)).toBe(told + 1);
    expect(codeOf(await staff.tryBook('2026-12-01T10:00'))).toBe('time_taken');
    const calendar = dataOf(await world.api.getCalendarByLink({ params: { token } }));
    expect(calendar).toContain('SEQUENCE:2');
    expect(calendar).toContain('STATUS:CONFIRMED');
  });

  it('cancelled by the client, who calls and regrets it', async () => {
    const { id, token } = await mustBook(world.api, { startsAt: '2026-12-02T10:00' });
    dataOf(await world.api.cancelByLink({ params: { token } }));
    expect(dataOf(await staff.undo(id)).status).toBe('pending');
  });

  it('not when somebody has the time: the nearest ones are told', async () => {
    const booked = await staff.book('2026-12-03T10:00');
    dataOf(await staff.mark(booked.id, 'cancelled'));
    const other = await staff.book('2026-12-03T10:30');
    const refused = problemOf(await staff.undo(booked.id));
    expect(refused).toMatchObject({ code: 'time_taken' });
    expect(refused.nearest).toHaveLength(5);
    dataOf(await staff.mark(other.id, 'cancelled'));
    expect(dataOf(await staff.undo(booked.id)).status).toBe('pending');
  });

  it('with the very room it had', async () => {
    const massage = { locationId: 'los-feliz', services: [{ serviceId: 'massage', staffId: 'lily' }] };
    const booked = await staff.book('2026-12-03T12:00', massage);
    dataOf(await staff.mark(booked.id, 'cancelled'));
    const facial = { locationId: 'los-feliz', services: [{ serviceId: 'facial', staffId: 'dev' }] };
    const other = await staff.book('2026-12-03T12:00', facial);
    expect(codeOf(await staff.undo(booked.id))).toBe('time_taken');
    dataOf(await staff.mark(other.id, 'cancelled'));
    expect(dataOf(await staff.undo(booked.id)).services[0]?.resources.map(({ id }) => id)).toEqual(['quiet-room']);
  });

  it('a place in a lesson, while there are seats', async () => {
    const lesson = { services: [{ serviceId: 'styling-class', staffId: 'marco' }] };
    const two = await staff.book('2026-12-02T18:00', { ...lesson, seats: 2 });
    await staff.book('2026-12-02T18:00', { ...lesson, seats: 3 });
    dataOf(await staff.mark(two.id, 'cancelled'));
    const late = await staff.book('2026-12-02T18:00', { ...lesson, seats: 2 });
    expect(codeOf(await staff.undo(two.id))).toBe('time_taken');
    dataOf(await staff.mark(late.id, 'cancelled'));
    expect(dataOf(await staff.undo(two.id)).seats).toBe(2);
  });

  it('only the latest one, and not once the appointment was moved', async () => {
    const booked = await staff.book('2026-11-22T12:05');
    dataOf(await staff.mark(booked.id, 'arrived'));
    dataOf(await staff.change(await staff.get(booked.id), { startsAt: '2026-11-24T12:05' }));
    expect(codeOf(await staff.undo(booked.id))).toBe('status_conflict');
    // Who sits there and waits a little has still arrived.
    const waiting = await staff.book('2026-11-22T14:05');
    dataOf(await staff.mark(waiting.id, 'arrived'));
    const late = dataOf(await staff.change(await staff.get(waiting.id), { startsAt: '2026-11-22T14:20' }));
    expect([late.status, late.undo?.status]).toEqual(['arrived', 'pending']);
  });

  it('completed: no review is asked for, until it is completed again', async () => {
    const booked = await staff.book('2026-11-23T10:00');
    await world.system.windTo(Date.parse('2026-11-23T16:00:00Z'));
    const review = () => world.system.schedules().filter(({ name }) => name === `${booked.id}.review`).length;
    dataOf(await staff.mark(booked.id, 'completed'));
    await world.system.settle();
    expect(review()).toBe(1);
    dataOf(await staff.undo(booked.id));
    await world.system.settle();
    expect(review()).toBe(0);
    dataOf(await staff.mark(booked.id, 'completed'));
    await world.system.settle();
    expect(review()).toBe(1);
  });

  it('a no-show: it counts no more', async () => {
    const booked = await staff.book('2026-11-23T11:15');
    await world.system.windTo(Date.parse('2026-11-23T17:00:00Z'));
    dataOf(await staff.mark(booked.id, 'no_show'));
    dataOf(await staff.mark(booked.id, 'no_show'));
    expect((await staff.client(booked.clientId)).noShows).toBe(1);
    dataOf(await staff.undo(booked.id));
    expect((await staff.client(booked.clientId)).noShows).toBe(0);
    // Lifted in between, it was taken off already.
    dataOf(await staff.mark(booked.id, 'no_show'));
    await world.system.windBy(60_000);
    dataOf(await world.as('reception').liftNoShows({ params: { clientId: booked.clientId } }));
    const next = await staff.book('2026-11-23T13:15', { client: undefined, clientId: booked.clientId });
    await world.system.windTo(Date.parse('2026-11-23T19:00:00Z'));
    dataOf(await staff.mark(next.id, 'no_show'));
    dataOf(await staff.undo(booked.id));
    expect((await staff.client(booked.clientId)).noShows).toBe(1);
  });

  it('within seven days', async () => {
    const booked = await staff.book('2026-12-20T12:00');
    dataOf(await staff.mark(booked.id, 'cancelled'));
    await world.system.windBy(7 * day + 1000);
    expect(problemOf(await staff.undo(booked.id)).detail).toBe('A mark can be undone for seven days.');
    expect((await staff.get(booked.id)).undo).toBeUndefined();
  });
});

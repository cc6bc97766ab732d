import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, dataOf, problemOf } from '../../support/outcomes.ts';
import { freshKey, mustBeConsistent, newcomer, rowsOf } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.resources.push({
      id: 'garden-room',
      name: 'Garden room',
      kind: 'treatment-room',
      location: 'los-feliz',
      closed: [],
      retired: false,
    });
  });
  staff = staffOf(world);
});
afterAll(async () => {
  await mustBeConsistent(world);
  await world.system.close();
});

const audit = async (id: string) =>
  (await rowsOf(world, 'AuditEntry'))
    .filter(({ subject }) => subject === `appointment/${id}`)
    .sort((a, b) => Number(a['at']) - Number(b['at']))
    .map(({ action, details, roles }) => ({ action, details, roles }));

describe('a call is booked at the desk', () => {
  it('at any whole minute, at once, for a client who is new', async () => {
    const client = newcomer();
    // Clients may come at a quarter, an hour ahead and no later than the horizon.
    const booked = await staff.book('2026-11-22T10:07', { client, notes: 'by phone', source: 'an old friend' });
    expect(booked).toMatchObject({
      status: 'pending',
      startsAt: '2026-11-22T10:07:00-05:00',
      locationId: 'brooklyn',
      client: { firstName: 'Nadia', phone: client.phone, email: client.email },
      services: [{ id: 'cut', staff: { id: 'amina' }, resources: [] }],
      notes: 'by phone',
      source: 'an old friend',
      noShows: 0,
      version: 1,
    });
    expect(booked.bookedBy).not.toBe('client');
    expect(await audit(booked.id)).toEqual([
      { action: 'appointment.booked', details: undefined, roles: ['reception'] },
    ]);
    await world.system.settle();
    expect(world.mails().filter(({ to }) => to.includes(client.email))).toHaveLength(1);
    expect(world.system.schedules().some(({ name }) => name === `${booked.id}.review`)).toBe(false);
    const far = await staff.book('2028-02-01T10:01');
    expect(far.startsAt).toBe('2028-02-01T10:01:00-05:00');
  });

  it('for a client who is known, by phone or by id', async () => {
    const client = newcomer();
    const first = await staff.book('2026-12-01T09:00', { client });
    const byPhone = await staff.book('2026-12-01T11:00', { client: { ...client, firstName: 'Daughter' } });
    const byId = await staff.book('2026-12-01T13:00', { client: undefined, clientId: first.clientId });
    expect([byPhone.clientId, byId.clientId]).toEqual([first.clientId, first.clientId]);
    expect(byId.client).toMatchObject({ firstName: 'Nadia', phone: client.phone });
    expect(
      problemOf(await staff.tryBook('2026-12-01T15:00', { client: undefined, clientId: '0'.repeat(16) })),
    ).toMatchObject({
      code: 'unprocessable',
      errors: [{ path: 'clientId' }],
    });
    expect(problemOf(await staff.tryBook('2026-12-01T15:00', { clientId: first.clientId }))).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'client', message: 'give either `client` or `clientId`' }],
    });
  });

  it('never on top of another, nor in the past', async () => {
    await staff.book('2026-12-02T10:00');
    const taken = problemOf(await staff.tryBook('2026-12-02T10:30', { override: { hours: true } }));
    expect(taken).toMatchObject({ code: 'time_taken', status: 409 });
    expect(taken.nearest).toHaveLength(5);
    expect(problemOf(await staff.tryBook('2026-11-21T12:00')).detail).toBe('That day has passed.');
    expect(problemOf(await staff.tryBook('9999-12-31T12:00')).detail).toContain('two years');
    expect(codeOf(await staff.tryBook('2026-11-22T08:30', { override: { hours: true } }))).toBe('done');
  });

  it('outside the hours only knowingly, and that is recorded', async () => {
    const late = '2026-12-03T20:30';
    const refused = problemOf(await staff.tryBook(late));
    expect(refused.code).toBe('time_unavailable');
    expect(refused.detail).toContain('"override": {"hours": true}');
    const outcome = await staff.tryBook(late, { override: { hours: true } }, 'staff');
    expect(problemOf(outcome)).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('owner, manager') });
    const booked = await staff.book(late, { override: { hours: true } });
    expect((await audit(booked.id))[0]?.details).toEqual({ override: 'hours' });
    // Thanksgiving, too.
    expect(codeOf(await staff.tryBook('2026-11-26T10:00'))).toBe('time_unavailable');
    expect(codeOf(await staff.tryBook('2026-11-26T10:00', { override: { hours: true } }))).toBe('done');
  });

  it('once for one key', async () => {
    const key = freshKey();
    const client = newcomer();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => staff.tryBook('2026-12-04T10:00', { client }, 'reception', key)),
    );
    const answers = outcomes.map(dataOf);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await staff.diary({ date: '2026-12-04' })).appointments).toHaveLength(1);
    const other = await staff.tryBook('2026-12-04T12:00', { client }, 'reception', key);
    expect(codeOf(other)).toBe('idempotency_mismatch');
    // Nor does a stranger who knows the key get the answer.
    const { id } = answers[0] as { id: string };
    expect(id).toHaveLength(16);
  });
});

describe('staff change an appointment', () => {
  it('in time, and the client hears of it', async () => {
    const client = newcomer();
    const booked = await staff.book('2026-12-07T10:00', { client });
    await world.system.settle();
    const moved = dataOf(await staff.change(booked, { startsAt: '2026-12-07T10:35' }));
    expect(moved).toMatchObject({ startsAt: '2026-12-07T10:35:00-05:00', status: 'pending', version: 2 });
    await world.system.settle();
    const subjects = world.mails().filter(({ to }) => to.includes(client.email));
    expect(subjects).toHaveLength(2);
    expect(world.system.schedules().filter(({ name }) => name === `${booked.id}.reminder`)).toHaveLength(1);
  });

  it('past the cut-off, which is for clients', async () => {
    const booked = await mustBook(world.api, { startsAt: '2026-11-22T12:00' });
    const byLink = await world.api.moveByLink({
      params: { token: booked.token },
      body: { startsAt: '2026-11-22T14:00' },
    });
    expect(codeOf(byLink)).toBe('cut_off_passed');
    const current = await staff.get(booked.id);
    expect(dataOf(await staff.change(current, { startsAt: '2026-11-22T14:00' })).startsAt).toContain('T14:00');
  });

  it('from one person to another, at its price, without asking the client again', async () => {
    const booked = await staff.book('2026-12-08T10:00');
    const { token } = await mustBook(world.api, { startsAt: '2026-12-08T13:00' });
    dataOf(await world.api.confirmByLink({ params: { token } }));
    const given = dataOf(await staff.change(booked, { services: [{ serviceId: 'cut', staffId: 'marco' }] }));
    expect(given.services[0]).toMatchObject({ staff: { id: 'marco' }, price: booked.services[0]?.price });
    expect(given.startsAt).toBe(booked.startsAt);
    // Amina is free again.
    expect(codeOf(await staff.tryBook('2026-12-08T10:00'))).toBe('done');
  });

  it('longer and shorter: confirmed stays confirmed', async () => {
    const { id, token } = await mustBook(world.api, { startsAt: '2026-12-09T10:00' });
    dataOf(await world.api.confirmByLink({ params: { token } }));
    const longer = dataOf(
      await staff.change(await staff.get(id), {
        services: [{ serviceId: 'cut', staffId: 'amina', durationMinutes: 95 }],
      }),
    );
    expect(longer).toMatchObject({ status: 'confirmed', endsAt: '2026-12-09T11:35:00-05:00' });
    expect(codeOf(await staff.tryBook('2026-12-09T11:30'))).toBe('time_taken');
    const shorter = dataOf(
      await staff.change(longer, { services: [{ serviceId: 'cut', staffId: 'amina', durationMinutes: 30 }] }),
    );
    expect(shorter.endsAt).toBe('2026-12-09T10:30:00-05:00');
    // Moved without a word on services it keeps its length.
    const moved = dataOf(await staff.change(shorter, { startsAt: '2026-12-09T15:00' }));
    expect(moved.endsAt).toBe('2026-12-09T15:30:00-05:00');
  });

  it('with other services: what stays keeps its price, what is new has its own', async () => {
    const booked = await staff.book('2026-12-10T10:00');
    await world.system.settle();
    const both = dataOf(
      await staff.change(booked, {
        services: [
          { serviceId: 'gloss', staffId: 'amina' },
          { serviceId: 'cut', staffId: 'amina' },
        ],
      }),
    );
    expect(both.services.map(({ id }) => id)).toEqual(['gloss', 'cut']);
    expect(both.services[1]?.price).toEqual(booked.services[0]?.price);
    expect(
      problemOf(await staff.change(both, { services: [{ serviceId: 'manicure', staffId: 'amina' }] })),
    ).toMatchObject({
      code: 'unprocessable',
      errors: [{ path: 'services[0].staffId', allowed: ['priya', 'anyone'] }],
    });
  });

  it('to another location, where the people there perform it', async () => {
    const booked = await staff.book('2026-12-11T10:00');
    expect(codeOf(await staff.change(booked, { locationId: 'los-feliz' }))).toBe('unprocessable');
    const away = dataOf(
      await staff.change(booked, {
        locationId: 'los-feliz',
        startsAt: '2026-12-11T15:00',
        services: [{ serviceId: 'cut', staffId: 'sofia' }],
      }),
    );
    expect(away).toMatchObject({ locationId: 'los-feliz', startsAt: '2026-12-11T15:00:00-08:00' });
  });

  it('stays with its person, though the client asked for nobody in particular', async () => {
    const anyone = { services: [{ serviceId: 'cut' }] };
    const booked = await staff.book('2026-12-14T10:00', anyone);
    const person = booked.services[0]?.staff.id;
    const moved = dataOf(await staff.change(booked, { startsAt: '2026-12-14T10:15' }));
    expect(moved.services[0]?.staff.id).toBe(person);
  });

  it('only with the version that they read', async () => {
    const booked = await staff.book('2026-12-15T10:00');
    const moved = dataOf(await staff.change(booked, { startsAt: '2026-12-15T11:00' }));
    expect(problemOf(await staff.change(booked, { startsAt: '2026-12-15T15:00' }))).toMatchObject({
      code: 'version_mismatch',
      status: 412,
      errors: [{ allowed: ['"2"'] }],
    });
    expect(dataOf(await staff.change(moved, { startsAt: '2026-12-15T11:00' })).version).toBe(2);
  });

  it('not what is cancelled, and outside the hours only knowingly', async () => {
    const booked = await staff.book('2026-12-16T10:00');
    expect(codeOf(await staff.change(booked, { startsAt: '2026-12-16T21:00' }))).toBe('time_unavailable');
    expect(
      codeOf(await staff.change(booked, { startsAt: '2026-12-16T21:00', override: { hours: true } }, 'staff')),
    ).toBe('forbidden');
    const late = dataOf(await staff.change(booked, { startsAt: '2026-12-16T21:00', override: { hours: true } }));
    const cancelled = dataOf(await staff.mark(late.id, 'cancelled'));
    expect(codeOf(await staff.change(cancelled, { startsAt: '2026-12-16T10:00' }))).toBe('status_conflict');
    expect((await staff.history(booked.id)).map(({ type }) => type)).toEqual([
      'appointment.booked',
      'appointment.moved',
      'appointment.cancelled',
    ]);
    expect(await audit(booked.id)).toEqual([
      { action: 'appointment.booked', details: undefined, roles: ['reception'] },
      { action: 'appointment.moved', details: { override: 'hours' }, roles: ['reception'] },
      { action: 'appointment.cancelled', details: undefined, roles: ['reception'] },
    ]);
  });

  it('a place in a group lesson: to another lesson, with more seats at the price of each', async () => {
    const lesson = { services: [{ serviceId: 'styling-class', staffId: 'marco' }] };
    const booked = await staff.book('2026-12-02T18:00', { ...lesson, seats: 2 });
    const price = booked.services[0]?.price.amount ?? 0;
    expect(codeOf(await staff.change(booked, { startsAt: '2026-12-09T17:00' }))).toBe('time_unavailable');
    const moved = dataOf(await staff.change(booked, { startsAt: '2026-12-09T18:00', seats: 3 }));
    expect(moved).toMatchObject({ seats: 3, services: [{ price: { amount: (price / 2) * 3 } }] });
    await staff.book('2026-12-09T18:00', { ...lesson, seats: 3 });
    expect(codeOf(await staff.change(moved, { seats: 4 }))).toBe('time_taken');
    expect(codeOf(await staff.change(moved, { seats: 7 }))).toBe('unprocessable');
    const longer = [{ serviceId: 'styling-class', staffId: 'marco', durationMinutes: 90 }];
    expect(problemOf(await staff.change(moved, { services: longer })).errors?.[0]?.path).toBe(
      'services[0].durationMinutes',
    );
  });

  it('keeps the room while it is free', async () => {
    const booked = await staff.book('2026-12-17T12:00', {
      locationId: 'los-feliz',
      services: [{ serviceId: 'massage', staffId: 'lily' }],
    });
    expect(booked.services[0]?.resources).toEqual([{ id: 'quiet-room', name: 'Quiet room' }]);
    const other = await staff.book('2026-12-17T12:00', {
      locationId: 'los-feliz',
      services: [{ serviceId: 'facial', staffId: 'dev' }],
    });
    const roomOf = ({ services }: Pick<typeof other, 'services'>) => services[0]?.resources.map(({ id }) => id);
    expect(roomOf(other)).toEqual(['garden-room']);
    dataOf(await staff.mark(booked.id, 'cancelled'));
    // The first room is free now, but the things are in the second.
    expect(roomOf(dataOf(await staff.change(other, { startsAt: '2026-12-17T12:20' })))).toEqual(['garden-room']);
    await staff.book('2026-12-17T17:00', {
      locationId: 'los-feliz',
      services: [{ serviceId: 'massage', staffId: 'lily' }],
    });
    const away = dataOf(await staff.change(await staff.get(other.id), { startsAt: '2026-12-17T17:00' }));
    expect(roomOf(away)).toEqual(['garden-room']);
  });
});

it('tells what has happened, and by whom', async () => {
  const { id, token } = await mustBook(world.api, { startsAt: '2026-12-18T10:00' });
  dataOf(await world.api.confirmByLink({ params: { token } }));
  dataOf(await staff.change(await staff.get(id), { startsAt: '2026-12-18T12:00' }));
  const other = await staff.book('2026-12-18T15:00', { client: undefined, clientId: (await staff.get(id)).clientId });
  const history = await staff.history(id);
  expect(history.map(({ type, by, startsAt }) => [type, by === 'client', startsAt?.slice(11, 16)])).toEqual([
    ['appointment.booked', true, '10:00'],
    ['appointment.confirmed', true, '10:00'],
    ['appointment.moved', false, '12:00'],
  ]);
  expect(await staff.history(other.id)).toHaveLength(1);
  const nobody = await world.as('reception').getAppointmentHistory({ params: { appointmentId: '0'.repeat(16) } });
  expect(codeOf(nobody)).toBe('not_found');
});

it('cannot move what lies on a past day', async () => {
  const booked = await staff.book('2026-11-22T16:00');
  await world.system.windTo(Date.parse('2026-11-23T15:00:00Z'));
  expect(problemOf(await staff.change(booked, { startsAt: '2026-11-24T16:00' }))).toMatchObject({
    code: 'status_conflict',
    detail: 'Its day has passed; mark what became of it.',
  });
  const current = await staff.get(booked.id);
  expect(current.startsAt).toBe(booked.startsAt);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../../support/durations.ts';
import { codeOf, dataOf, problemOf } from '../../support/outcomes.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(() => world.system.close());

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
/** Past what `asOf` reaches back. */
const later = () => world.system.windBy(minute);

describe('the diary', () => {
  it('of a day tells who works when, when it is open, and what can be used', async () => {
    const { open, staff: people, resources } = await staff.diary({ date: '2026-12-05' });
    expect(open).toEqual([{ from: '2026-12-05T09:00:00-05:00', until: '2026-12-05T19:00:00-05:00' }]);
    const working = new Map(people.map(({ id, working: times }) => [id, times]));
    expect(working.get('amina')).toEqual(open);
    // Marco is in Los Feliz on Saturdays.
    expect(working.get('marco')).toEqual([]);
    expect(resources).toEqual([]);
    const west = await staff.diary({ date: '2026-12-04', locationId: 'los-feliz' });
    expect(west.open.map(({ from, until }) => `${from.slice(11, 16)}-${until.slice(11, 16)}`)).toEqual([
      '10:00-14:00',
      '14:30-20:00',
    ]);
    expect(west.resources).toEqual([{ id: 'quiet-room', name: 'Quiet room', kind: 'treatment-room', closed: [] }]);
    expect((await staff.diary({ date: '2026-11-26' })).open).toEqual([]);
  });

  it('of some days, of one person, of one room', async () => {
    const mine = await staff.book('2026-12-07T10:00');
    const his = await staff.book('2026-12-08T10:00', { services: [{ serviceId: 'cut', staffId: 'marco' }] });
    const next = await staff.book('2026-12-09T10:00');
    const range = { from: '2026-12-07', to: '2026-12-08' };
    const both = await staff.diary(range);
    expect(idsOf(both.appointments)).toEqual([mine.id, his.id]);
    expect([both.from, both.to, both.open.length]).toEqual(['2026-12-07', '2026-12-08', 2]);
    expect(idsOf((await staff.diary({ ...range, staffId: 'marco' })).appointments)).toEqual([his.id]);
    expect(idsOf((await staff.diary({ ...range, to: '2026-12-09', staffId: 'amina' })).appointments)).toEqual([
      mine.id,
      next.id,
    ]);
    const massage = await staff.book('2026-12-08T12:00', {
      locationId: 'los-feliz',
      services: [{ serviceId: 'massage', staffId: 'lily' }],
    });
    await staff.book('2026-12-08T12:00', {
      locationId: 'los-feliz',
      services: [{ serviceId: 'cut', staffId: 'sofia' }],
    });
    const room = await staff.diary({ locationId: 'los-feliz', date: '2026-12-08', resourceId: 'quiet-room' });
    expect(idsOf(room.appointments)).toEqual([massage.id]);
  });

  it.each([
    [{}, 'invalid_request', 'date'],
    [{ from: '2026-12-07' }, 'invalid_request', 'date'],
    [{ date: '2026-12-07', to: '2026-12-08' }, 'invalid_request', 'date'],
    [{ from: '2026-12-07', to: '2026-12-06' }, 'unprocessable', 'to'],
    [{ from: '2026-12-01', to: '2027-01-01' }, 'unprocessable', 'to'],
    [{ date: '2026-12-07', staffId: 'nobody' }, 'unprocessable', 'staffId'],
    [{ date: '2026-12-07', resourceId: 'nothing' }, 'unprocessable', 'resourceId'],
    [{ date: '2026-12-07', since: 'yesterday' }, 'invalid_request', 'since'],
    [{ date: '2026-12-07', since: '2026-11-21T14:00:00Z' }, 'unprocessable', 'since'],
    [{ date: '2026-12-07', locationId: 'moon' }, 'unprocessable', 'locationId'],
  ])('refuses %j and names the field', async (query, code, path) => {
    const outcome = await world.as('owner').getDiary({ query: { locationId: 'brooklyn', ...query } });
    expect(problemOf(outcome)).toMatchObject({ code, errors: [{ path }] });
  });

  it('of 31 days at once', async () => {
    expect((await staff.diary({ from: '2026-12-01', to: '2026-12-31' })).to).toBe('2026-12-31');
  });
});

describe('what has changed since', () => {
  it('is told, and nothing else', async () => {
    const date = '2026-12-14';
    const [quiet, moving, cancelled] = [
      await staff.book(`${date}T10:00`),
      await staff.book(`${date}T11:30`),
      await staff.book(`${date}T13:00`),
    ];
    await later();
    const before = await staff.diary({ date });
    expect(idsOf(before.appointments)).toEqual([quiet.id, moving.id, cancelled.id]);
    expect(before.gone).toEqual([]);
    const since = { date, since: before.asOf };
    expect(idsOf((await staff.diary(since)).appointments)).toEqual([]);

    const fresh = await mustBook(world.api, { startsAt: `${date}T15:00` });
    dataOf(await staff.mark(cancelled.id, 'cancelled'));
    dataOf(await staff.change(moving, { startsAt: '2026-12-15T10:00' }));
    const after = await staff.diary(since);
    expect(after.appointments.map(({ id, status }) => [id, status])).toEqual([
      [cancelled.id, 'cancelled'],
      [fresh.id, 'pending'],
    ]);
    expect(after.gone).toEqual([{ id: moving.id }]);
    expect(idsOf((await staff.diary({ ...since, date: '2026-12-15' })).appointments)).toEqual([moving.id]);
    // Both days together have not lost it.
    const both = await staff.diary({ from: date, to: '2026-12-15', since: before.asOf });
    expect(both.gone).toEqual([]);
    expect(idsOf(both.appointments)).toContain(moving.id);

    await later();
    expect(await staff.diary({ date, since: (await staff.diary(since)).asOf })).toMatchObject({
      appointments: [],
      gone: [],
    });
  });

  it('follows what moves to another location, and back', async () => {
    const date = '2026-12-16';
    const booked = await staff.book(`${date}T10:00`);
    await later();
    const { asOf } = await staff.diary({ date });
    const away = dataOf(
      await staff.change(booked, {
        locationId: 'los-feliz',
        startsAt: `${date}T12:00`,
        services: [{ serviceId: 'cut', staffId: 'sofia' }],
      }),
    );
    const west = { date, locationId: 'los-feliz', since: asOf };
    expect((await staff.diary({ date, since: asOf })).gone).toEqual([{ id: booked.id }]);
    expect(idsOf((await staff.diary(west)).appointments)).toEqual([booked.id]);
    const home = {
      locationId: 'brooklyn',
      startsAt: `${date}T10:00`,
      services: [{ serviceId: 'cut', staffId: 'amina' }],
    };
    dataOf(await staff.change(away, home));
    const back = await staff.diary({ date, since: asOf });
    expect([idsOf(back.appointments), back.gone]).toEqual([[booked.id], []]);
    expect((await staff.diary(west)).gone).toEqual([{ id: booked.id }]);
  });

  it('tells a person’s own column what is somebody else’s now', async () => {
    const date = '2026-12-17';
    const booked = await staff.book(`${date}T10:00`);
    await later();
    const { asOf } = await staff.diary({ date, staffId: 'amina' });
    dataOf(await staff.change(booked, { services: [{ serviceId: 'cut', staffId: 'marco' }] }));
    expect((await staff.diary({ date, staffId: 'amina', since: asOf })).gone).toEqual([{ id: booked.id }]);
    expect(idsOf((await staff.diary({ date, staffId: 'marco', since: asOf })).appointments)).toEqual([booked.id]);
  });
});

describe('blocked time', () => {
  const lunch = (date: string) => ({
    staffId: 'amina',
    from: `${date}T12:00`,
    until: `${date}T13:00`,
    reason: 'Lunch',
  });

  it('is taken, shown and given back', async () => {
    const date = '2026-12-21';
    await later();
    const before = await staff.diary({ date });
    const blocked = dataOf(await staff.block(lunch(date)));
    expect(blocked).toMatchObject({
      staffId: 'amina',
      from: '2026-12-21T12:00:00-05:00',
      until: '2026-12-21T13:00:00-05:00',
      reason: 'Lunch',
    });
    expect((await staff.diary({ date })).blocks).toEqual([blocked]);
    expect((await staff.diary({ date, since: before.asOf })).blocks).toEqual([blocked]);
    expect((await staff.diary({ date, staffId: 'marco' })).blocks).toEqual([]);
    expect(codeOf(await staff.tryBook(`${date}T12:30`, { override: { hours: true } }))).toBe('time_taken');
    const free = await world.api.getAvailability({
      query: { location: 'brooklyn', services: 'cut', staff: 'amina', from: date, to: date },
    });
    const starts = dataOf(free).days.flatMap(({ times }) => times.map(({ startsAt }) => startsAt.slice(11, 16)));
    expect(starts).toContain('13:00');
    expect(starts.filter((start) => start > '10:50' && start < '13:00')).toEqual([]);

    expect(codeOf(await staff.unblock(blocked.id, 'staff'))).toBe('forbidden');
    expect(dataOf(await staff.unblock(blocked.id)).id).toBe(blocked.id);
    expect(codeOf(await staff.unblock(blocked.id))).toBe('not_found');
    const after = await staff.diary({ date, since: before.asOf });
    expect([after.blocks, after.gone]).toEqual([[], [{ id: blocked.id }]]);
    expect(codeOf(await staff.tryBook(`${date}T12:30`))).toBe('done');
  });

  it('lists what is in the way', async () => {
    const date = '2026-12-22';
    const booked = await staff.book(`${date}T12:30`);
    const refused = problemOf(await staff.block(lunch(date)));
    expect(refused).toMatchObject({
      code: 'time_taken',
      affectedTotal: 1,
      affected: [{ appointmentId: booked.id, firstName: 'Nadia', staff: ['amina'], why: ['in_the_way'] }],
    });
    dataOf(await staff.mark(booked.id, 'cancelled'));
    dataOf(await staff.block(lunch(date)));
    expect(problemOf(await staff.block(lunch(date))).detail).toBe('Some of it is blocked already.');
    expect(codeOf(await staff.undo(booked.id))).toBe('time_taken');
  });

  it('may last two weeks, and stands on each of their days', async () => {
    const away = { staffId: 'marco', from: '2027-01-04T00:00', until: '2027-01-18T00:00' };
    const { id } = dataOf(await staff.block(away));
    for (const date of ['2027-01-04', '2027-01-10', '2027-01-17']) {
      expect(idsOf((await staff.diary({ date })).blocks), date).toEqual([id]);
    }
    // Wherever he works.
    expect(idsOf((await staff.diary({ date: '2027-01-09', locationId: 'los-feliz' })).blocks)).toEqual([id]);
    expect((await staff.diary({ date: '2027-01-18' })).blocks).toEqual([]);
    expect(idsOf((await staff.diary({ from: '2027-01-01', to: '2027-01-31' })).blocks)).toEqual([id]);
    dataOf(await staff.unblock(id));
    expect((await staff.diary({ from: '2027-01-01', to: '2027-01-31' })).blocks).toEqual([]);
  });

  it('of a room', async () => {
    const room = { resourceId: 'quiet-room', from: '2027-01-20T10:00', until: '2027-01-20T20:00' };
    dataOf(await staff.block(room));
    const massage = { locationId: 'los-feliz', services: [{ serviceId: 'massage', staffId: 'lily' }] };
    expect(codeOf(await staff.tryBook('2027-01-20T12:00', massage))).toBe('time_taken');
    expect(codeOf(await staff.tryBook('2027-01-21T12:00', massage))).toBe('done');
  });

  it('is one for one key', async () => {
    const body = lunch('2027-02-01');
    const [one, two] = [
      dataOf(await staff.block(body, 'reception', 'block-twice')),
      dataOf(await staff.block(body, 'reception', 'block-twice')),
    ];
    expect(two).toEqual(one);
    expect(codeOf(await staff.block(lunch('2027-02-02'), 'reception', 'block-twice'))).toBe('idempotency_mismatch');
  });

  it.each([
    [{ staffId: 'amina' }, 'staff', 'forbidden', undefined],
    [{}, 'reception', 'invalid_request', 'staffId'],
    [{ staffId: 'amina', resourceId: 'quiet-room' }, 'reception', 'invalid_request', 'staffId'],
    [{ staffId: 'nobody' }, 'reception', 'unprocessable', 'staffId'],
    [{ resourceId: 'nothing' }, 'reception', 'unprocessable', 'resourceId'],
    [{ staffId: 'amina', until: '2027-02-08T10:00' }, 'reception', 'unprocessable', 'until'],
    [{ staffId: 'amina', until: '2027-03-08T10:00' }, 'reception', 'unprocessable', 'until'],
    [{ staffId: 'amina', from: '2026-11-20T10:00', until: '2026-11-20T11:00' }, 'reception', 'unprocessable', 'until'],
    [{ staffId: 'amina', from: '2027-02-08T10:00:30' }, 'reception', 'unprocessable', 'from'],
    [{ staffId: 'amina', from: '2027-03-14T02:30' }, 'reception', 'time_unavailable', 'from'],
    [{ staffId: 'amina', from: '2027-02-30T02:30' }, 'reception', 'invalid_request', 'from'],
  ] as const)('%j by %s is refused: %s', async (changes, role, code, path) => {
    const body = { from: '2027-02-08T10:00', until: '2027-02-08T11:00', ...changes };
    const refused = problemOf(await staff.block(body, role));
    expect(refused.code).toBe(code);
    expect(refused.errors?.[0]?.path).toBe(path);
  });
});

describe('who comes to the lessons of a day', () => {
  const lesson = { services: [{ serviceId: 'styling-class', staffId: 'marco' }] };
  const lessons = async (date: string) =>
    dataOf(await world.as('reception').listLessons({ query: { locationId: 'brooklyn', date } })).lessons;

  it('is listed, with the seats that are taken', async () => {
    const two = await staff.book('2026-12-02T18:00', { ...lesson, seats: 2, notes: 'by the door' });
    const one = await mustBook(world.api, { ...lesson, startsAt: '2026-12-02T18:00' });
    const no = await staff.book('2026-12-02T18:00', lesson);
    dataOf(await staff.mark(no.id, 'cancelled'));
    const [found, ...more] = await lessons('2026-12-02');
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      service: { id: 'styling-class' },
      staff: { id: 'marco' },
      startsAt: '2026-12-02T18:00:00-05:00',
      endsAt: '2026-12-02T19:00:00-05:00',
      seats: 6,
      taken: 3,
    });
    expect(found?.clients.map(({ appointmentId, seats, status }) => [appointmentId, seats, status]).sort()).toEqual(
      [
        [two.id, 2, 'pending'],
        [one.id, 1, 'pending'],
      ].sort(),
    );
    expect(found?.clients.find(({ appointmentId }) => appointmentId === two.id)).toMatchObject({
      firstName: 'Nadia',
      notes: 'by the door',
      noShows: 0,
    });
  });

  it('shows a lesson to which nobody comes yet, and one off the timetable', async () => {
    expect((await lessons('2026-12-23')).map(({ taken, seats }) => [taken, seats])).toEqual([[0, 6]]);
    expect(await lessons('2026-12-22')).toEqual([]);
    await staff.book('2026-12-23T12:00', { ...lesson, override: { hours: true } });
    expect((await lessons('2026-12-23')).map(({ startsAt, taken }) => [startsAt.slice(11, 16), taken])).toEqual([
      ['12:00', 1],
      ['18:00', 0],
    ]);
  });
});

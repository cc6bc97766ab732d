import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { mustBeConsistent, newcomer, rowsOf, takenTimes, tally } from '../../support/world/booking.ts';
import { staffOf } from '../../support/world/desk.ts';
import { rowOf } from '../../support/world/settings.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    const lesson = catalogue.services.find(({ id }) => id === 'styling-class');
    if (!lesson) throw new Error('the demo salon gives no lesson');
    const big = { ...lesson, id: 'big-class', seats: 50, timetable: undefined };
    catalogue.services.push(big, { ...big, id: 'roving-class', locations: undefined });
    for (const person of catalogue.staff) if (person.id === 'marco') person.skills.push('big-class', 'roving-class');
  });
});
afterAll(() => world.system.close());

const styling = { services: [{ serviceId: 'styling-class', staffId: 'anyone' }] };
const wednesday = '2026-12-02T18:00';
const offered = async (serviceId: string, date: string, seats?: number) => {
  const outcome = await world.api.getAvailability({
    query: { location: 'brooklyn', services: serviceId, from: date, to: date, ...(seats ? { seats } : {}) },
  });
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.data.days[0]?.times.map(({ startsAt, seatsLeft }) => `${startsAt.slice(11, 16)} ${seatsLeft}`);
};

describe('a group lesson', () => {
  it('is offered at the times of its timetable, with the seats that are left', async () => {
    expect(await offered('styling-class', '2026-12-02')).toEqual(['18:00 6']);
    expect(await offered('styling-class', '2026-12-03')).toEqual([]);
    const booked = await mustBook(world.api, { ...styling, startsAt: wednesday, seats: 2 });
    expect(booked).toMatchObject({ seats: 2, total: { amount: 7000 } });
    await mustBook(world.api, { ...styling, startsAt: wednesday });
    expect(await offered('styling-class', '2026-12-02')).toEqual(['18:00 3']);
    expect(await offered('styling-class', '2026-12-02', 3)).toEqual(['18:00 3']);
    expect(await offered('styling-class', '2026-12-02', 4)).toEqual([]);
    await world.api.cancelByLink({ params: { token: booked.token } });
    expect(await offered('styling-class', '2026-12-02')).toEqual(['18:00 5']);
    await mustBeConsistent(world);
  });

  it('takes the teacher from whoever wants them for something else, and the other way round', async () => {
    await mustBook(world.api, { ...styling, startsAt: '2026-12-09T18:00' });
    const cut = { services: [{ serviceId: 'cut', staffId: 'marco' }] };
    expect(await book(world.api, { ...cut, startsAt: '2026-12-09T17:30' })).toMatchObject({
      problem: { code: 'time_taken' },
    });
    await mustBook(world.api, { ...cut, startsAt: '2026-12-16T17:30' });
    expect(await offered('styling-class', '2026-12-16')).toEqual([]);
  });

  it('goes on selling its seats when its length and buffers change', async () => {
    const day = '2026-12-23';
    await mustBook(world.api, { ...styling, startsAt: `${day}T18:00`, seats: 2 });
    const change = async (changes: Record<string, unknown>) => {
      const { version, value } = await rowOf(world, 'services', 'styling-class');
      const body = { value: { ...value, ...changes } };
      dataOf(await world.as('manager').putService({ params: { id: 'styling-class' }, ifMatch: version, body }));
    };
    await change({ durationMinutes: 45, bufferBeforeMinutes: 10, bufferAfterMinutes: 30 });
    await mustBook(world.api, { ...styling, startsAt: `${day}T18:00`, seats: 3 });
    expect(codeOf(await book(world.api, { ...styling, startsAt: `${day}T18:00`, seats: 2 }))).toBe('time_taken');
    await change({ durationMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 15 });
    await mustBook(world.api, { ...styling, startsAt: `${day}T18:00` });
    expect(codeOf(await book(world.api, { ...styling, startsAt: `${day}T18:00` }))).toBe('time_taken');
  });

  it('is given at one place at a time', async () => {
    const lesson = { services: [{ serviceId: 'roving-class', staffId: 'marco' }], override: { hours: true } };
    const staff = staffOf(world);
    await staff.book('2026-12-14T12:00', lesson);
    const there = { ...lesson, locationId: 'los-feliz' };
    expect(codeOf(await staff.tryBook('2026-12-14T09:00', there))).toBe('time_taken');
    await staff.book('2026-12-14T10:15', there);
    await mustBeConsistent(world);
  });

  it('is refused beside other services, at other times, and with more seats than it has', async () => {
    const cutToo = { services: [...styling.services, { serviceId: 'cut', staffId: 'amina' }] };
    expect(await book(world.api, { ...cutToo, startsAt: wednesday })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'services[0].serviceId' }] },
    });
    expect(await book(world.api, { ...styling, startsAt: wednesday, seats: 7 })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'seats', message: 'must be at most 6' }] },
    });
    expect(await book(world.api, { seats: 2 })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'seats' }] },
    });
    expect(await book(world.api, { ...styling, startsAt: '2026-12-02T12:00' })).toMatchObject({
      problem: { code: 'time_unavailable' },
    });
  });

  it('with five seats left and two hundred who want one: five come', async () => {
    const lesson = { services: [{ serviceId: 'big-class', staffId: 'marco' }], startsAt: '2026-12-21T12:00' };
    await mustBook(world.api, { ...lesson, seats: 45 });
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => book(world.api, { ...lesson, client: newcomer() })),
    );
    const all = tally(outcomes.map(codeOf));
    expect(all).toEqual({ done: 5, time_taken: 195 });
    const seats = (await takenTimes(world)).filter(({ lesson: id }) => id === 'big-class/marco/brooklyn');
    expect(seats.reduce((sum, time) => sum + time.seats, 0)).toBe(50);
    expect((await rowsOf(world, 'Appointment')).filter(({ seats: taken }) => taken === 45)).toHaveLength(1);
    await mustBeConsistent(world);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppointmentAnswer } from '../../../shared/booking/contract.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { diaryPages, freshKey, mustBeConsistent, newcomer, rowsOf, tally } from '../../support/world/booking.ts';
import { bookingOf, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  // Two hundred functions share a processor or two, and strangers have three seconds.
  world = await startWorld({ patience: 60 }, (catalogue) => {
    const [location] = catalogue.locations;
    const [stylist] = catalogue.staff;
    if (!location || !stylist) throw new Error('the demo salon is empty');
    location.hours = Object.fromEntries(
      Object.keys(location.hours).map((day) => [day, [{ from: '00:00', until: '24:00' }]]),
    );
    stylist.hours = {};
    catalogue.staff.push({ ...stylist, id: 'ben', name: 'Ben' });
  });
});
afterAll(() => world.system.close());

type Outcome = Awaited<ReturnType<World['api']['createAppointment']>>;
const codes = (outcomes: readonly Parameters<typeof codeOf>[0][]) => tally(outcomes.map(codeOf));
const won = (outcomes: readonly Outcome[]): AppointmentAnswer[] =>
  outcomes.flatMap((one) => (one.ok ? [one.data] : []));
/** A cut by Amina for each of the times, all asked for at once. */
const bookAll = async (times: readonly string[], changes: (index: number) => Record<string, unknown> = () => ({})) => {
  const bodies = await Promise.all(
    times.map((startsAt, index) => bookingOf(world.api, { startsAt, client: newcomer(), ...changes(index) })),
  );
  return Promise.all(bodies.map((body) => world.api.createAppointment({ body, idempotencyKey: freshKey() })));
};
const diary = async (date: string) => {
  const outcome = await world.as('reception').getDiary({ query: { locationId: 'brooklyn', date } });
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.data.appointments;
};
describe('two hundred clients at once', () => {
  it('who want one time: one gets it, everyone else is told what is free near it', async () => {
    const startsAt = '2026-12-01T10:00';
    const outcomes = await bookAll(Array.from({ length: 200 }, () => startsAt));
    expect(codes(outcomes)).toEqual({ done: 1, time_taken: 199 });
    for (const outcome of outcomes) {
      if (outcome.ok) continue;
      expect(outcome.status).toBe(409);
      expect(outcome.problem.nearest?.length).toBe(5);
    }
    expect((await diary('2026-12-01')).map(({ startsAt: at }) => at)).toEqual(['2026-12-01T10:00:00-05:00']);
    await mustBeConsistent(world);
  });

  it('who want twenty times of one person: twenty come, and nobody meets another', async () => {
    // All on one day, so that everyone races for the same page of the diary.
    const times = Array.from({ length: 20 }, (_, hour) => `2026-12-02T${String(hour).padStart(2, '0')}:30`);
    const short = { services: [{ serviceId: 'cut-short', staffId: 'amina' }] };
    const outcomes = await bookAll(
      Array.from({ length: 200 }, (_, index) => times[index % 20] ?? ''),
      () => short,
    );
    expect(codes(outcomes)).toEqual({ done: 20, time_taken: 180 });
    const standing = await diary('2026-12-02');
    expect(standing.map(({ startsAt }) => startsAt.slice(0, 16))).toEqual(times);
    standing.forEach(({ startsAt }, index) => {
      const before = standing[index - 1];
      if (before) expect(Date.parse(startsAt)).toBeGreaterThanOrEqual(Date.parse(before.endsAt));
    });
    await mustBeConsistent(world);
  });

  it('who want anyone at one time: as many come as there are people', async () => {
    const anyone = { services: [{ serviceId: 'colour' }] };
    const outcomes = await bookAll(
      Array.from({ length: 40 }, () => '2026-12-04T10:00'),
      () => anyone,
    );
    expect(codes(outcomes)).toEqual({ done: 2, time_taken: 38 });
    expect(new Set(won(outcomes).map(({ services }) => services[0]?.staff.id))).toEqual(new Set(['amina', 'ben']));
    await mustBeConsistent(world);
  });

  it('whose visits overlap without beginning together: none meets another', async () => {
    const times = Array.from(
      { length: 60 },
      (_, index) => `2026-12-06T${12 + Math.floor(index / 20)}:${['00', '15', '30', '45'][index % 4]}`,
    );
    const outcomes = await bookAll(times);
    expect(Object.keys(codes(outcomes)).sort()).toEqual(['done', 'time_taken']);
    await mustBeConsistent(world);
  });
});

describe('one request sent fifty times at once', () => {
  it('is one appointment and fifty equal answers', async () => {
    const body = await bookingOf(world.api, { startsAt: '2026-12-07T10:00' });
    const idempotencyKey = freshKey();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => world.api.createAppointment({ body, idempotencyKey })),
    );
    const [first] = outcomes;
    expect(first?.status).toBe(201);
    for (const outcome of outcomes) expect(outcome).toEqual(first);
    expect(await diary('2026-12-07')).toHaveLength(1);
    await mustBeConsistent(world);
  });

  it('with two bodies under one key: one is booked, the other refused', async () => {
    const [one, other] = [
      await bookingOf(world.api, { startsAt: '2026-12-07T14:00' }),
      await bookingOf(world.api, { startsAt: '2026-12-07T17:00' }),
    ];
    const idempotencyKey = freshKey();
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        world.api.createAppointment({ body: index % 2 ? one : other, idempotencyKey }),
      ),
    );
    expect(codes(outcomes)).toEqual({ done: 15, idempotency_mismatch: 15 });
    expect(new Set(won(outcomes).map(({ id }) => id)).size).toBe(1);
    await mustBeConsistent(world);
  });
});

describe('fifty first bookings of one phone at once', () => {
  it('make one client', async () => {
    const times = Array.from(
      { length: 50 },
      (_, index) => `2026-12-${10 + Math.floor(index / 5)}T${String(8 + (index % 5) * 2).padStart(2, '0')}:00`,
    );
    const outcomes = await bookAll(times, (index) => ({
      client: { firstName: `Sibling ${index}`, phone: '+1 718 555 0999', email: `sibling${index}@example.com` },
    }));
    expect(codes(outcomes)).toEqual({ done: 50 });
    const ids = new Set(won(outcomes).map(({ id }) => id));
    const owners = (await rowsOf(world, 'Appointment'))
      .filter(({ id }) => ids.has(String(id)))
      .map(({ clientId }) => clientId);
    expect(new Set(owners).size).toBe(1);
    expect((await rowsOf(world, 'Client')).filter(({ phone }) => phone === '+17185550999')).toHaveLength(1);
    await mustBeConsistent(world);
  });
});

describe('changes by link at once', () => {
  const at = (startsAt: string, staffId = 'amina') =>
    mustBook(world.api, { startsAt, services: [{ serviceId: 'cut', staffId }] });
  const move = ({ token }: AppointmentAnswer, startsAt: string) =>
    world.api.moveByLink({ params: { token }, body: { startsAt } });
  const cancel = ({ token }: AppointmentAnswer) => world.api.cancelByLink({ params: { token } });

  it('of two clients who want each other’s time: neither gets it, and both keep their own', async () => {
    const [one, other] = [await at('2027-01-04T10:00'), await at('2027-01-04T12:00')];
    const outcomes = await Promise.all([move(one, '2027-01-04T12:00'), move(other, '2027-01-04T10:00')]);
    expect(codes(outcomes)).toEqual({ time_taken: 2 });
    expect((await diary('2027-01-04')).map(({ id }) => id)).toEqual([one.id, other.id]);
    await mustBeConsistent(world);
  });

  it('of clients who go round in a ring leave nobody in another’s time', async () => {
    const ring = ['2027-01-05T08:00', '2027-01-05T10:00', '2027-01-05T12:00', '2027-01-05T14:00'];
    const booked = await Promise.all(ring.map((startsAt) => at(startsAt)));
    const [first] = booked;
    if (!first) throw new Error('nobody booked');
    const moves = booked.map((one, index) => move(one, ring[(index + 1) % ring.length] ?? ''));
    const outcomes = await Promise.all([...moves, cancel(first)]);
    expect(outcomes.every(({ status }) => status < 500)).toBe(true);
    await mustBeConsistent(world);
  });

  it('of fifty appointments that move to one time: one gets it, the others stay', async () => {
    const booked = won(
      await bookAll(
        Array.from(
          { length: 50 },
          (_, index) =>
            `2027-01-${String(11 + Math.floor(index / 10)).padStart(2, '0')}T${String(2 * (index % 10)).padStart(2, '0')}:00`,
        ),
      ),
    );
    expect(booked).toHaveLength(50);
    const outcomes = await Promise.all(booked.map((one) => move(one, '2027-01-18T12:00')));
    expect(codes(outcomes)).toEqual({ done: 1, time_taken: 49 });
    expect(await diary('2027-01-18')).toHaveLength(1);
    await mustBeConsistent(world);
  });

  it('that move and cancel one appointment end in one state, the diary too', async () => {
    for (let round = 0; round < 10; round += 1) {
      const booked = await at(`2027-01-2${Math.floor(round / 5)}T${String(8 + (round % 5) * 2).padStart(2, '0')}:00`);
      const later = `2027-01-25T${String(2 * round).padStart(2, '0')}:00`;
      const [moved, cancelled] = await Promise.all([move(booked, later), cancel(booked)]);
      expect(cancelled.ok && cancelled.data.status).toBe('cancelled');
      if (!moved.ok) expect(moved.problem.code).toBe('status_conflict');
      const now = await world.api.getByLink({ params: { token: booked.token }, query: {} });
      expect(now.ok && now.data.status).toBe('cancelled');
      expect((await diaryPages(world)).filter((line) => line.includes(booked.id))).toEqual([]);
    }
    await mustBeConsistent(world);
  });

  it('that move one appointment to several times leave it at one of them', async () => {
    const booked = await at('2027-01-28T08:00');
    const times = Array.from({ length: 8 }, (_, index) => `2027-01-29T${String(2 * index).padStart(2, '0')}:00`);
    const outcomes = await Promise.all(times.map((startsAt) => move(booked, startsAt)));
    expect(codes(outcomes)).toEqual({ done: 8 });
    expect((await diaryPages(world)).filter((line) => line.includes(booked.id))).toHaveLength(1);
    expect((await rowsOf(world, 'Appointment')).find(({ id }) => id === booked.id)).toMatchObject({
      sequence: 8,
      version: 9,
    });
    await mustBeConsistent(world);
  });

  it('that cancel one appointment many times are one entry in the timeline', async () => {
    const booked = await at('2027-01-30T08:00');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => cancel(booked)));
    expect(codes(outcomes)).toEqual({ done: 20 });
    const entries = (await rowsOf(world, 'TimelineEntry')).filter(({ appointmentId }) => appointmentId === booked.id);
    expect(tally(entries.map(({ type }) => String(type)))).toEqual({
      'appointment.booked': 1,
      'appointment.cancelled': 1,
    });
  });

  it('that give a time back let the next client have it at once', async () => {
    const first = await at('2027-01-31T08:00');
    expect((await cancel(first)).ok).toBe(true);
    const second = await at('2027-01-31T08:00');
    expect((await move(second, '2027-01-31T10:00')).ok).toBe(true);
    const third = await at('2027-01-31T08:00');
    expect(third.startsAt).toBe('2027-01-31T08:00:00-05:00');
    await mustBeConsistent(world);
  });

  it('move by a quarter of an hour into their own time', async () => {
    const booked = await at('2027-02-01T08:00');
    const forth = await move(booked, '2027-02-01T08:15');
    expect(forth.ok && forth.data.startsAt).toBe('2027-02-01T08:15:00-05:00');
    const back = await move(booked, '2027-02-01T08:00');
    expect(back.ok && back.data.startsAt).toBe('2027-02-01T08:00:00-05:00');
    expect((await diaryPages(world)).filter((line) => line.includes(booked.id))).toEqual([
      `amina 2027-02-01: ${booked.id} 02-01T13:00 02-01T14:10`,
    ]);
  });

  it('between people leave nothing with the first, over midnight too', async () => {
    const anyone = await mustBook(world.api, { startsAt: '2027-02-02T23:30', services: [{ serviceId: 'colour' }] });
    const first = anyone.services[0]?.staff.id ?? '';
    const other = first === 'amina' ? 'ben' : 'amina';
    // The first is busy on the next evening, so the move must go to the other.
    await mustBook(world.api, { startsAt: '2027-02-03T23:00', services: [{ serviceId: 'colour', staffId: first }] });
    const moved = dataOf(await move(anyone, '2027-02-03T23:30'));
    expect(moved.services[0]?.staff.id).toBe(other);
    expect((await diaryPages(world)).filter((line) => line.includes(anyone.id))).toEqual([
      `${other} 2027-02-03: ${anyone.id} 02-04T04:25 02-04T06:45`,
      `${other} 2027-02-04: ${anyone.id} 02-04T04:25 02-04T06:45`,
    ]);
    await mustBeConsistent(world);
  });
});

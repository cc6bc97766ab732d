import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../../shared/platform/http/contract.ts';
import { minute } from '../../support/durations.ts';
import { diaryPages, raw, rowsOf } from '../../support/world/booking.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  // A week before the clocks change in New York; the salon never closes.
  world = await startWorld({ startAt: Date.parse('2026-10-25T15:00:00Z') }, (catalogue) => {
    const [location] = catalogue.locations;
    if (!location) throw new Error('the demo salon is empty');
    location.hours = Object.fromEntries(
      Object.keys(location.hours).map((day) => [day, [{ from: '00:00', until: '24:00' }]]),
    );
  });
});
afterAll(() => world.system.close());

const amina = { services: [{ serviceId: 'cut', staffId: 'amina' }] };
const dayOf = async (date: string, locationId = 'brooklyn') => {
  const outcome = await world.as('reception').getDiary({ query: { locationId, date } });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.data;
};
type Mark = 'arrived' | 'completed' | 'no_show' | 'cancelled';
const mark = (id: string, status: Mark) =>
  world.as('reception').markAppointment({ params: { appointmentId: id }, body: { status } });
const status = (outcome: Awaited<ReturnType<typeof mark>>) => (outcome.ok ? outcome.data.status : outcome.problem.code);

describe('the day of a location', () => {
  it('shows its appointments in order of time, cancelled ones too, with what staff need to know', async () => {
    const late = await mustBook(world.api, { ...amina, startsAt: '2026-10-27T16:00' });
    const early = await mustBook(world.api, {
      startsAt: '2026-10-27T09:00',
      services: [{ serviceId: 'cut', staffId: 'marco' }],
      client: {
        firstName: 'Nadia',
        lastName: 'Karim',
        phone: '(718) 555-0177',
        email: 'N@example.com',
        language: 'bn',
      },
      notes: 'By the window\nplease',
      source: 'a friend',
    });
    const gone = await mustBook(world.api, { ...amina, startsAt: '2026-10-27T12:00' });
    await world.api.cancelByLink({ params: { token: gone.token } });
    const other = await mustBook(world.api, { ...amina, startsAt: '2026-10-28T09:00' });
    const elsewhere = await mustBook(world.api, {
      locationId: 'los-feliz',
      startsAt: '2026-10-27T11:00',
      services: [{ serviceId: 'cut', staffId: 'sofia' }],
    });

    const { appointments, zone } = await dayOf('2026-10-27');
    expect(zone).toBe('America/New_York');
    expect(appointments.map(({ id, status: state }) => [id, state])).toEqual([
      [early.id, 'pending'],
      [gone.id, 'cancelled'],
      [late.id, 'pending'],
    ]);
    expect(appointments[0]).toMatchObject({
      client: { firstName: 'Nadia', lastName: 'Karim', phone: '+17185550177', email: 'n@example.com', language: 'bn' },
      notes: 'By the window\nplease',
      source: 'a friend',
      services: [{ id: 'cut', name: 'Cut and finish', staff: { id: 'marco', name: 'Marco Bellini' } }],
    });
    expect((await dayOf('2026-10-28')).appointments.map(({ id }) => id)).toEqual([other.id]);
    expect((await dayOf('2026-10-27', 'los-feliz')).appointments.map(({ id }) => id)).toEqual([elsewhere.id]);
    expect((await dayOf('2026-10-30')).appointments).toEqual([]);
  });

  it('follows an appointment that moves to another day', async () => {
    const one = await mustBook(world.api, { ...amina, startsAt: '2026-10-29T09:00' });
    await world.api.moveByLink({ params: { token: one.token }, body: { startsAt: '2026-10-30T09:00' } });
    expect((await dayOf('2026-10-29')).appointments).toEqual([]);
    expect((await dayOf('2026-10-30')).appointments.map(({ id }) => id)).toEqual([one.id]);
  });

  it('on which the clocks change is whole, in the order in which things happen', async () => {
    for (const startsAt of [
      '2026-11-01T00:00',
      '2026-11-01T01:30-04:00',
      '2026-11-01T02:00',
      '2026-11-01T23:30',
      '2026-10-31T23:00',
    ])
      await mustBook(world.api, { startsAt, services: [{ serviceId: 'cut-short', staffId: 'amina' }] });
    expect(
      (await dayOf('2026-11-01')).appointments.map(({ startsAt, endsAt }) => [startsAt.slice(11), endsAt.slice(11)]),
    ).toEqual([
      ['00:00:00-04:00', '00:30:00-04:00'],
      ['01:30:00-04:00', '01:00:00-05:00'],
      ['02:00:00-05:00', '02:30:00-05:00'],
      ['23:30:00-05:00', '00:00:00-05:00'],
    ]);
    expect((await dayOf('2026-10-31')).appointments.map(({ startsAt }) => startsAt)).toEqual([
      '2026-10-31T23:00:00-04:00',
    ]);
  });

  it('is for staff: whoever is not signed in sees nothing, whoever has no role neither', async () => {
    const query = { locationId: 'brooklyn', date: '2026-10-27' };
    const anyone = await world.api.getDiary({ query });
    expect(anyone.ok ? undefined : [anyone.status, anyone.problem.code]).toEqual([401, 'unauthenticated']);
    for (const role of roles) expect((await world.as(role).getDiary({ query })).status).toBe(200);
    for (const authorization of [
      'Bearer x',
      'Bearer ',
      'Basic b3duZXI6b3duZXI=',
      `Bearer ${world.system.token('owner')}x`,
    ]) {
      const reply = await raw(world, 'GET', '/v1/diary?locationId=brooklyn&date=2026-10-27', {
        headers: { authorization },
      });
      expect(reply.status).toBe(401);
      expect(reply.text).not.toContain('Nadia');
    }
  });

  it('that is no day, or of no location, is refused by name', async () => {
    const ask = async (query: { locationId: string; date: string }) => {
      const outcome = await world.as('owner').getDiary({ query });
      return outcome.ok ? undefined : outcome.problem;
    };
    expect(await ask({ locationId: 'brooklyn', date: '2026-02-29' })).toMatchObject({
      status: 400,
      errors: [{ path: 'date' }],
    });
    expect(await ask({ locationId: 'paris', date: '2026-10-27' })).toMatchObject({
      status: 422,
      errors: [{ path: 'locationId', allowed: ['brooklyn', 'los-feliz'] }],
    });
  });
});

describe('staff mark', () => {
  it('nobody arrived before the day, completed or missing before the start', async () => {
    const one = await mustBook(world.api, { ...amina, startsAt: '2026-11-03T09:00' });
    for (const early of ['arrived', 'completed', 'no_show'] as const)
      expect(status(await mark(one.id, early))).toBe('status_conflict');
    await world.system.windTo(Date.parse('2026-11-03T00:00:30-05:00'));
    expect(status(await mark(one.id, 'arrived'))).toBe('arrived');
    expect(status(await mark(one.id, 'completed'))).toBe('status_conflict');
    await world.system.windTo(Date.parse(one.startsAt) + 1_000);
    expect(status(await mark(one.id, 'completed'))).toBe('completed');
  });

  it('twice as once, and what is final stays', async () => {
    const one = await mustBook(world.api, { ...amina, startsAt: '2026-11-03T13:00' });
    const two = await mustBook(world.api, { ...amina, startsAt: '2026-11-03T15:00' });
    const three = await mustBook(world.api, { ...amina, startsAt: '2026-11-03T18:00' });
    await world.system.windTo(Date.parse(two.startsAt) + minute);
    for (const [{ id }, final] of [
      [one, 'completed'],
      [two, 'no_show'],
      [three, 'cancelled'],
    ] as const) {
      const first = await mark(id, final);
      expect(status(first)).toBe(final);
      expect(await mark(id, final)).toEqual(first);
      for (const other of ['arrived', 'completed', 'no_show', 'cancelled'] as const)
        if (other !== final) expect(status(await mark(id, other))).toBe('status_conflict');
      const entries = (await rowsOf(world, 'TimelineEntry')).filter(({ appointmentId }) => appointmentId === id);
      expect(entries.map(({ type }) => type).sort()).toEqual(['appointment.booked', `appointment.${final}`].sort());
      expect(entries.find(({ type }) => type === `appointment.${final}`)?.['by']).not.toBe('client');
    }
  });

  it('many at once as one', async () => {
    const one = await mustBook(world.api, { ...amina, startsAt: '2026-11-04T09:00' });
    await world.system.windTo(Date.parse(one.startsAt) + minute);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => mark(one.id, index % 2 ? 'completed' : 'no_show')),
    );
    const states = new Set(outcomes.filter(({ ok }) => ok).map(status));
    expect(states.size).toBe(1);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(6);
    expect(outcomes.filter(({ status: code }) => code === 409)).toHaveLength(6);
  });

  it('cancelled after the client’s cut-off, and the time is free again', async () => {
    const startsAt = '2026-11-04T15:00';
    const one = await mustBook(world.api, { ...amina, startsAt });
    await world.system.windTo(Date.parse(one.startsAt) - 120 * minute);
    expect((await world.api.cancelByLink({ params: { token: one.token } })).status).toBe(409);
    expect(status(await mark(one.id, 'cancelled'))).toBe('cancelled');
    expect((await diaryPages(world)).join()).not.toContain(one.id);
    expect((await mustBook(world.api, { ...amina, startsAt })).startsAt).toContain('T15:00');
  });

  it('only what there is, only when signed in, only with a mark that there is', async () => {
    const unknown = await mark('0123456789abcdef', 'arrived');
    expect(unknown.status).toBe(404);
    const send = (path: string, body: string, authorization?: string) =>
      raw(world, 'POST', path, {
        body,
        headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      });
    const staff = `Bearer ${world.system.token('staff')}`;
    const path = '/v1/appointments/0123456789abcdef/mark';
    expect((await send(path, '{"status":"arrived"}')).status).toBe(401);
    expect((await send(path, '{"status":"arrived"}', staff)).status).toBe(404);
    const wrong = await send(path, '{"status":"paid"}', staff);
    expect([wrong.status, wrong.json['errors']]).toMatchObject([
      400,
      [{ path: 'status', allowed: ['arrived', 'completed', 'no_show', 'cancelled'] }],
    ]);
    for (const body of ['', '[]', '{', 'null', '{"status":["arrived"]}'])
      expect((await send(path, body, staff)).status).toBe(400);
    for (const id of ['x', '..%2f..', '__proto__', '0123456789ABCDEF'])
      expect([400, 404]).toContain((await send(`/v1/appointments/${id}/mark`, '{"status":"arrived"}', staff)).status);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../../support/durations.ts';
import { freshKey, mustBeConsistent, newcomer, rowsOf, takenTimes, tally } from '../../support/world/booking.ts';
import { book, bookingOf, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.settings.publicForms.holdsPerAddress = 3;
  });
});
afterAll(() => world.system.close());

const form = async () => {
  const token = await world.api.getFormToken({});
  if (!token.ok) throw new Error('no form token');
  return token.data.formToken;
};
const visit = { locationId: 'brooklyn', services: [{ serviceId: 'cut', staffId: 'amina' }] };
const hold = async (startsAt: string, formToken: string) =>
  world.api.holdTime({ body: { ...visit, startsAt, formToken } });
const isOffered = async (startsAt: string) => {
  const date = startsAt.slice(0, 10);
  const found = await world.api.getAvailability({
    query: { location: 'brooklyn', services: 'cut', staff: 'amina', from: date, to: date },
  });
  return found.ok && found.data.days[0]?.times.some((time) => time.startsAt.startsWith(startsAt));
};
/** Lets every hold of the test before expire. */
const later = () => world.system.windBy(10 * minute);

describe('a chosen time', () => {
  it('is kept for whoever fills the form: nobody else is offered it or gets it, they do', async () => {
    const startsAt = '2026-12-01T10:00';
    const formToken = await form();
    const held = await hold(startsAt, formToken);
    expect(held).toMatchObject({ ok: true, data: { staff: ['amina'] } });
    expect(await isOffered(startsAt)).toBe(false);
    expect(await book(world.api, { startsAt, client: newcomer() })).toMatchObject({ problem: { code: 'time_taken' } });
    const body = { ...(await bookingOf(world.api, { startsAt, client: newcomer() })), formToken };
    expect((await world.api.createAppointment({ body, idempotencyKey: freshKey() })).ok).toBe(true);
    expect((await takenTimes(world)).filter(({ isHold }) => isHold)).toEqual([]);
    await mustBeConsistent(world);
    await later();
  });

  it('counts as free for its own form alone, with the times that overlap it', async () => {
    const startsAt = '2026-12-08T10:00';
    const [own, other] = [await form(), await form()];
    await hold(startsAt, own);
    const query = { location: 'brooklyn', services: 'cut', staff: 'amina', from: '2026-12-08', to: '2026-12-08' };
    const timesFor = async (token?: string) => {
      const found = token
        ? await world.api.getAvailabilityForForm({ params: { token }, query })
        : await world.api.getAvailability({ query });
      if (!found.ok) throw new Error(found.problem.title);
      return found.data.days.flatMap(({ times }) => times.map((time) => time.startsAt.slice(11, 16)));
    };
    const forOwn = await timesFor(own);
    // In turn: an answer that is kept for one must not be given to another.
    for (const times of [await timesFor(), await timesFor(other), await timesFor()]) {
      expect(times).not.toContain('10:00');
      expect(times).not.toContain('10:15');
    }
    expect(forOwn).toEqual(expect.arrayContaining(['09:45', '10:00', '10:15']));
    expect(await timesFor(own)).toEqual(forOwn);
    const none = await world.api.getAvailabilityForForm({ params: { token: `${own}0` }, query });
    expect(none).toMatchObject({ problem: { code: 'form_rejected' } });
    await later();
  });

  it('is kept for no form that has booked', async () => {
    const startsAt = '2026-12-09T10:00';
    const formToken = await form();
    await hold(startsAt, formToken);
    const body = { ...(await bookingOf(world.api, { startsAt, client: newcomer() })), formToken };
    const booked = await world.api.createAppointment({ body, idempotencyKey: freshKey() });
    expect(await hold('2026-12-09T15:00', formToken)).toMatchObject({ status: 409, problem: { code: 'form_used' } });
    expect(await isOffered('2026-12-09T15:00')).toBe(true);
    // Not either once that is cancelled.
    await world.api.cancelByLink({ params: { token: booked.ok ? booked.data.token : '' } });
    expect(await hold(startsAt, formToken)).toMatchObject({ problem: { code: 'form_used' } });
    await later();
  });

  it('is free again by itself after five minutes', async () => {
    const startsAt = '2026-12-02T10:00';
    const held = await hold(startsAt, await form());
    const heldUntil = held.ok ? Date.parse(held.data.heldUntil) : 0;
    expect(heldUntil - world.system.clock.now()).toBeLessThanOrEqual(5 * minute);
    await world.system.windTo(heldUntil - minute / 2);
    expect(await isOffered(startsAt)).toBe(false);
    await world.system.windTo(heldUntil + 1_000);
    expect(await isOffered(startsAt)).toBe(true);
    expect((await book(world.api, { startsAt, client: newcomer() })).ok).toBe(true);
    await mustBeConsistent(world);
    await later();
  });

  it('is given up when the form chooses another', async () => {
    const formToken = await form();
    await hold('2026-12-03T10:00', formToken);
    expect((await hold('2026-12-04T11:00', formToken)).ok).toBe(true);
    expect(await isOffered('2026-12-03T10:00')).toBe(true);
    expect(await isOffered('2026-12-04T11:00')).toBe(false);
    await later();
  });

  it('is kept again, and longer, when the same form asks again', async () => {
    const formToken = await form();
    await hold('2026-12-07T10:00', formToken);
    await world.system.windBy(4 * minute);
    expect((await hold('2026-12-07T10:00', formToken)).ok).toBe(true);
    await world.system.windBy(4 * minute);
    expect(await isOffered('2026-12-07T10:00')).toBe(false);
    await later();
  });

  it('is kept by one form for ten minutes in all, however often and with whatever times it asks', async () => {
    const formToken = await form();
    const attempts = async () => (await rowsOf(world, 'Attempts')).reduce((sum, { inDay }) => sum + Number(inDay), 0);
    const [began, before] = [world.system.clock.now(), await attempts()];
    const keptUntil: number[] = [];
    let renewals = 0;
    for (let asked = 0; asked < 12; asked += 1) {
      // Another time each time, as a bot would choose.
      const held = await hold(`2026-12-${14 + (asked % 2)}T1${asked % 3}:00`, formToken);
      if (held.ok) keptUntil.push(Date.parse(held.data.heldUntil));
      else expect(held.problem.code).toBe('form_rejected');
      renewals += held.ok ? 1 : 0;
      await world.system.windBy(2 * minute);
    }
    expect(Math.max(...keptUntil) - began).toBeLessThanOrEqual(10 * minute + 1_000);
    expect(renewals).toBeLessThanOrEqual(6);
    expect(
      (await takenTimes(world)).filter(({ isHold, expiresAt }) => isHold && expiresAt > world.system.clock.now()),
    ).toEqual([]);
    // Each is an attempt of the household and one of the form.
    expect((await attempts()) - before).toBe(24);
    // What it has kept long enough it may still book.
    const body = { ...(await bookingOf(world.api, { startsAt: '2026-12-14T10:00', client: newcomer() })), formToken };
    expect((await world.api.createAppointment({ body, idempotencyKey: freshKey() })).ok).toBe(true);
    await later();
  });

  it('by a form token that is none is refused', async () => {
    expect(await hold('2026-12-07T12:00', 'x'.repeat(44))).toMatchObject({ problem: { code: 'form_rejected' } });
  });

  it('is kept for one of fifty who choose it at once', async () => {
    const forms = await Promise.all(Array.from({ length: 50 }, form));
    const outcomes = await Promise.all(forms.map((formToken) => hold('2026-12-08T10:00', formToken)));
    expect(tally(outcomes.map((outcome) => (outcome.ok ? 'held' : outcome.problem.code)))).toEqual({
      held: 1,
      time_taken: 49,
    });
    await later();
  });

  it('is one of three that an address may keep; forms that choose anew don’t count twice', async () => {
    const forms = await Promise.all(Array.from({ length: 20 }, form));
    const times = forms.map(
      (_, index) => `2026-12-${index < 10 ? '09' : '10'}T${String(9 + (index % 10)).padStart(2, '0')}:00`,
    );
    const outcomes = await Promise.all(forms.map((formToken, index) => hold(times[index] ?? '', formToken)));
    const counted = tally(outcomes.map((outcome) => (outcome.ok ? 'held' : outcome.problem.code)));
    expect(counted['held']).toBe(3);
    const mine = outcomes.findIndex((outcome) => outcome.ok);
    expect((await hold('2026-12-11T10:00', forms[mine] ?? '')).ok).toBe(true);
    const refused = await hold('2026-12-11T12:00', await form());
    expect(refused).toMatchObject({ status: 429, problem: { code: 'too_many_requests' } });
    await later();
    expect((await hold('2026-12-11T12:00', await form())).ok).toBe(true);
  });
});

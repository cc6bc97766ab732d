import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, mustBeConsistent, newcomer, rowsOf } from '../../support/world/booking.ts';
import { staffOf } from '../../support/world/desk.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { rowOf } from '../../support/world/settings.ts';
import {
  bookCut,
  cancel,
  date,
  holds,
  join,
  joinBody,
  look,
  oneHourDays,
  postpone,
  statusOf,
} from '../../support/world/waiting.ts';
import { book, startWorld, type World } from '../../support/world/world.ts';

let world: World;
const open = async (...options: Parameters<typeof startWorld>) => {
  await world?.system.close();
  world = await startWorld(...options);
};
afterAll(() => world.system.close());
const salon = () => open({}, (catalogue) => oneHourDays(catalogue));

const offersIn = (email: string) => world.mails(/opened up/i).filter(({ to }) => to.includes(email));
const offerIdOf = async ({ token }: { token: string }) => (await look(world, token)).offer?.id ?? '';

describe('a freed time', () => {
  beforeEach(salon);

  it('is offered to those who wait, one by one: kept for the first, then for the second, who takes it', async () => {
    const visit = await bookCut(world);
    const [anna, bela] = [newcomer(), newcomer()];
    const first = await join(world, { client: anna });
    const second = await join(world, { client: bela });
    expect([first.status, first.freeNow, second.status]).toEqual(['waiting', [], 'waiting']);

    await cancel(world, visit);
    const offered = await look(world, first.token);
    expect(offered).toMatchObject({
      status: 'offered',
      offer: { startsAt: `${date}T10:00:00-05:00`, staff: [{ id: 'amina' }] },
    });
    expect(await statusOf(world, second)).toBe('waiting');
    const [mail] = offersIn(anna.email);
    expect(mail?.text).toMatch(/\/w\/[\w-]{44}/);
    expect(offersIn(bela.email)).toEqual([]);
    const left = Date.parse(offered.offer?.expiresAt ?? '') - world.system.clock.now();
    expect(left).toBeGreaterThan(29 * minute);
    expect(left).toBeLessThanOrEqual(31 * minute);

    const stranger = await book(world.api, { startsAt: `${date}T10:00`, client: newcomer() });
    expect(stranger).toMatchObject({ problem: { code: 'time_taken' } });
    const early = await world.api.takeOffer({
      params: { token: second.token },
      body: { offerId: offered.offer?.id ?? '' },
    });
    expect(early).toMatchObject({ status: 410, problem: { code: 'offer_expired' } });

    await world.system.windBy(32 * minute);
    expect(await look(world, first.token)).toMatchObject({
      status: 'waiting',
      lastOffer: { startsAt: `${date}T10:00:00-05:00`, outcome: 'missed' },
    });
    expect(await statusOf(world, second)).toBe('offered');
    expect(offersIn(bela.email)).toHaveLength(1);
    const late = await world.api.takeOffer({
      params: { token: first.token },
      body: { offerId: offered.offer?.id ?? '' },
    });
    expect(late).toMatchObject({ status: 410, problem: { code: 'offer_expired' } });
    expect(late.ok ? '' : late.problem.detail).toContain('You stay on the list');

    const offerId = await offerIdOf(second);
    const taken = dataOf(await world.api.takeOffer({ params: { token: second.token }, body: { offerId } }));
    expect(taken).toMatchObject({ startsAt: `${date}T10:00:00-05:00`, status: 'pending' });
    expect(dataOf(await world.api.getByLink({ params: { token: taken.token }, query: {} })).id).toBe(taken.id);
    await world.system.settle();
    expect(await statusOf(world, second)).toBe('booked');
    expect(world.mails(/you are booked/i).filter(({ to }) => to.includes(bela.email))).toHaveLength(1);
    expect(await holds(world)).toEqual([]);
    await mustBeConsistent(world);
    await world.system.windBy(40 * minute);
    expect(await statusOf(world, first)).toBe('waiting');
    expect(offersIn(anna.email)).toHaveLength(1);
    expect(world.system.schedules().filter(({ name }) => name.startsWith('offer.'))).toEqual([]);
  });

  it('goes to the next when it is declined, when the client leaves, and when staff take them off', async () => {
    const visit = await bookCut(world);
    const waiting: Awaited<ReturnType<typeof join>>[] = [];
    for (let index = 0; index < 4; index += 1) {
      waiting.push(await join(world));
    }
    await cancel(world, visit);
    const statuses = () => Promise.all(waiting.map((each) => statusOf(world, each)));
    const nth = (index: number) => waiting[index] as (typeof waiting)[number];
    expect(await statuses()).toEqual(['offered', 'waiting', 'waiting', 'waiting']);

    const offerId = await offerIdOf(nth(0));
    const params = { token: nth(0).token };
    expect(dataOf(await world.api.declineOffer({ params, body: { offerId } })).status).toBe('waiting');
    await world.system.settle();
    expect(await statuses()).toEqual(['waiting', 'offered', 'waiting', 'waiting']);
    dataOf(await world.api.declineOffer({ params, body: { offerId } }));

    expect(dataOf(await world.api.leaveWaitingList({ params: { token: nth(1).token } })).status).toBe('left');
    await world.system.settle();
    dataOf(await world.api.leaveWaitingList({ params: { token: nth(1).token } }));
    expect(await statuses()).toEqual(['waiting', 'left', 'offered', 'waiting']);

    const removed = await world.as('reception').removeWaiting({ params: { waitingId: nth(2).id } });
    expect(dataOf(removed)).toMatchObject({ status: 'left', client: { firstName: 'Nadia' } });
    await world.system.settle();
    expect(await statuses()).toEqual(['waiting', 'left', 'left', 'offered']);
    expect((await rowsOf(world, 'AuditEntry')).map(({ action }) => action)).toEqual(['waiting.left']);
    expect(await holds(world)).toHaveLength(1);
    const list = dataOf(await world.as('reception').listWaiting({ query: { locationId: 'brooklyn' } }));
    expect(list.entries.map(({ id, status }) => [id, status])).toEqual([
      [nth(0).id, 'waiting'],
      [nth(3).id, 'offered'],
    ]);
  });

  it('is offered only to whom it suits: day, weekday, time, person, service', async () => {
    const visit = await bookCut(world);
    await bookCut(world, { services: [{ serviceId: 'cut', staffId: 'marco' }] });
    const not = [
      await join(world, { from: '2026-11-25', to: '2026-11-30' }),
      await join(world, { to: '2026-11-27', weekdays: ['wed', 'fri'] }),
      await join(world, { timesOfDay: { from: '10:15', until: '18:00' } }),
      await join(world, { services: ['colour'] }),
      await join(world, { staff: ['marco'] }),
      await join(world, { seats: 1, services: ['cut', 'blow-dry'] }),
    ];
    const suited = await join(world, {
      to: '2026-12-20',
      weekdays: ['tue'],
      timesOfDay: { from: '09:00', until: '10:01' },
      staff: [],
    });
    await cancel(world, visit);
    expect(await Promise.all(not.map((each) => statusOf(world, each)))).toEqual(Array(6).fill('waiting'));
    expect(await statusOf(world, suited)).toBe('offered');
  });

  it('is a seat, too, that somebody who has several gives up', async () => {
    const lesson = { services: [{ serviceId: 'styling-class', staffId: 'anyone' }], seats: 6 };
    const { id, version } = await staffOf(world).book('2026-12-02T18:00', lesson);
    const days = { from: '2026-12-02', to: '2026-12-02' };
    const many = await join(world, { services: ['styling-class'], staff: [], seats: 3, ...days });
    const one = await join(world, { services: ['styling-class'], staff: [], ...days });
    dataOf(await staffOf(world).change({ id, version }, { seats: 4 }));
    await world.system.settle();
    expect([await statusOf(world, many), await statusOf(world, one)]).toEqual(['waiting', 'offered']);
  });

  it('is not offered where the visit would begin before the offer ends', async () => {
    const visit = await bookCut(world);
    const waiting = await join(world);
    await world.system.windTo(Date.parse('2026-11-24T14:20:00Z'));
    const marked = await world
      .as('reception')
      .markAppointment({ params: { appointmentId: visit.id }, body: { status: 'cancelled' } });
    expect(marked.ok).toBe(true);
    await world.system.settle();
    expect(await statusOf(world, waiting)).toBe('waiting');
  });

  it('is one that a move gives up, or a block that is removed', async () => {
    const visit = await bookCut(world);
    const one = await join(world);
    dataOf(await world.api.moveByLink({ params: { token: visit.token }, body: { startsAt: '2026-12-01T10:00' } }));
    await world.system.settle();
    expect(await statusOf(world, one)).toBe('offered');
    dataOf(await world.api.leaveWaitingList({ params: { token: one.token } }));

    const [from, until] = ['2026-12-08T09:00', '2026-12-08T12:00'];
    const desk = world.as('manager');
    const blocked = dataOf(
      await desk.createBlock({ idempotencyKey: freshKey(), body: { staffId: 'amina', from, until } }),
    );
    const two = await join(world, { from: '2026-12-08', to: '2026-12-08' });
    expect(two.freeNow).toEqual([]);
    dataOf(await desk.removeBlock({ params: { blockId: blocked.id } }));
    await world.system.settle();
    expect(await statusOf(world, two)).toBe('offered');
  });

  it('is free at each location where its person works, and offered to who waits at another', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      const hours = {
        brooklyn: { tue: [{ from: '13:00', until: '14:00' }] },
        'los-feliz': { tue: [{ from: '10:00', until: '11:00' }] },
      };
      for (const person of catalogue.staff)
        if (person.id === 'amina') Object.assign(person, { locations: ['brooklyn', 'los-feliz'], hours });
    });
    const visit = await bookCut(world, { startsAt: `${date}T13:00` });
    const there = await join(world, { locationId: 'los-feliz' });
    expect(there.freeNow).toEqual([]);
    await world.system.windTo(Date.parse('2026-11-23T20:00:00Z'));
    await cancel(world, visit);
    expect(await look(world, there.token)).toMatchObject({
      status: 'offered',
      offer: { startsAt: `${date}T10:00:00-08:00`, staff: [{ id: 'amina' }] },
    });
  });

  it('in the quiet hours is offered at their end', async () => {
    const visit = await bookCut(world, { startsAt: '2026-12-01T10:00' });
    const waiting = await join(world, { from: '2026-12-01', to: '2026-12-01' });
    await world.system.windTo(Date.parse('2026-11-24T02:30:00Z'));
    await cancel(world, visit);
    expect(await statusOf(world, waiting)).toBe('waiting');
    const deferred = world.system.schedules().filter(({ name }) => name.startsWith('freed.brooklyn.'));
    expect(deferred.map(({ dueAt }) => new Date(dueAt).toISOString())).toEqual(['2026-11-24T13:00:00.000Z']);
    await world.system.windTo(Date.parse('2026-11-24T12:59:00Z'));
    expect(await statusOf(world, waiting)).toBe('waiting');
    await world.system.windTo(Date.parse('2026-11-24T13:01:00Z'));
    expect(await statusOf(world, waiting)).toBe('offered');
  });

  it('in the quiet hours that will be over before they end is offered at once, by mail alone', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      const early = { tue: [{ from: '07:30', until: '08:30' }] };
      for (const location of catalogue.locations) if (location.id === 'brooklyn') location.hours = early;
      for (const person of catalogue.staff) if (person.id === 'amina') person.hours = { brooklyn: early };
    });
    const visit = await bookCut(world, { startsAt: `${date}T07:30` });
    const { email, phone } = newcomer();
    const texted = await join(world, { client: { firstName: 'Nadia', phone } });
    const mailed = await join(world, { client: { firstName: 'Nora', email, phone: newcomer().phone } });
    await world.system.windTo(Date.parse('2026-11-24T02:30:00Z'));
    const sent = world.system.mailbox.list().length;
    await cancel(world, visit);
    expect([await statusOf(world, texted), await statusOf(world, mailed)]).toEqual(['waiting', 'offered']);
    const offered = world.system.mailbox.list().slice(sent);
    expect(offered.filter(({ text }) => text.includes('/w/')).map(({ channel, to }) => [channel, to])).toEqual([
      ['email', [email]],
    ]);
    await world.system.windTo(Date.parse('2026-11-24T13:05:00Z'));
    expect(world.system.mailbox.list().filter(({ to }) => to.includes(phone ?? '')).length).toBe(1);
    expect(world.system.schedules().filter(({ name }) => name.startsWith('freed.'))).toEqual([]);
  });

  it.each([false, true])(
    'that a visitor fills a form for is offered when the form is left (books it: %s)',
    async (books) => {
      const day = '2026-12-01';
      const visit = await bookCut(world, { startsAt: `${day}T10:00` });
      const waiting = await join(world, { from: day, to: day });
      await world.system.windTo(Date.parse('2026-11-24T02:30:00Z'));
      await cancel(world, visit);
      await world.system.windTo(Date.parse('2026-11-24T12:58:00Z'));
      const { formToken } = dataOf(await world.api.getFormToken({}));
      const wish = {
        locationId: 'brooklyn',
        startsAt: `${day}T10:00`,
        services: [{ serviceId: 'cut', staffId: 'amina' }],
      };
      dataOf(await world.api.holdTime({ body: { ...wish, formToken } }));
      await world.system.windTo(Date.parse('2026-11-24T13:01:00Z'));
      expect(await statusOf(world, waiting)).toBe('waiting');
      if (books) await bookCut(world, { startsAt: wish.startsAt, formToken });
      await world.system.windTo(Date.parse('2026-11-24T13:04:00Z'));
      expect(await statusOf(world, waiting)).toBe(books ? 'waiting' : 'offered');
      await world.system.windTo(Date.parse('2026-11-24T13:20:00Z'));
      expect(world.system.schedules().filter(({ name }) => name.startsWith('freed.'))).toEqual([]);
    },
  );

  it('that is kept for somebody else on the list waits for no form', async () => {
    await open({}, (catalogue) => oneHourDays(catalogue, ['amina', 'marco']));
    const amina = await bookCut(world);
    const marco = await bookCut(world, { services: [{ serviceId: 'cut', staffId: 'marco' }] });
    const first = await join(world);
    const second = await join(world);
    await cancel(world, amina);
    await cancel(world, marco);
    expect([await statusOf(world, first), await statusOf(world, second)]).toEqual(['offered', 'waiting']);
    expect(world.system.schedules().filter(({ name }) => name.startsWith('freed.'))).toEqual([]);
  });

  it('is missed by nobody: an offer that is not answered overnight comes back in the morning', async () => {
    const visit = await bookCut(world, { startsAt: '2026-12-01T10:00' });
    const day = { from: '2026-12-01', to: '2026-12-01' };
    const first = await join(world, day);
    const second = await join(world, day);
    await world.system.windTo(Date.parse('2026-11-24T01:50:00Z'));
    await cancel(world, visit);
    expect(await statusOf(world, first)).toBe('offered');
    await world.system.windTo(Date.parse('2026-11-24T02:30:00Z'));
    expect([await statusOf(world, first), await statusOf(world, second)]).toEqual(['waiting', 'waiting']);
    await world.system.windTo(Date.parse('2026-11-24T13:01:00Z'));
    expect([await statusOf(world, first), await statusOf(world, second)]).toEqual(['waiting', 'offered']);
  });

  it('is nobody’s where nobody waits', async () => {
    await cancel(world, await bookCut(world));
    await join(world, { from: '2026-11-25', to: '2026-11-25' });
    await cancel(world, await bookCut(world));
    expect([await holds(world), world.system.failedRecords(), world.system.deadLetters()]).toEqual([[], [], []]);
  });
});

describe('one release', () => {
  const day = '2026-12-01';
  const days = { from: day, to: day };
  const brows = { services: ['brows'], staff: ['priya'], ...days };
  const pedicure = (changes: Record<string, unknown> = {}) =>
    bookCut(world, {
      startsAt: `${day}T10:00`,
      services: [{ serviceId: 'pedicure', staffId: 'priya' }],
      ...changes,
    });

  it.each(['declines', 'doesn’t answer'])(
    'is offered to a client once, on a day with free times all around, and the next is asked, if the first %s',
    async (how) => {
      await open();
      const [first, second] = [newcomer(), newcomer()];
      const visit = await pedicure();
      const early = await join(world, { client: first, ...brows });
      const again = await join(world, { client: first, ...brows });
      const late = await join(world, { client: second, ...brows });
      await cancel(world, visit);
      expect(await look(world, early.token)).toMatchObject({ offer: { startsAt: `${day}T10:00:00-05:00` } });
      expect(await statusOf(world, again)).toBe('waiting');
      // What the first leaves of the hour is for the second, in the same moment.
      expect(await statusOf(world, late)).toBe('offered');
      const answer = async ({ token }: { token: string }) => {
        const offerId = await offerIdOf({ token });
        if (how === 'declines') dataOf(await world.api.declineOffer({ params: { token }, body: { offerId } }));
        await world.system.settle();
        if (how !== 'declines') await world.system.windBy(32 * minute);
      };
      await answer(early);
      for (let turn = 0; turn < 4; turn += 1) await world.system.windBy(32 * minute);
      expect([offersIn(first.email).length, offersIn(second.email).length]).toEqual([1, 1]);
      expect([await statusOf(world, early), await statusOf(world, again), await statusOf(world, late)]).toEqual(
        Array(3).fill('waiting'),
      );
      expect(await holds(world)).toEqual([]);

      // The same time, released by another act, is another matter.
      await cancel(world, await pedicure());
      expect(offersIn(first.email)).toHaveLength(2);
    },
  );

  it('is no offer of what was free when the client joined, and could be booked at once', async () => {
    await open({}, (catalogue) => oneHourDays(catalogue, ['amina', 'marco']));
    const visit = await bookCut(world);
    const anyone = await join(world, { staff: [] });
    const amina = await join(world);
    expect([anyone.freeNow.length, amina.freeNow.length]).toEqual([1, 0]);
    await cancel(world, visit);
    expect([await statusOf(world, anyone), await statusOf(world, amina)]).toEqual(['waiting', 'offered']);
  });

  it.each([
    { bufferBeforeMinutes: 0, bufferAfterMinutes: 10, hour: '09' },
    { bufferBeforeMinutes: 10, bufferAfterMinutes: 0, hour: '11' },
  ])('gives back the buffers, too: what only they kept away is offered: $hour:00', async ({ hour, ...buffers }) => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.booking.stepMinutes = 60;
      for (const person of catalogue.staff)
        if (person.id === 'amina') person.hours = { brooklyn: { tue: [{ from: '09:00', until: '13:00' }] } };
      for (const service of catalogue.services)
        if (service.id === 'cut') Object.assign(service, { durationMinutes: 60, ...buffers });
    });
    const visit = await bookCut(world);
    const waiting = await join(world, { timesOfDay: { from: `${hour}:00`, until: `${hour}:30` } });
    await cancel(world, visit);
    expect(await look(world, waiting.token)).toMatchObject({ offer: { startsAt: `${date}T${hour}:00:00-05:00` } });
  });

  it('is offered to who named a colleague that has retired since, beside one who has not', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue, ['amina', 'zara']);
      for (const person of catalogue.staff)
        if (person.id === 'zara') person.hours = { brooklyn: { wed: [{ from: '10:00', until: '11:00' }] } };
    });
    const visit = await bookCut(world);
    const waiting = await join(world, { staff: ['zara', 'amina'] });
    const { version } = await rowOf(world, 'staff', 'zara');
    dataOf(await world.as('owner').deleteStaffMember({ params: { id: 'zara' }, query: {}, ifMatch: version }));
    await world.system.windBy(2 * minute);
    await cancel(world, visit);
    expect(await statusOf(world, waiting)).toBe('offered');
  });
});

describe('the end of an offer', () => {
  beforeEach(salon);

  /** The only time of the day is offered to the first of them, and Scheduler is `late` milliseconds with its end. */
  const offeredTo = async (count: number, late: number) => {
    const visit = await bookCut(world);
    const waiting: Awaited<ReturnType<typeof join>>[] = [];
    for (let index = 0; index < count; index += 1) waiting.push(await join(world));
    await cancel(world, visit);
    const [first] = waiting as [(typeof waiting)[number]];
    const { offer } = await look(world, first.token);
    const expiresAt = Date.parse(offer?.expiresAt ?? '');
    await postpone(world, `offer.${offer?.id}`, expiresAt + late);
    const link = { params: { token: first.token }, body: { offerId: offer?.id ?? '' } };
    const statuses = () => Promise.all(waiting.map((each) => statusOf(world, each)));
    return { waiting, link, expiresAt, statuses };
  };
  const stranger = () => book(world.api, { startsAt: `${date}T10:00`, client: newcomer() });

  it('leaves no moment at which anybody else gets the time before the next in line', async () => {
    const { link, expiresAt, statuses } = await offeredTo(3, 59_000);
    await world.system.windTo(expiresAt + 30_000);
    expect(await statuses()).toEqual(['waiting', 'waiting', 'waiting']);
    expect(await world.api.takeOffer(link)).toMatchObject({ status: 410, problem: { code: 'offer_expired' } });
    expect(await world.api.declineOffer(link)).toMatchObject({ status: 410, problem: { code: 'offer_expired' } });
    const [early] = await Promise.all([stranger(), world.system.windTo(expiresAt + 60_000)]);
    expect(early).toMatchObject({ status: 409, problem: { code: 'time_taken' } });
    expect(await statuses()).toEqual(['waiting', 'offered', 'waiting']);
    expect(await stranger()).toMatchObject({ status: 409, problem: { code: 'time_taken' } });
    expect(await holds(world)).toHaveLength(1);
    await mustBeConsistent(world);
  });

  it('gives the time back at once where nobody else wants it', async () => {
    const { expiresAt, statuses } = await offeredTo(1, 20_000);
    await world.system.windTo(expiresAt + 10_000);
    expect(await stranger()).toMatchObject({ status: 409, problem: { code: 'time_taken' } });
    await world.system.windTo(expiresAt + 21_000);
    expect([await holds(world), await statuses()]).toEqual([[], ['waiting']]);
    expect((await stranger()).ok).toBe(true);
    await mustBeConsistent(world);
  });

  it('comes by itself within two minutes, also when nothing fires', async () => {
    const { expiresAt, statuses } = await offeredTo(2, 10 * minute);
    await world.system.windTo(expiresAt + 2 * minute - 5_000);
    expect(await stranger()).toMatchObject({ status: 409, problem: { code: 'time_taken' } });
    await world.system.windTo(expiresAt + 2 * minute);
    expect((await stranger()).ok).toBe(true);
    await world.system.windTo(expiresAt + 11 * minute);
    expect(await statuses()).toEqual(['waiting', 'waiting']);
    await mustBeConsistent(world);
  });

  it('that comes early, by declining or leaving, hands the time on in the same moment', async () => {
    const { waiting, link, expiresAt } = await offeredTo(3, 0);
    const [, second, third] = waiting as [unknown, { token: string }, { token: string }];
    await world.system.windTo(expiresAt - 20 * minute);
    const [declined, wanted] = await Promise.all([world.api.declineOffer(link), stranger()]);
    dataOf(declined);
    expect(wanted).toMatchObject({ status: 409, problem: { code: 'time_taken' } });
    expect(await statusOf(world, second)).toBe('offered');
    await world.system.settle();
    const [left, again] = await Promise.all([
      world.api.leaveWaitingList({ params: { token: second.token } }),
      stranger(),
    ]);
    dataOf(left);
    expect(again).toMatchObject({ status: 409, problem: { code: 'time_taken' } });
    const { offer } = await look(world, third.token);
    const kept = Date.parse(offer?.expiresAt ?? '');
    expect(kept).toBeGreaterThan(expiresAt);
    expect((await holds(world)).map((hold) => hold.expiresAt)).toEqual([kept + 2 * minute]);
    await world.system.settle();
    expect(world.mails(/opened up/i)).toHaveLength(3);
  });

  it('before it is noted can be left, and the next has the time', async () => {
    const { link, expiresAt, statuses } = await offeredTo(2, 50_000);
    await world.system.windTo(expiresAt + 10_000);
    expect(dataOf(await world.api.leaveWaitingList({ params: link.params })).status).toBe('left');
    expect(await statuses()).toEqual(['left', 'offered']);
    await world.system.windTo(expiresAt + minute);
    expect(await statuses()).toEqual(['left', 'offered']);
    await mustBeConsistent(world);
  });

  it('passes over whom the time does not suit, and in the quiet hours everybody', async () => {
    const visit = await bookCut(world, { startsAt: '2026-12-01T10:00' });
    const day = { from: '2026-12-01', to: '2026-12-01' };
    const first = await join(world, day);
    const other = await join(world, { ...day, timesOfDay: { from: '12:00', until: '18:00' } });
    const suited = await join(world, day);
    await world.system.windTo(Date.parse('2026-11-24T01:10:00Z'));
    await cancel(world, visit);
    await world.system.windBy(31 * minute);
    const statuses = () => Promise.all([first, other, suited].map((each) => statusOf(world, each)));
    expect(await statuses()).toEqual(['waiting', 'waiting', 'offered']);
    const late = await join(world, day);
    await world.system.windTo(Date.parse('2026-11-24T02:15:00Z'));
    expect([await statuses(), await statusOf(world, late)]).toEqual([['waiting', 'waiting', 'waiting'], 'waiting']);
    expect(await holds(world)).toEqual([]);
  });
});

describe('an offer', () => {
  beforeEach(salon);

  it('that the business can’t keep, since the person has retired, says so', async () => {
    const visit = await bookCut(world);
    const waiting = await join(world);
    await cancel(world, visit);
    const { version } = await rowOf(world, 'staff', 'amina');
    dataOf(await world.as('owner').deleteStaffMember({ params: { id: 'amina' }, query: {}, ifMatch: version }));
    const taken = await world.api.takeOffer({
      params: { token: waiting.token },
      body: { offerId: await offerIdOf(waiting) },
    });
    expect(taken).toMatchObject({ problem: { code: 'time_unavailable', detail: expect.stringContaining('call us') } });
    expect(await rowsOf(world, 'Appointment')).toHaveLength(1);
  });
});

describe('joining', () => {
  beforeEach(() =>
    open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.publicForms.openPerClient = 2;
    }),
  );

  it('tells what is free already', async () => {
    const joined = await join(world, { from: date, to: '2026-12-08' });
    expect(joined.freeNow.map(({ startsAt }) => startsAt.slice(0, 16))).toEqual([
      '2026-11-24T10:00',
      '2026-12-01T10:00',
      '2026-12-08T10:00',
    ]);
  });

  it('for weekdays of which none lies within the days is refused, with those that do', async () => {
    const body = await joinBody(world, { from: date, to: '2026-11-26', weekdays: ['mon', 'fri'] });
    expect(await world.api.joinWaitingList({ body, idempotencyKey: freshKey() })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'weekdays', allowed: ['tue', 'wed', 'thu'] }] },
    });
  });

  it('is in the indexes of those who wait only as long as the client does', async () => {
    const visit = await bookCut(world);
    const [gone, taker, still] = [await join(world), await join(world), await join(world)];
    dataOf(await world.api.leaveWaitingList({ params: { token: gone.token } }));
    await cancel(world, visit);
    const body = { offerId: (await look(world, taker.token)).offer?.id ?? '' };
    dataOf(await world.api.takeOffer({ params: { token: taker.token }, body }));
    const listed = (await rowsOf(world, 'Waiting')).filter(({ locationPk, clientPk }) => locationPk || clientPk);
    expect(listed.map(({ id }) => id)).toEqual([still.id]);
  });

  it('is once for an Idempotency-Key', async () => {
    const body = await joinBody(world);
    const idempotencyKey = freshKey();
    const [one, other] = await Promise.all([
      world.api.joinWaitingList({ body, idempotencyKey }),
      world.api.joinWaitingList({ body, idempotencyKey }),
    ]);
    expect(dataOf(one)).toEqual(dataOf(other));
    expect(await rowsOf(world, 'Waiting')).toHaveLength(1);
    expect(await rowsOf(world, 'Client')).toHaveLength(1);
  });

  it('for a caller may be longer than what clients wait for by themselves', async () => {
    const { formToken: _, ...wanted } = await joinBody(world, { services: ['highlights', 'colour'] });
    const added = await world.as('reception').addToWaitingList({ idempotencyKey: freshKey(), body: wanted });
    expect(dataOf(added).status).toBe('waiting');
  });

  it('for a caller is done by staff, with a client who is known or not', async () => {
    const { formToken: _, client, ...wanted } = await joinBody(world, { staff: ['amina', 'marco'] });
    const desk = world.as('reception');
    const body = { ...wanted, client };
    const added = dataOf(await desk.addToWaitingList({ idempotencyKey: freshKey(), body }));
    expect(added).toMatchObject({ status: 'waiting', staff: [{ id: 'amina' }, { id: 'marco' }] });
    const { clientId } = added;
    const again = dataOf(await desk.addToWaitingList({ idempotencyKey: freshKey(), body: { ...wanted, clientId } }));
    expect(again.clientId).toBe(clientId);
    expect((await rowsOf(world, 'AuditEntry')).map(({ action }) => action)).toEqual([
      'waiting.joined',
      'waiting.joined',
    ]);
    expect(await world.api.addToWaitingList({ idempotencyKey: freshKey(), body })).toMatchObject({ status: 401 });
    expect(await world.as('staff').removeWaiting({ params: { waitingId: added.id } })).toMatchObject({ status: 403 });
  });

  it.each([
    [422, 'to', { from: '2026-12-01', to: '2026-11-30' }],
    [422, 'to', { from: '2026-12-01', to: '2027-03-02' }],
    [422, 'to', { from: '2026-11-01', to: '2026-11-21' }],
    [422, 'locationId', { locationId: 'paris' }],
    [422, 'services[1]', { services: ['cut', 'nothing'] }],
    [422, 'services[1]', { services: ['cut', 'cut'] }],
    [422, 'services', { services: ['highlights', 'colour'] }],
    [422, 'staff[0]', { staff: ['priya'] }],
    [422, 'staff', { staff: ['priya', 'sofia'] }],
    [422, 'seats', { seats: 2 }],
    [400, 'weekdays[0]', { weekdays: ['noday'] }],
    [400, 'client.phone', { client: { firstName: 'Nadia' } }],
  ])('is refused with %i by name: %s', async (status, path, changes) => {
    const body = await joinBody(world, changes as Parameters<typeof joinBody>[1]);
    const outcome = await world.api.joinWaitingList({ body, idempotencyKey: freshKey() });
    expect(outcome).toMatchObject({ status, problem: { errors: [{ path }] } });
  });

  it('keeps bots out, and links of another kind or that are over', async () => {
    const body = { ...(await joinBody(world)), website: 'https://spam.example' };
    expect(await world.api.joinWaitingList({ body, idempotencyKey: freshKey() })).toMatchObject({ status: 403 });
    const { token: manage } = await bookCut(world);
    expect(await world.api.getWaiting({ params: { token: manage }, query: {} })).toMatchObject({ status: 404 });
    const { token } = await join(world);
    expect(await world.api.getByLink({ params: { token }, query: {} })).toMatchObject({ status: 404 });
    await world.system.windTo(Date.parse('2026-11-25T15:00:00Z'));
    expect(await statusOf(world, { token })).toBe('lapsed');
    expect(await world.api.leaveWaitingList({ params: { token } })).toMatchObject({ status: 409 });
    expect(dataOf(await world.as('owner').listWaiting({ query: { locationId: 'brooklyn' } })).entries).toEqual([]);
    await world.system.windTo(Date.parse('2026-12-26T15:00:00Z'));
    expect(await world.api.getWaiting({ params: { token }, query: {} })).toMatchObject({ status: 410 });
  });
});

describe('no-shows', () => {
  it('who do not confirm in time give theirs up to those who wait', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.noShows = { policy: 'client-confirms', after: 1, confirmWithinHours: 1 };
    });
    const client = newcomer();
    const missed = await bookCut(world, { client });
    await world.system.windTo(Date.parse('2026-11-24T15:30:00Z'));
    const appointmentId = missed.id;
    dataOf(await world.as('reception').markAppointment({ params: { appointmentId }, body: { status: 'no_show' } }));
    await bookCut(world, { client, startsAt: '2026-12-01T10:00' });
    const waiting = await join(world, { from: '2026-12-01', to: '2026-12-01' });
    await world.system.windBy(59 * minute);
    expect(await statusOf(world, waiting)).toBe('waiting');
    await world.system.windBy(3 * minute);
    expect(await statusOf(world, waiting)).toBe('offered');
  });

  it('who are asked to call are asked here, too', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.noShows = { policy: 'refuse', after: 1, confirmWithinHours: 12 };
    });
    const client = newcomer();
    const visit = await bookCut(world, { client });
    dataOf(await world.api.confirmByLink({ params: { token: await tokenSentTo(world, client.email) } }));
    const waiting = await join(world, { client, from: '2026-12-01', to: '2026-12-01' });
    const other = await bookCut(world, { startsAt: '2026-12-01T10:00' });
    await world.system.windTo(Date.parse('2026-11-24T15:30:00Z'));
    dataOf(
      await world.as('reception').markAppointment({ params: { appointmentId: visit.id }, body: { status: 'no_show' } }),
    );
    // A stranger may have sent the form, and learns nothing.
    await join(world, { client, from: '2026-12-01', to: '2026-12-01' });
    await cancel(world, other);
    const offerId = await offerIdOf(waiting);
    const [, token = ''] = /\/w\/([\w-]{44})/.exec(world.mails().at(-1)?.text ?? '') ?? [];
    expect(await world.api.takeOffer({ params: { token }, body: { offerId } })).toMatchObject({
      problem: { code: 'booking_refused' },
    });
    expect(await statusOf(world, waiting)).toBe('offered');
  });
});

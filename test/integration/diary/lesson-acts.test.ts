import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hour, minute } from '../../support/durations.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { freshKey, mustBeConsistent, newcomer, rowsOf, takenTimes, tally } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { rowOf } from '../../support/world/settings.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

/** Yoga on Wednesdays at ten, by Marco, in the only studio; ten mats. `crowd` is the same for sixty. */
let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.resources.push({
      id: 'studio',
      name: 'Studio',
      kind: 'studio',
      location: 'brooklyn',
      closed: [],
      retired: false,
    });
    catalogue.resources.push({
      id: 'hall',
      name: 'Hall',
      kind: 'hall',
      location: 'brooklyn',
      closed: [],
      retired: false,
    });
    catalogue.resources.push({
      id: 'loft',
      name: 'Loft',
      kind: 'hall',
      location: 'brooklyn',
      closed: [],
      retired: false,
    });
    const lesson = catalogue.services.find(({ id }) => id === 'styling-class');
    const [given] = lesson?.timetable ?? [];
    if (!lesson || !given) throw new Error('the demo salon gives no lesson');
    const timetable = (['tue', 'wed'] as const).map((weekday) => ({ ...given, weekday, time: '10:00' }));
    catalogue.services.push({ ...lesson, id: 'yoga', seats: 10, needs: ['studio'], timetable });
    catalogue.services.push({ ...lesson, id: 'crowd', seats: 60, needs: ['hall'], timetable: undefined });
    for (const person of catalogue.staff)
      if (['marco', 'amina'].includes(person.id)) person.skills.push('yoga', 'crowd');
  });
  staff = staffOf(world);
});
afterAll(() => world.system.close());

const yoga = { services: [{ serviceId: 'yoga', staffId: 'marco' }] };
const override = { hours: true as const };
const attend = (startsAt: string, changes: Record<string, unknown> = {}) =>
  mustBook(world.api, { ...yoga, startsAt, client: newcomer(), ...changes });

const lessonsOf = async (date: string, role: 'reception' | 'staff' = 'reception') =>
  dataOf(await world.as(role).listLessons({ query: { locationId: 'brooklyn', date } })).lessons;
const lessonAt = async (startsAt: string, teacher = 'marco') => {
  const found = (await lessonsOf(startsAt.slice(0, 10))).find(
    (each) => each.startsAt.startsWith(startsAt) && each.staff.id === teacher,
  );
  if (!found) throw new Error(`no lesson ${startsAt}`);
  return found;
};
type Lesson = Awaited<ReturnType<typeof lessonAt>>;
type Change = Parameters<ReturnType<World['as']>['changeLesson']>[0]['body'];
const change = ({ id, version }: Pick<Lesson, 'id' | 'version'>, body: Change, key = freshKey()) =>
  world.as('reception').changeLesson({ params: { lessonId: id }, ifMatch: version, idempotencyKey: key, body });
const cancel = ({ id, version }: Pick<Lesson, 'id' | 'version'>, block?: boolean) =>
  world.as('reception').cancelLesson({
    ...{ params: { lessonId: id }, ifMatch: version, idempotencyKey: freshKey() },
    body: block === undefined ? {} : { block },
  });
const offered = async (date: string, serviceId = 'yoga') => {
  const query = { location: 'brooklyn', services: serviceId, from: date, to: date };
  const [day] = dataOf(await world.api.getAvailability({ query })).days;
  return day?.times.map(
    ({ startsAt, seatsLeft, staff: [teacher] }) => `${startsAt.slice(11, 16)} ${teacher} ${seatsLeft}`,
  );
};
const mailsTo = (email: string | undefined) =>
  world
    .mails()
    .filter(({ to }) => email && to.includes(email))
    .map(({ subject = '' }) => subject.replace(/[\u202f\u00a0]/g, ' '));

describe('another teacher for all who come', () => {
  const day = '2026-12-02';

  it('is refused for one of several in the only studio, with the act that does it for all', async () => {
    const first = await attend(`${day}T10:00`);
    await attend(`${day}T10:00`, { seats: 2 });
    const one = await staff.get(first.id);
    const refused = await staff.change(one, { services: [{ serviceId: 'yoga', staffId: 'amina' }], override });
    const { id } = await lessonAt(`${day}T10:00`);
    expect(refused).toMatchObject({
      problem: { code: 'time_taken', detail: expect.stringContaining(`POST /v1/diary/lessons/${id}/change`) },
    });
  });

  it('is given to all at once, who keep their seats, room and time', async () => {
    const before = await lessonAt(`${day}T10:00`);
    expect([before.taken, before.resources.map((room) => room.id)]).toEqual([3, ['studio']]);
    expect(codeOf(await change(before, { staffId: 'amina' }))).toBe('time_unavailable');
    const after = dataOf(await change(before, { staffId: 'amina', override }));
    expect(after).toMatchObject({ staff: { id: 'amina' }, startsAt: before.startsAt, taken: 3 });
    expect(after.id).not.toBe(before.id);
    const listed = await lessonAt(`${day}T10:00`, 'amina');
    expect([listed.id, listed.version, listed.clients.length]).toEqual([after.id, after.version, 2]);
    expect(listed.clients.map(({ status }) => status)).toEqual(['pending', 'pending']);
    await mustBeConsistent(world);
  });

  it('leaves its free seats on offer, off the timetable too, and sells no more of them', async () => {
    expect(await offered(day)).toEqual(['10:00 amina 7']);
    await attend(`${day}T10:00`, { services: [{ serviceId: 'yoga', staffId: 'anyone' }], seats: 7 });
    expect(await offered(day)).toEqual([]);
    await mustBeConsistent(world);
  });

  it('is recorded with each who comes, and with the act', async () => {
    await world.system.settle();
    const { clients, id } = await lessonAt(`${day}T10:00`, 'amina');
    const two = clients.find(({ seats }) => seats === 2);
    const entries = await staff.history(two?.appointmentId ?? '');
    expect(entries.map(({ type }) => type)).toEqual(['appointment.booked', 'appointment.changed']);
    const audited = (await rowsOf(world, 'AuditEntry')).filter(({ action }) => action === 'lesson.changed');
    expect(audited).toEqual([
      expect.objectContaining({
        details: { count: '2', staff: 'amina', startsAt: expect.anything(), override: 'hours' },
      }),
    ]);
    expect(id.startsWith('yoga.amina.brooklyn.')).toBe(true);
  });
});

describe('another teacher', () => {
  it('is told once to each who asked for the one before, and not to who asked for nobody', async () => {
    const [named, anybody] = [newcomer(), newcomer()];
    await attend('2027-03-03T10:00', { client: named });
    const anyone = [{ serviceId: 'yoga', staffId: 'anyone' }];
    await attend('2027-03-03T10:00', { client: anybody, services: anyone });
    await world.system.settle();
    dataOf(await change(await lessonAt('2027-03-03T10:00'), { staffId: 'amina', override }));
    await world.system.windBy(5 * minute);
    expect([mailsTo(named.email).length, mailsTo(anybody.email).length]).toEqual([2, 1]);
  });
});

describe('another time for all who come', () => {
  it('moves them together, to another day, and tells each once', async () => {
    const clients = [newcomer(), newcomer()];
    for (const client of clients) await attend('2026-12-09T10:00', { client });
    await world.system.settle();
    const asOf = (await staff.diary({ date: '2026-12-09' })).asOf;
    const before = await lessonAt('2026-12-09T10:00');
    const moved = dataOf(await change(before, { startsAt: '2026-12-10T11:30', override }));
    expect(moved).toMatchObject({ startsAt: '2026-12-10T11:30:00-05:00', taken: 2 });
    await world.system.windBy(5 * minute);
    for (const { email } of clients)
      expect(mailsTo(email)).toEqual([
        'You are booked: Wednesday, December 9 at 10:00 AM',
        'Your new time: Thursday, December 10 at 11:30 AM',
      ]);
    expect(await offered('2026-12-10')).toEqual(['11:30 marco 8']);
    const gone = (await staff.diary({ date: '2026-12-09', since: asOf })).gone.map(({ id }) => id);
    expect(gone.sort()).toEqual(before.clients.map(({ appointmentId }) => appointmentId).sort());
    const [first] = before.clients;
    const entries = await staff.history(first?.appointmentId ?? '');
    expect(entries.at(-1)).toMatchObject({ type: 'appointment.moved', startsAt: '2026-12-10T11:30:00-05:00' });
    await mustBeConsistent(world);
  });

  it('lists what is in the way, and then moves nobody', async () => {
    await attend('2026-12-15T10:00');
    const cut = await mustBook(world.api, {
      ...{ services: [{ serviceId: 'cut', staffId: 'marco' }], startsAt: '2026-12-15T14:00', client: newcomer() },
    });
    const before = await lessonAt('2026-12-15T10:00');
    const refused = await change(before, { startsAt: '2026-12-15T14:30', override });
    expect(refused).toMatchObject({
      status: 409,
      problem: { code: 'time_taken', affectedTotal: 1, affected: [{ appointmentId: cut.id, staff: ['marco'] }] },
    });
    expect((await lessonAt('2026-12-15T10:00')).version).toBe(before.version);
    await mustBeConsistent(world);
  });

  it('joins those who come to the same lesson then, if there are seats for all', async () => {
    await attend('2026-12-16T10:00', { seats: 6 });
    await attend('2026-12-22T10:00', { seats: 4 });
    await attend('2026-12-23T10:00', { seats: 1 });
    const full = dataOf(await change(await lessonAt('2026-12-22T10:00'), { startsAt: '2026-12-16T10:00' }));
    expect([full.taken, full.clients.length]).toEqual([10, 2]);
    expect((await lessonAt('2026-12-16T10:00')).version).toBe(full.version);
    const more = await change(await lessonAt('2026-12-23T10:00'), { startsAt: '2026-12-16T10:00' });
    expect(codeOf(more)).toBe('time_taken');
    await mustBeConsistent(world);
  });
});

describe('another room', () => {
  const lesson = { services: [{ serviceId: 'crowd', staffId: 'marco' }], override };

  it('is taken where it is free, and only what the lesson needs there', async () => {
    await staff.book('2026-12-14T12:00', lesson);
    await staff.book('2026-12-14T12:00', lesson);
    const before = await lessonAt('2026-12-14T12:00');
    expect(before.resources.map(({ id }) => id)).toEqual(['hall']);
    const after = dataOf(await change(before, { resources: ['loft'], override }));
    expect([after.id, after.resources.map(({ id }) => id), after.taken]).toEqual([before.id, ['loft'], 2]);
    expect(await change(after, { resources: ['studio'], override })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'resources[0]', allowed: ['hall', 'loft'] }] },
    });
    const block = dataOf(
      await staff.block({ resourceId: 'hall', from: '2026-12-14T12:30', until: '2026-12-14T13:30' }),
    );
    expect(codeOf(await change(after, { resources: ['hall'], override }))).toBe('time_taken');
    dataOf(await staff.unblock(block.id));
    await mustBeConsistent(world);
  });
});

describe('fifty who come', () => {
  it('get another teacher and another day in one act, are told once each, and are cancelled in one', async () => {
    const lesson = { services: [{ serviceId: 'crowd', staffId: 'marco' }], override };
    const clients = Array.from({ length: 50 }, newcomer);
    for (const client of clients) await staff.book('2027-01-12T12:00', { ...lesson, client });
    await world.system.settle();
    const before = await lessonAt('2027-01-12T12:00');
    const after = dataOf(await change(before, { staffId: 'amina', startsAt: '2027-01-13T13:00', override }));
    expect([after.taken, after.clients.length]).toEqual([50, 50]);
    await world.system.windBy(5 * minute);
    expect(tally(clients.map(({ email }) => mailsTo(email).length))).toEqual({ 2: 50 });
    await mustBeConsistent(world);
    const cancelled = dataOf(await cancel(after, false));
    expect(tally(cancelled.clients.map(({ status }) => status))).toEqual({ cancelled: 50 });
    expect(cancelled.taken).toBe(0);
    await world.system.windBy(5 * minute);
    expect(
      tally(
        clients.map(({ email }) =>
          mailsTo(email)
            .join(', ')
            .replace(/ at [^,]*/g, ''),
        ),
      ),
    ).toEqual({
      'You are booked: Tuesday, January 12, Your new time: Wednesday, January 13, Cancelled: Wednesday, January 13': 50,
    });
    for (const client of [before.clients[0], before.clients[49]])
      expect((await staff.history(client?.appointmentId ?? '')).map(({ type }) => type)).toEqual([
        'appointment.booked',
        'appointment.moved',
        'appointment.cancelled',
      ]);
    expect([world.system.deadLetters(), world.system.failedRecords()]).toEqual([[], []]);
    await mustBeConsistent(world);
  });
});

describe('cancelling a lesson', () => {
  it('keeps its time from being booked anew, until the block is removed', async () => {
    await attend('2027-01-05T10:00', { seats: 2 });
    const { blockId, clients } = dataOf(await cancel(await lessonAt('2027-01-05T10:00')));
    expect(await offered('2027-01-05')).toEqual([]);
    expect((await staff.diary({ date: '2027-01-05' })).blocks.map(({ id, staffId }) => [id, staffId])).toEqual([
      [blockId, 'marco'],
    ]);
    dataOf(await staff.unblock(blockId ?? ''));
    expect(await offered('2027-01-05')).toEqual(['10:00 marco 10']);
    dataOf(await staff.undo(clients[0]?.appointmentId ?? ''));
    expect(await offered('2027-01-05')).toEqual(['10:00 marco 8']);
    const again = dataOf(await cancel(await lessonAt('2027-01-05T10:00'), false));
    expect(again.blockId).toBeUndefined();
    expect(await offered('2027-01-05')).toEqual(['10:00 marco 10']);
    await mustBeConsistent(world);
  });

  it('offers nobody who waits a seat in it', async () => {
    await attend('2027-01-06T10:00', { seats: 10 });
    const client = newcomer();
    dataOf(
      await world.as('reception').addToWaitingList({
        idempotencyKey: freshKey(),
        body: {
          ...{ locationId: 'brooklyn', services: ['yoga'], staff: ['anyone'], client },
          ...{ from: '2027-01-06', to: '2027-01-06' },
        },
      }),
    );
    await world.system.settle();
    const { blockId } = dataOf(await cancel(await lessonAt('2027-01-06T10:00')));
    await world.system.windBy(hour);
    expect(mailsTo(client.email)).toEqual(['You are on our waiting list']);
    dataOf(await staff.unblock(blockId ?? ''));
  });
});

describe('an act on a lesson', () => {
  it('goes by what whoever asks has read, is done once, and answers a repetition alike', async () => {
    await attend('2027-01-19T10:00');
    const before = await lessonAt('2027-01-19T10:00');
    await attend('2027-01-19T10:00');
    const stale = await change(before, { startsAt: '2027-01-19T10:30', override });
    const present = await lessonAt('2027-01-19T10:00');
    expect(stale).toMatchObject({ status: 412, problem: { errors: [{ allowed: [`"${present.version}"`] }] } });
    const key = freshKey();
    const body = { startsAt: '2027-01-19T10:30', override };
    const [one, other] = await Promise.all([change(present, body, key), change(present, body, key)]);
    expect(dataOf(one)).toEqual(dataOf(other));
    expect(dataOf(await change(present, body, key))).toEqual(dataOf(one));
    expect(codeOf(await change(present, { ...body, startsAt: '2027-01-19T11:00' }, key))).toBe('idempotency_mismatch');
    expect(codeOf(await change(present, body))).toBe('not_found');
    await mustBeConsistent(world);
  });

  it('takes all who come, and no seat is sold twice, while others book', async () => {
    await attend('2027-01-20T10:00');
    const before = await lessonAt('2027-01-20T10:00');
    const [acted, ...booked] = await Promise.all([
      change(before, { staffId: 'amina', override }),
      ...Array.from({ length: 12 }, () =>
        book(world.api, {
          services: [{ serviceId: 'yoga', staffId: 'anyone' }],
          startsAt: '2027-01-20T10:00',
          client: newcomer(),
        }),
      ),
    ]);
    expect(['done', 'version_mismatch']).toContain(codeOf(acted));
    const seats = tally(booked.map(codeOf))['done'] ?? 0;
    expect(seats).toBe(9);
    const all = (await lessonsOf('2027-01-20')).filter(({ taken }) => taken > 0);
    expect(all.map(({ taken }) => taken)).toEqual([10]);
    await mustBeConsistent(world);
  });

  it('is not undone by a form that was being filled in', async () => {
    await attend('2027-01-26T10:00');
    const token = dataOf(await world.api.getFormToken({})).formToken;
    const visit = { locationId: 'brooklyn', startsAt: '2027-01-26T10:00', ...yoga };
    dataOf(await world.api.holdTime({ body: { ...visit, formToken: token } }));
    dataOf(await change(await lessonAt('2027-01-26T10:00'), { staffId: 'amina', override }));
    const times = (await takenTimes(world)).filter(({ from }) => from === Date.parse('2027-01-26T15:00Z'));
    expect(times.map(({ lesson }) => lesson)).toEqual(Array(2).fill('yoga/amina/brooklyn'));
    expect(await offered('2027-01-26')).toEqual(['10:00 amina 9']);
    expect(codeOf(await book(world.api, { ...visit, formToken: token, client: newcomer() }))).toBe('time_taken');
    await mustBeConsistent(world);
  });

  it('is refused for what nobody comes to, what is over, what is marked, and by name', async () => {
    const empty = await lessonAt('2027-01-27T10:00');
    expect(codeOf(await cancel(empty))).toBe('not_found');
    expect(codeOf(await cancel({ id: 'yoga.nobody.brooklyn.zzz', version: '1' }))).toBe('not_found');
    expect(codeOf(await cancel({ id: 'yoga', version: '1' }))).toBe('invalid_request');
    await attend('2027-01-27T10:00');
    const lesson = await lessonAt('2027-01-27T10:00');
    expect(await change(lesson, { staffId: 'priya' })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'staffId' }] },
    });
    const { params, ifMatch } = { params: { lessonId: lesson.id }, ifMatch: lesson.version };
    const asked = { params, ifMatch, idempotencyKey: freshKey(), body: { startsAt: '2027-01-27T11:00' } };
    expect((await world.as('staff').changeLesson({ ...asked, body: { ...asked.body, override } })).status).toBe(403);
    expect((await world.as('staff').changeLesson(asked)).status).toBe(403);
    expect((await world.api.changeLesson(asked)).status).toBe(401);
    dataOf(await staff.mark(lesson.clients[0]?.appointmentId ?? '', 'cancelled'));
    expect(codeOf(await cancel(lesson))).toBe('not_found');
  });
});

describe('a timetable that changes', () => {
  it('leaves the free seats of a lesson that is kept on offer, with its teacher', async () => {
    await attend('2027-02-02T10:00', { seats: 2 });
    const { version, value } = await rowOf(world, 'services', 'yoga');
    const timetable = (value.timetable ?? []).map((lesson) =>
      lesson.weekday === 'tue' ? { ...lesson, staff: 'amina', time: '14:00' } : lesson,
    );
    const body = { value: { ...value, timetable } };
    const put = (decision: Record<string, unknown>) =>
      world.as('manager').putService({ params: { id: 'yoga' }, ifMatch: version, body: { ...body, ...decision } });
    expect(codeOf(await put({}))).toBe('appointments_affected');
    dataOf(await put({ decision: 'keep' }));
    await world.system.windBy(2 * minute);
    expect(await offered('2027-02-02')).toEqual(['10:00 marco 8', '14:00 amina 10']);
    await attend('2027-02-02T10:00', { seats: 3 });
    expect(await offered('2027-02-02')).toEqual(['10:00 marco 5', '14:00 amina 10']);
    expect(await offered('2027-02-09')).toEqual(['14:00 amina 10']);
    dataOf(await cancel(await lessonAt('2027-02-02T10:00'), false));
    expect(await offered('2027-02-02')).toEqual(['14:00 amina 10']);
    await mustBeConsistent(world);
  });
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudit } from '../../../shared/audit/audit.ts';
import { createCatalogueReader } from '../../../shared/business/reader.ts';
import { createClients } from '../../../shared/clients/clients.ts';
import { createClient } from '../../../shared/platform/http/client.ts';
import { inProcess } from '../../../shared/platform/http/server.ts';
import { type Random, systemRandom } from '../../../shared/platform/ids.ts';
import { createTable } from '../../../shared/platform/table/table.ts';
import { seriesRoutes } from '../../../shared/series/contract.ts';
import { seriesBindings } from '../../../shared/series/routes.ts';
import { minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, mustBeConsistent, newcomer, rowsOf, tally } from '../../support/world/booking.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
type Desk = ReturnType<World['as']>;
let desk: Desk;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    for (const location of catalogue.locations) {
      if (location.id === 'los-feliz') Object.assign(location, { zone: 'Australia/Sydney', breaks: {}, holidays: [] });
    }
  });
  desk = world.as('reception');
});
afterAll(() => world.system.close());

type Input = Parameters<Desk['bookSeries']>[0]['body'];
const weekly = (count: number, interval = 1) => ({ every: 'weeks' as const, interval, count });
const visit = (startsAt: string, changes: Partial<Input> = {}) => ({
  locationId: 'brooklyn',
  startsAt,
  services: [{ serviceId: 'cut', staffId: 'amina' }],
  rule: weekly(4),
  ...changes,
});
const bookSeries = (startsAt: string, changes: Partial<Input> = {}) =>
  desk.bookSeries({
    idempotencyKey: freshKey(),
    body: { ...visit(startsAt, changes), ...(changes.clientId ? {} : { client: newcomer() }), ...changes },
  });
const starts = ({ occurrences }: { occurrences: readonly { startsAt: string }[] }) =>
  occurrences.map(({ startsAt }) => startsAt);
const statuses = ({ occurrences }: { occurrences: readonly { status: string }[] }) =>
  occurrences.map(({ status }) => status);
const conflictsOf = (outcome: Awaited<ReturnType<typeof bookSeries>>) =>
  outcome.ok ? [] : (outcome.problem.conflicts ?? []).map(({ date, code }) => `${date} ${code}`);

describe('checking a rule', () => {
  it('tells of every appointment whether it is free, why not, and what is near on that day; and changes nothing', async () => {
    await mustBook(world.api, { startsAt: '2026-12-10T10:00' });
    const before = (await rowsOf(world, 'DiaryPage')).length;
    const body = visit('2026-11-26T10:00', { rule: weekly(4) });
    const { occurrences, free, zone } = dataOf(await desk.checkSeries({ body }));
    expect([free, zone]).toEqual([false, 'America/New_York']);
    expect(occurrences.map(({ date, conflict }) => [date, conflict?.code, (conflict?.nearest ?? []).length])).toEqual([
      ['2026-11-26', 'time_unavailable', 0],
      ['2026-12-03', undefined, 0],
      ['2026-12-10', 'time_taken', 5],
      ['2026-12-17', undefined, 0],
    ]);
    expect(occurrences[2]?.conflict?.nearest.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(
      Array(5).fill('2026-12-10'),
    );
    expect(occurrences[1]).toMatchObject({ startsAt: '2026-12-03T10:00:00-05:00', staff: ['amina'] });
    expect((await rowsOf(world, 'DiaryPage')).length).toBe(before);
    expect(await rowsOf(world, 'Series')).toEqual([]);
  });

  it('says that what has passed is not to be had', async () => {
    const { occurrences } = dataOf(await desk.checkSeries({ body: visit('2026-11-17T10:00', { rule: weekly(2) }) }));
    expect(occurrences.map(({ conflict }) => conflict?.code)).toEqual(['time_unavailable', undefined]);
  });
});

describe('booking repeating appointments', () => {
  it('books none where one can’t be had, then those that are skipped or given another time', async () => {
    await mustBook(world.api, { startsAt: '2026-12-08T16:00' });
    const plain = await bookSeries('2026-11-24T16:00');
    expect(plain).toMatchObject({ status: 409, problem: { code: 'series_conflict' } });
    expect(conflictsOf(plain)).toEqual(['2026-12-08 time_taken']);
    expect(await rowsOf(world, 'Series')).toEqual([]);
    await mustBeConsistent(world);

    const skipped = dataOf(await bookSeries('2026-11-24T16:00', { skip: ['2026-12-08'] }));
    expect(starts(skipped).map((text) => text.slice(0, 16))).toEqual([
      '2026-11-24T16:00',
      '2026-12-01T16:00',
      '2026-12-15T16:00',
    ]);
    expect(skipped.occurrences.map(({ index }) => index)).toEqual([0, 1, 2]);
    await mustBook(world.api, { startsAt: '2026-12-09T16:00' });
    const replaced = dataOf(
      await bookSeries('2026-12-02T16:00', {
        at: [{ date: '2026-12-09', startsAt: '2026-12-10T12:15' }],
        rule: weekly(3),
      }),
    );
    expect(starts(replaced)[1]).toBe('2026-12-10T12:15:00-05:00');
    await mustBeConsistent(world);
  });

  it('makes one client, one entry in the timeline, one confirmation, and a reminder for each', async () => {
    const client = newcomer();
    const { id, clientId, occurrences } = dataOf(await bookSeries('2026-12-01T11:30', { client, rule: weekly(6, 2) }));
    await world.system.settle();
    const mails = world.mails().filter(({ to }) => to.includes(client.email));
    expect(mails).toHaveLength(1);
    const entries = (await rowsOf(world, 'TimelineEntry')).filter((entry) => entry['clientId'] === clientId);
    expect(entries.map(({ type }) => type)).toEqual(['series.booked']);
    const reminders = world.system.schedules().map(({ name }) => name);
    expect(occurrences.every(({ appointmentId }) => reminders.includes(`${appointmentId}.reminder`))).toBe(true);
    expect((await rowsOf(world, 'AuditEntry')).filter(({ subject }) => subject === `series/${id}`)).toHaveLength(1);

    const again = dataOf(await desk.getSeries({ params: { seriesId: id } }));
    expect(starts(again)).toEqual(starts({ occurrences }));
    const known = dataOf(await bookSeries('2026-12-01T13:00', { clientId, rule: weekly(2) }));
    expect(known.clientId).toBe(clientId);
  });

  it('is the same answer for the same Idempotency-Key, and one series', async () => {
    const idempotencyKey = freshKey();
    const body = { ...visit('2026-12-03T17:00'), client: newcomer() };
    const [one, other] = await Promise.all([
      desk.bookSeries({ idempotencyKey, body }),
      desk.bookSeries({ idempotencyKey, body }),
    ]);
    expect(dataOf(one)).toEqual(dataOf(other));
    const changed = { ...body, startsAt: '2026-12-03T15:00' };
    expect(await desk.bookSeries({ idempotencyKey, body: changed })).toMatchObject({
      problem: { code: 'idempotency_mismatch' },
    });
  });

  it('never meets itself: two of its own times at once are a conflict', async () => {
    const outcome = await bookSeries('2026-12-04T09:00', {
      rule: weekly(2),
      at: [{ date: '2026-12-11', startsAt: '2026-12-04T09:30' }],
    });
    expect(conflictsOf(outcome)).toEqual(['2026-12-11 time_taken']);
  });

  it('goes no further ahead than anything can be booked, and names no times beyond', async () => {
    const rule = { every: 'months' as const, interval: 12, count: 3 };
    const { problem } = (await bookSeries('2026-12-08T09:00', { rule })) as { problem: { conflicts: unknown } };
    expect(problem.conflicts).toEqual([
      { date: '2028-12-12', startsAt: '2028-12-12T09:00:00-05:00', code: 'time_unavailable', nearest: [] },
    ]);
  });

  it('is refused where one transaction can’t hold it, with how many it can', async () => {
    const fortnightly = { every: 'weeks' as const, interval: 2 };
    const far = await bookSeries('2026-12-05T09:00', { rule: { ...fortnightly, count: 60 } });
    expect(far).toMatchObject({ status: 422, problem: { errors: [{ path: 'rule.count' }] } });
    const wide = await bookSeries('2026-12-05T09:00', { rule: { ...fortnightly, until: '2999-12-31' } });
    expect(wide).toMatchObject({ status: 422, problem: { errors: [{ path: 'rule.until' }] } });
    const close = await bookSeries('2026-12-05T09:00', { rule: { ...fortnightly, count: 47 } });
    expect(close).toMatchObject({ problem: { detail: expect.stringContaining('at most 46 of these') } });
    const most = dataOf(await bookSeries('2026-12-05T09:00', { rule: { ...fortnightly, count: 46 } }));
    expect(most.occurrences).toHaveLength(46);
    expect(starts(most).at(-1)).toBe('2028-08-26T09:00:00-04:00');
    await mustBeConsistent(world);
    const all = dataOf(await desk.cancelSeries({ params: { seriesId: most.id }, body: { scope: 'all' } }));
    expect(new Set(statuses(all))).toEqual(new Set(['cancelled']));
    await mustBeConsistent(world);
  });

  it.each([
    ['rule.week', { rule: { every: 'months' as const, week: 1 as const, count: 3 } }],
    ['rule.week', { rule: { every: 'months' as const, week: 5 as const, count: 3 } }],
    ['rule.day', { rule: { every: 'months' as const, day: 7, count: 3 } }],
    ['rule.day', { rule: { every: 'months' as const, day: 'last' as const, count: 3 } }],
    ['rule.weekdays', { rule: { every: 'weeks' as const, weekdays: ['mon' as const], count: 3 } }],
    ['rule.until', { rule: { every: 'weeks' as const, until: '2026-11-30' } }],
    ['skip[0]', { skip: ['2026-12-09'] }],
    ['at[0].date', { at: [{ date: '2026-12-09', startsAt: '2026-12-09T10:00' }] }],
    ['skip', { rule: weekly(2), skip: ['2026-12-08', '2026-12-15'] }],
    ['services[0].staffId', { services: [{ serviceId: 'cut', staffId: 'priya' }] }],
    ['clientId', { client: undefined, clientId: '0123456789abcdef' }],
  ])('is refused by name: %s', async (path, changes) => {
    const outcome = await bookSeries('2026-12-08T10:00', changes);
    expect(outcome).toMatchObject({ status: 422, problem: { code: 'unprocessable', errors: [{ path }] } });
  });

  it.each([
    ['rule.count', { rule: { every: 'weeks', interval: 1 } }],
    ['rule.count', { rule: { every: 'weeks', interval: 1, count: 2, until: '2027-01-01' } }],
    ['rule.interval', { rule: { every: 'weeks', interval: 13, count: 2 } }],
    ['rule.weekdays', { rule: { every: 'weeks', weekdays: ['tue', 'tue'], count: 2 } }],
    ['rule.weekdays', { rule: { every: 'weeks', weekdays: [], count: 2 } }],
    ['rule.weekdays', { rule: { every: 'months', weekdays: ['tue'], count: 2 } }],
    ['rule.weekday', { rule: { every: 'weeks', weekday: 'tue', count: 2 } }],
    ['rule.day', { rule: { every: 'weeks', day: 31, count: 2 } }],
    ['rule.day', { rule: { every: 'months', day: 32, count: 2 } }],
    ['rule.day', { rule: { every: 'months', day: 8, week: 2, count: 2 } }],
    ['rule.dayOfMonth', { rule: { every: 'months', dayOfMonth: 8, count: 2 } }],
    ['client', { clientId: '0123456789abcdef', client: newcomer() }],
    ['startsAt', { startsAt: '2026-13-08T10:00' }],
    ['at[0].startsAt', { at: [{ date: '2026-12-15', startsAt: '2026-12-15T25:00' }] }],
  ])('is malformed: %s', async (path, changes) => {
    const outcome = await bookSeries('2026-12-08T10:00', changes as Partial<Input>);
    expect(outcome).toMatchObject({ status: 400, problem: { errors: [{ path }] } });
  });

  it('comes on several weekdays, on a day of the month, and on a fifth weekday; the rule is kept as it was asked for', async () => {
    const dates = (series: Parameters<typeof starts>[0]) => starts(series).map((text) => text.slice(0, 10));
    const twice = { every: 'weeks' as const, weekdays: ['thu' as const, 'tue' as const], interval: 2, count: 4 };
    const weekdays = dataOf(await bookSeries('2027-09-07T10:00', { rule: twice }));
    expect(dates(weekdays)).toEqual(['2027-09-07', '2027-09-09', '2027-09-21', '2027-09-23']);
    expect(weekdays.rule).toEqual(twice);
    const last = { every: 'months' as const, interval: 1, day: 31, count: 3 };
    const hours = { hours: true as const };
    const days = dataOf(await bookSeries('2027-07-31T10:00', { rule: last, override: hours }));
    expect(dates(days)).toEqual(['2027-07-31', '2027-08-31', '2027-10-31']);
    expect(dataOf(await desk.getSeries({ params: { seriesId: days.id } })).rule).toEqual(last);
    const fifth = { every: 'months' as const, interval: 1, week: 5 as const, count: 3 };
    const fifths = dataOf(await bookSeries('2027-06-29T14:00', { rule: fifth }));
    expect(dates(fifths)).toEqual(['2027-06-29', '2027-08-31', '2027-11-30']);
    const plain = { every: 'months' as const, count: 3 };
    const asLast = dataOf(await bookSeries('2027-06-29T16:00', { rule: plain }));
    expect([dates(asLast), asLast.rule]).toEqual([
      ['2027-06-29', '2027-07-27', '2027-08-31'],
      { ...plain, interval: 1, week: 'last' },
    ]);
  });

  it('says on which day the clock skips the time', async () => {
    const rule = { every: 'months' as const, day: 14, count: 3 };
    const override = { hours: true as const };
    const outcome = await bookSeries('2027-02-14T02:30', { rule, override });
    expect(conflictsOf(outcome)).toEqual(['2027-03-14 time_missing']);
  });

  it('is for staff alone', async () => {
    const body = { ...visit('2026-12-08T10:00'), client: newcomer() };
    expect(await world.api.bookSeries({ idempotencyKey: freshKey(), body })).toMatchObject({ status: 401 });
  });
});

describe('clock changes', () => {
  it('keep the local time in the north', async () => {
    const spring = dataOf(await bookSeries('2027-03-09T10:00', { rule: weekly(2) }));
    expect(starts(spring)).toEqual(['2027-03-09T10:00:00-05:00', '2027-03-16T10:00:00-04:00']);
    const autumn = dataOf(await bookSeries('2027-11-02T10:00', { rule: weekly(2) }));
    expect(starts(autumn)).toEqual(['2027-11-02T10:00:00-04:00', '2027-11-09T10:00:00-05:00']);
  });

  it('and in the south', async () => {
    const sydney = { locationId: 'los-feliz', services: [{ serviceId: 'cut', staffId: 'sofia' }], rule: weekly(2) };
    const autumn = dataOf(await bookSeries('2027-03-31T10:00', sydney));
    expect(starts(autumn)).toEqual(['2027-03-31T10:00:00+11:00', '2027-04-07T10:00:00+10:00']);
    const spring = dataOf(await bookSeries('2027-09-29T10:00', sydney));
    expect(starts(spring)).toEqual(['2027-09-29T10:00:00+10:00', '2027-10-06T10:00:00+11:00']);
  });

  it('skip a time in spring, which is told, and repeat one in autumn, of which it is the earlier', async () => {
    const night = { override: { hours: true as const }, rule: weekly(3) };
    const missing = await bookSeries('2027-03-07T02:30', night);
    expect(conflictsOf(missing)).toEqual(['2027-03-14 time_missing']);
    expect(missing).toMatchObject({ problem: { conflicts: [{ startsAt: '2027-03-14T02:30:00' }] } });
    const nearest = missing.ok ? [] : (missing.problem.conflicts?.[0]?.nearest ?? []);
    expect(nearest.length).toBeGreaterThan(0);
    const skipped = dataOf(await bookSeries('2027-03-07T02:30', { ...night, skip: ['2027-03-14'] }));
    expect(starts(skipped)).toEqual(['2027-03-07T02:30:00-05:00', '2027-03-21T02:30:00-04:00']);
    const twice = dataOf(await bookSeries('2027-10-31T01:30', night));
    expect(starts(twice)).toEqual([
      '2027-10-31T01:30:00-04:00',
      '2027-11-07T01:30:00-04:00',
      '2027-11-14T01:30:00-05:00',
    ]);
    await mustBeConsistent(world);
  });
});

describe('at once', () => {
  it('of twenty series for the same times one is booked, whole', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => bookSeries('2027-01-04T09:00', { rule: weekly(5) })),
    );
    expect(tally(outcomes.map((outcome) => (outcome.ok ? 'booked' : outcome.problem.code)))).toEqual({
      booked: 1,
      series_conflict: 19,
    });
    await mustBeConsistent(world);
  });

  it('series that cross and single bookings take nothing twice, and none is booked in part', async () => {
    const series = Array.from({ length: 8 }, (_, index) =>
      bookSeries(`2027-02-0${1 + (index % 4)}T${10 + (index % 3)}:00`, {
        rule: { every: 'weeks', interval: 1, count: 4 },
      }),
    );
    const singles = Array.from({ length: 8 }, (_, index) =>
      mustBook(world.api, { startsAt: `2027-02-0${1 + (index % 4)}T10:30` }).catch(() => undefined),
    );
    const outcomes = await Promise.all(series);
    await Promise.all(singles);
    expect(outcomes.some(({ ok }) => ok)).toBe(true);
    expect(new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem.code])))).toEqual(
      new Set(['series_conflict']),
    );
    await mustBeConsistent(world);
    const rows = (await rowsOf(world, 'Appointment')).filter(({ series: part }) => part);
    for (const group of Map.groupBy(rows, ({ series: part }) => (part as { id: string }).id).values()) {
      const [first] = group;
      const { count } = { count: 0, ...(first?.['series'] as object) };
      expect(group).toHaveLength(count);
    }
  });

  it('cancelling and moving the same series mix in no way', async () => {
    const { id } = dataOf(await bookSeries('2027-04-06T10:00', { rule: weekly(6) }));
    const params = { seriesId: id };
    const [cancelled, moved] = await Promise.all([
      desk.cancelSeries({ params, body: { scope: 'all' } }),
      desk.moveSeries({ params, body: { scope: 'all', time: '12:00' } }),
    ]);
    expect([cancelled.ok, moved.ok]).toEqual([true, true]);
    const now = dataOf(await desk.getSeries({ params }));
    expect(new Set(statuses(now))).toEqual(new Set(['cancelled']));
    expect(new Set(starts(now).map((text) => text.slice(11, 16))).size).toBe(1);
    await mustBeConsistent(world);
  });
});

/** The desk's way into a function that is killed after its first transaction. */
const endingHalfway = () => {
  const { tableName, dynamoEndpoint, clock } = world.system;
  const table = createTable(
    tableName,
    new DynamoDBClient({
      endpoint: dynamoEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const { now } = clock;
  /** A single byte is asked for between two attempts. */
  const random: Random = (size) => {
    if (size === 1) throw new Error('killed');
    return systemRandom(size);
  };
  const catalogue = createCatalogueReader(table, now);
  const audit = createAudit(table, random);
  const bindings = seriesBindings({ table, catalogue, clients: createClients(table), audit, now, random });
  const context = { sourceIp: '127.0.0.1', staff: { id: 'desk', roles: ['reception' as const] } };
  return createClient(
    seriesRoutes,
    inProcess(bindings, context, () => {}),
  );
};

describe('the client hears of a series once', () => {
  const byMarco = [{ serviceId: 'cut', staffId: 'marco' }];
  const mailsTo = (client: { email: string }) => world.mails().filter(({ to }) => to.includes(client.email));
  /** What was mailed since the last look, after all has settled. */
  const listening = (client: { email: string }) => {
    let heard = 0;
    return async () => {
      await world.system.settle();
      const all = mailsTo(client).map(({ subject, text }) => `${subject}\n${text}`.replace(/[\u00a0\u202f]/g, ' '));
      const news = all.slice(heard);
      heard = all.length;
      return news;
    };
  };
  const remindersOf = (ids: readonly string[]) =>
    world.system
      .schedules()
      .filter(({ name }) => ids.some((id) => name === `${id}.reminder`))
      .map(({ dueAt }) => new Date(dueAt).toISOString())
      .sort();

  it('when it is moved, and when it is cancelled; of one that changes alone by a message of its own', async () => {
    const client = newcomer();
    const news = listening(client);
    const { id, occurrences } = dataOf(
      await bookSeries('2026-12-15T10:00', { client, services: byMarco, rule: weekly(5) }),
    );
    const ids = occurrences.map(({ appointmentId }) => appointmentId);
    const params = { seriesId: id };
    expect(await news()).toEqual([
      expect.stringContaining('This is the first of 5 appointments:\nTuesday, December 15 at 10:00 AM\n'),
    ]);

    dataOf(await desk.moveSeries({ params, body: { scope: 'all', days: 1, time: '10:30' } }));
    const moved = await news();
    expect(moved).toEqual([expect.stringMatching(/^Your new time: Wednesday,? December 16 at 10:30/)]);
    expect(moved[0]).toMatch(
      /the first of 5 appointments that have been moved:\n(?:.+\n){4}Wednesday, January 13 at 10:30 AM\n\n/,
    );
    expect(remindersOf(ids)).toEqual(
      ['15', '22', '29', '05', '12'].map((date) => expect.stringMatching(new RegExp(`^202\\d-\\d\\d-${date}T15:30`))),
    );

    dataOf(await desk.moveSeries({ params, body: { scope: 'one', appointmentId: ids[2], days: -1 } }));
    const alone = await news();
    expect(alone).toEqual([expect.stringMatching(/^Your new time: Tuesday,? December 29/)]);
    expect(alone[0]).not.toContain('first of');

    dataOf(await desk.moveSeries({ params, body: { scope: 'rest', appointmentId: ids[3], time: '11:00' } }));
    expect(await news()).toEqual([expect.stringContaining('the first of 2 appointments that have been moved')]);

    const rest = { scope: 'rest' as const, appointmentId: ids[1] };
    dataOf(await desk.cancelSeries({ params, body: rest }));
    dataOf(await desk.cancelSeries({ params, body: rest }));
    const cancelled = await news();
    expect(cancelled).toEqual([expect.stringMatching(/^Cancelled: Wednesday,? December 23/)]);
    expect(cancelled[0]).toMatch(
      /the first of 4 appointments that have been cancelled:\n(?:.+\n){3}Wednesday, January 13 at 11:00 AM\n\n/,
    );
    expect(remindersOf(ids)).toHaveLength(1);

    dataOf(await desk.undoMark({ params: { appointmentId: ids[2] ?? '' } }));
    const again = await news();
    expect(again).toEqual([expect.stringMatching(/^You are booked: Tuesday,? December 29/)]);
    expect(again[0]).not.toContain('first of');
    dataOf(await desk.cancelSeries({ params, body: { scope: 'one', appointmentId: ids[2] } }));
    expect(await news()).toEqual([expect.not.stringContaining('first of')]);
  });

  /** Two people for each appointment, so that one transaction can't cancel them all. */
  const bookWide = async (client: ReturnType<typeof newcomer>) => {
    const at = (first: string, second: string) => [
      { serviceId: 'cut', staffId: first },
      { serviceId: 'blow-dry', staffId: second },
    ];
    const override = { hours: true as const };
    const rule = weekly(44, 2);
    const booked = dataOf(
      await bookSeries('2026-12-19T13:00', { client, services: at('amina', 'amina'), rule, override }),
    );
    const params = { seriesId: booked.id };
    const ids = booked.occurrences.map(({ appointmentId }) => appointmentId);
    for (const half of [ids.slice(22), ids.slice(0, 22)])
      dataOf(
        await desk.moveSeries({
          params,
          body: { scope: 'all', services: at('amina', 'marco'), skip: half, override },
        }),
      );
    return { params, body: { scope: 'all' as const }, booked };
  };
  /** As many as each transaction says that it cancelled. */
  const audited = async ({ id }: { id: string }) =>
    (await rowsOf(world, 'AuditEntry'))
      .filter(({ subject, action }) => subject === `series/${id}` && action === 'series.cancelled')
      .map(({ details }) => Number((details as { count: string }).count));

  it('also where cancelling takes several transactions', async () => {
    const client = newcomer();
    const news = listening(client);
    const { params, body, booked } = await bookWide(client);
    // Of the booking, and of each half that somebody else than she asked for will serve.
    expect((await news()).length).toBeLessThanOrEqual(3);
    const all = dataOf(await desk.cancelSeries({ params, body }));
    expect(new Set(statuses(all))).toEqual(new Set(['cancelled']));
    const counts = await audited(booked);
    expect([counts.length, counts.reduce((sum, count) => sum + count, 0)]).toEqual([2, 44]);
    await world.system.windBy(2 * minute);
    expect(await news()).toEqual([expect.stringContaining('the first of 44 appointments that have been cancelled')]);
    await mustBeConsistent(world);
  });

  it('of what was really cancelled where that ends halfway, and of the others when it is done again', async () => {
    const client = newcomer();
    const news = listening(client);
    const { params, body, booked } = await bookWide(client);
    // Of the booking, and of each half that somebody else than she asked for will serve.
    expect((await news()).length).toBeLessThanOrEqual(3);
    const halfway = await endingHalfway().cancelSeries({ params, body });
    expect(halfway).toMatchObject({ status: 500 });
    const states = statuses(dataOf(await desk.getSeries({ params })));
    const done = states.filter((status) => status === 'cancelled').length;
    expect([done > 0, done < 44, states.lastIndexOf('cancelled')]).toEqual([true, true, done - 1]);
    expect(await news()).toEqual([]);
    await world.system.windBy(2 * minute);
    const last = new Intl.DateTimeFormat('en-US', { day: 'numeric', month: 'long', timeZone: 'America/New_York' });
    const until = (index: number) => last.format(Date.parse(booked.occurrences[index]?.startsAt ?? ''));
    const listUntil = (count: number, date: string) =>
      new RegExp(
        `the first of ${count} appointments that have been cancelled:\\n(?:.+\\n){${count - 1}}.+, ${date}(?:, \\d{4})? at .*\\n\\n`,
      );
    const told = await news();
    expect(told).toEqual([expect.stringMatching(listUntil(done, until(done - 1)))]);

    dataOf(await desk.cancelSeries({ params, body }));
    dataOf(await desk.cancelSeries({ params, body }));
    await world.system.windBy(2 * minute);
    expect(await news()).toEqual([expect.stringMatching(listUntil(44 - done, until(43)))]);
    expect(await audited(booked)).toEqual(expect.arrayContaining([done, 44 - done]));
    await mustBeConsistent(world);
  });

  it('by the one that comes first, whatever its place in the row was; what only changes is not counted', async () => {
    const client = newcomer();
    const news = listening(client);
    const { id, occurrences } = dataOf(
      await bookSeries('2026-12-14T14:00', { client, services: byMarco, rule: weekly(3) }),
    );
    const [first, , third] = occurrences.map(({ appointmentId }) => appointmentId);
    const params = { seriesId: id };
    expect(await news()).toHaveLength(1);
    dataOf(await desk.moveSeries({ params, body: { scope: 'one', appointmentId: first, days: 21, time: '15:00' } }));
    expect(await news()).toHaveLength(1);
    const skip = [third ?? ''];
    dataOf(await desk.moveSeries({ params, body: { scope: 'all', time: '15:00', skip: [first ?? '', ...skip] } }));
    expect(await news()).toEqual([expect.not.stringContaining('first of')]);
    dataOf(await desk.moveSeries({ params, body: { scope: 'all', time: '15:00' } }));
    expect(await news()).toEqual([expect.not.stringContaining('first of')]);
    dataOf(await desk.moveSeries({ params, body: { scope: 'all', time: '16:00' } }));
    const moved = await news();
    expect(moved).toEqual([expect.stringMatching(/^Your new time: Monday,? December 21 at 4:00/)]);
    expect(moved[0]).toMatch(
      /the first of 3 appointments that have been moved:\nMonday, December 21 .*\n.+\nMonday, January 4 /,
    );
  });
});

describe('changing what is booked', () => {
  it('cancels one, then the rest, then nothing more; a second time changes nothing', async () => {
    const { id, occurrences } = dataOf(await bookSeries('2027-05-04T10:00', { rule: weekly(5) }));
    const params = { seriesId: id };
    const nth = (index: number) => occurrences[index]?.appointmentId ?? '';
    const one = { scope: 'one' as const, appointmentId: nth(1) };
    const after = dataOf(await desk.cancelSeries({ params, body: one }));
    expect(statuses(after)).toEqual(['pending', 'cancelled', 'pending', 'pending', 'pending']);
    expect(dataOf(await desk.cancelSeries({ params, body: one })).version).toBe(after.version);
    const rest = dataOf(await desk.cancelSeries({ params, body: { scope: 'rest', appointmentId: nth(3) } }));
    expect(statuses(rest)).toEqual(['pending', 'cancelled', 'pending', 'cancelled', 'cancelled']);
    await mustBeConsistent(world);
    const unknown = { scope: 'one' as const, appointmentId: '0123456789abcdef' };
    expect(await desk.cancelSeries({ params, body: unknown })).toMatchObject({ status: 404 });
    expect(await desk.cancelSeries({ params: { seriesId: nth(0) }, body: { scope: 'all' } })).toMatchObject({
      status: 404,
    });
    expect(await desk.cancelSeries({ params, body: { scope: 'rest' } })).toMatchObject({ status: 400 });
  });

  it('moves the rest to another time by the clock, each of it or none, and says first what is in the way', async () => {
    const { id, occurrences } = dataOf(await bookSeries('2027-03-02T15:00', { rule: weekly(4) }));
    const params = { seriesId: id };
    await mustBook(world.api, { startsAt: '2027-03-16T17:00' });
    const body = { scope: 'rest' as const, appointmentId: occurrences[1]?.appointmentId, time: '17:00' };
    const seen = dataOf(await desk.moveSeries({ params, body: { ...body, check: true } }));
    expect(seen.moved).toBe(false);
    expect(seen.occurrences.map(({ startsAt, conflict }) => [startsAt, conflict?.code])).toEqual([
      ['2027-03-09T17:00:00-05:00', undefined],
      ['2027-03-16T17:00:00-04:00', 'time_taken'],
      ['2027-03-23T17:00:00-04:00', undefined],
    ]);
    const refused = await desk.moveSeries({ params, body });
    const inTheWay = occurrences[2]?.appointmentId;
    expect(refused).toMatchObject({
      status: 409,
      problem: { code: 'series_conflict', conflicts: [{ appointmentId: inTheWay, code: 'time_taken' }] },
    });
    expect(starts(dataOf(await desk.getSeries({ params })))).toEqual(starts({ occurrences }));

    expect(dataOf(await desk.moveSeries({ params, body: { ...body, skip: [inTheWay ?? ''] } })).moved).toBe(true);
    expect(starts(dataOf(await desk.getSeries({ params })))).toEqual([
      '2027-03-02T15:00:00-05:00',
      '2027-03-09T17:00:00-05:00',
      '2027-03-16T15:00:00-04:00',
      '2027-03-23T17:00:00-04:00',
    ]);
    await mustBeConsistent(world);
  });

  it('moves all by a week onto its own times, and to another person', async () => {
    const { id } = dataOf(await bookSeries('2027-06-01T10:00', { rule: weekly(4) }));
    const params = { seriesId: id };
    const body = { scope: 'all' as const, days: 7, services: [{ serviceId: 'cut', staffId: 'marco' }] };
    dataOf(await desk.moveSeries({ params, body }));
    const moved = dataOf(await desk.getSeries({ params }));
    expect(moved.occurrences.map(({ startsAt, services: [line] }) => `${startsAt} ${line?.staff.id}`)).toEqual([
      '2027-06-08T10:00:00-04:00 marco',
      '2027-06-15T10:00:00-04:00 marco',
      '2027-06-22T10:00:00-04:00 marco',
      '2027-06-29T10:00:00-04:00 marco',
    ]);
    await mustBeConsistent(world);
    const dayOff = { scope: 'all' as const, days: 3 };
    expect(await desk.moveSeries({ params, body: dayOff })).toMatchObject({ problem: { code: 'series_conflict' } });
    dataOf(await desk.moveSeries({ params, body: { ...dayOff, override: { hours: true } } }));
    await mustBeConsistent(world);
  });

  it('is refused where one transaction can’t hold it; in two steps it can be done', async () => {
    const { id, occurrences } = dataOf(await bookSeries('2026-12-06T12:00', { rule: weekly(40, 2) }));
    const params = { seriesId: id };
    const body = { scope: 'all' as const, days: 1, time: '07:00', override: { hours: true as const } };
    const refused = await desk.moveSeries({ params, body });
    expect(refused).toMatchObject({ status: 422, problem: { errors: [{ path: 'skip' }] } });
    const most = Number(/at most (\d+)/.exec(refused.ok ? '' : (refused.problem.detail ?? ''))?.[1]);
    expect(most).toBeGreaterThan(20);
    const ids = occurrences.map(({ appointmentId }) => appointmentId);
    dataOf(await desk.moveSeries({ params, body: { ...body, skip: ids.slice(most) } }));
    dataOf(await desk.moveSeries({ params, body: { ...body, skip: ids.slice(0, most) } }));
    const moved = dataOf(await desk.getSeries({ params }));
    expect(new Set(starts(moved).map((text) => new Date(text.slice(0, 10)).getUTCDay()))).toEqual(new Set([1]));
    await mustBeConsistent(world);
  });

  it('leaves what the client changed by a link to the client, and what is over as it was', async () => {
    const client = newcomer();
    const { id } = dataOf(await bookSeries('2026-11-23T12:30', { client, rule: weekly(3) }));
    await world.system.settle();
    const mail = world.mails().find(({ to }) => to.includes(client.email));
    const token = /\/a\/([\w-]{44})/.exec(mail?.text ?? '')?.[1] ?? '';
    const params = { seriesId: id };
    dataOf(await world.api.cancelByLink({ params: { token } }));
    expect(statuses(dataOf(await desk.getSeries({ params })))).toEqual(['cancelled', 'pending', 'pending']);
    await world.system.windTo(Date.parse('2026-11-30T18:00:00Z'));
    dataOf(await desk.moveSeries({ params, body: { scope: 'all', time: '11:00' } }));
    expect(starts(dataOf(await desk.getSeries({ params }))).map((text) => text.slice(5, 16))).toEqual([
      '11-23T12:30',
      '11-30T12:30',
      '12-07T11:00',
    ]);
    const all = dataOf(await desk.cancelSeries({ params, body: { scope: 'all' } }));
    expect(statuses(all)).toEqual(['cancelled', 'pending', 'cancelled']);
    expect(
      await desk.cancelSeries({ params, body: { scope: 'one', appointmentId: all.occurrences[1]?.appointmentId } }),
    ).toMatchObject({ status: 409, problem: { code: 'status_conflict' } });
    await mustBeConsistent(world);
  });
});

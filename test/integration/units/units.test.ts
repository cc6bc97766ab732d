import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manageToken } from '../../../shared/booking/appointments/view.ts';
import { transact } from '../../../shared/platform/table/transact.ts';
import { day } from '../../../shared/platform/time/time.ts';
import { reviewToken } from '../../../shared/reviews/token.ts';
import { waitingToken } from '../../../shared/waiting-list/view.ts';
import { dataOf } from '../../support/outcomes.ts';
import { openSalon, people, type Salon, start } from '../../support/world/use-cases.ts';
import { meterOf, type Units } from './meter.ts';

let salon: Salon;
let meter: ReturnType<typeof meterOf>;
const rows: { pattern: string; keys: string; units: Units }[] = [];

const week = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'];
const fullDay = ['09:00', '10:15', '11:30', '12:45', '14:00', '15:15', '16:30', '17:45'];

/** Whether the engine counts units as the figures here do: one that `DYNAMODB_ENDPOINT` names has a way of its own. */
const countsUnits = !process.env['DYNAMODB_ENDPOINT'];

/** Half an hour in which nothing of the week's diary lies: on days that follow it. */
const later = (hour: number) => `2026-12-08T${String(hour).padStart(2, '0')}:00`;

/** As Biome would format it; the last three columns are numbers. */
const markdown = ([head = [], ...body]: string[][]): string => {
  const isNumber = (column: number) => column >= 2;
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    isNumber(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  const rule = widths.map((width, column) => (isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [head.map(cell), rule, ...body.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |\n`).join('');
};

beforeAll(async () => {
  salon = await openSalon();
  for (const date of week.slice(0, 6)) {
    for (const person of people) {
      // Tuesday is full; the other days miss a time here and there.
      const times =
        date === '2026-11-24' ? fullDay : fullDay.filter((_, index) => (index + people.indexOf(person)) % 4 > 0);
      for (const time of times) await (await salon.book(`${date}T${time}`, person))();
    }
  }
  await salon.catalogue.recent();
  meter = meterOf(salon.client);
}, 120_000);
afterAll(() => salon.close());

const root = join(import.meta.dirname, '..', '..', '..');
const measured = (): string =>
  markdown([
    ['pattern', 'keys', 'requests', 'read units', 'write units'],
    ...rows.map(({ pattern, keys, units: { requests, read, write } }) => [
      pattern,
      keys,
      ...[requests, read, write].map(String),
    ]),
  ]);

/** Measures one access pattern and holds it to what it may cost. */
const costs = async <T>(
  pattern: string,
  keys: string,
  most: { read: number; write: number },
  work: () => Promise<T>,
): Promise<T> => {
  const { units, value } = await meter.measure(work);
  rows.push({ pattern, keys, units });
  if (countsUnits) {
    expect(units, `${pattern}: ${JSON.stringify(units)}`).toSatisfy(
      ({ read, write }: Units) => read <= most.read && write <= most.write,
    );
  }
  return value;
};

describe('the catalogue', () => {
  test('is read whole by a function that starts', async () => {
    await costs('Catalogue, at a function’s start', '`BUSINESS` (query)', { read: 6, write: 0 }, () =>
      salon.freshCatalogue().recent(),
    );
  });

  test('costs a warm function nothing to show and one read to act upon', async () => {
    await costs('Catalogue, less than a minute old', 'memory', { read: 0, write: 0 }, () => salon.catalogue.recent());
    await costs('Catalogue, whether it still holds', '`BUSINESS`, `settings#settings`', { read: 1, write: 0 }, () =>
      salon.catalogue.current(),
    );
  });

  test('is looked at, not read again, when a minute has passed', async () => {
    salon.setClock(start + 120_000);
    const { units } = await meter.measure(() => salon.catalogue.recent());
    expect(units).toEqual({ requests: 1, read: countsUnits ? 1 : expect.any(Number), write: 0 });
    const again = await meter.measure(() => salon.catalogue.recent());
    expect(again.units.requests).toBe(0);
    salon.setClock(start);
    await salon.catalogue.current();
  });
});

describe('availability', () => {
  const find = (query: Record<string, string>) =>
    salon.visitor().getAvailability({
      query: { location: 'brooklyn', services: 'cut', from: week[0] ?? '', to: week[6] ?? '', ...query },
    });
  const diary = '`DIARY#location#Monday`, `date#person` (query by four weeks)';

  test('of five people over a week costs a handful of reads', async () => {
    const { days } = dataOf(
      await costs('Availability, five people, seven days', diary, { read: 8, write: 0 }, () => find({})),
    );
    expect(days.map(({ times }) => times.length > 0)).toEqual([true, false, true, true, true, true, true]);
  });

  test('of one person over 62 days costs no more', async () => {
    await costs('Availability, one person, 62 days', diary, { read: 16, write: 0 }, () =>
      find({ staff: 'amina', to: '2027-01-23' }),
    );
  });
});

describe('booking', () => {
  const keys =
    '`IDEMPOTENCY#key`, `BUSINESS`, `ATTEMPTS#address`, `DIARY#…`, `LOOKUP#address`, `APPOINTMENT#id`, `CLIENT#id`, `ONLINE#date` (transaction)';
  const consent = (channel: 'email' | 'sms') => ({
    channel,
    purpose: 'marketing' as const,
    words: 'Tell me when it is time to come back, with news and offers now and then.',
  });

  test('a form costs nothing once the key is known', async () => {
    await costs('Form token', 'memory', { read: 0, write: 0 }, () => salon.visitor().getFormToken({}));
  });

  test('by a new client', async () => {
    await costs('Booking, new client', keys, { read: 8, write: 20 }, await salon.book(later(9), 'amina'));
  });

  test('by a new client who ticks both boxes', async () => {
    const booking = await salon.book(later(11), 'amina', { consents: [consent('email'), consent('sms')] });
    await costs('Booking, new client, two consents', keys, { read: 8, write: 24 }, booking);
  });

  test('by a known client', async () => {
    const client = { firstName: 'Nadia', phone: '+17185559999', email: 'known@example.com', language: 'en' };
    await (await salon.book(later(13), 'amina', { client }))();
    await costs(
      'Booking, known client',
      keys,
      { read: 9, write: 14 },
      await salon.book(later(15), 'amina', { client }),
    );
  });

  test('of a time that is taken is refused without a write but the one that counts attempts', async () => {
    const booking = await salon.book(later(9), 'amina');
    await costs('Booking, time taken', keys, { read: 12, write: 2 }, () => booking().catch(() => undefined));
  });
});

describe('an appointment by its link', () => {
  const appointment = '`APPOINTMENT#id`';
  const changing = '`BUSINESS`, `APPOINTMENT#id`, `CLIENT#id` (transaction)';
  const withDiary = '`BUSINESS`, `APPOINTMENT#id`, `DIARY#…`, `CLIENT#id` (transaction)';
  let token: string;
  beforeAll(async () => {
    const booked = await (await salon.book('2026-12-09T10:00', 'amina'))();
    token = booked.token;
  });

  test('is seen with one read', async () => {
    await costs('Appointment by link', appointment, { read: 1, write: 0 }, () =>
      salon.visitor().getByLink({ params: { token }, query: {} }),
    );
  });
  test('is confirmed', async () => {
    await costs('Confirm by link', changing, { read: 3, write: 8 }, async () =>
      dataOf(await salon.visitor().confirmByLink({ params: { token } })),
    );
  });
  test('is confirmed twice for the price of looking, and of counting', async () => {
    await costs('Confirm again', changing, { read: 3, write: 2 }, async () =>
      dataOf(await salon.visitor().confirmByLink({ params: { token } })),
    );
  });
  test('is moved to another day', async () => {
    await costs('Move by link', withDiary, { read: 6, write: 17 }, async () =>
      dataOf(await salon.visitor().moveByLink({ params: { token }, body: { startsAt: '2026-12-10T11:00' } })),
    );
  });
  test('is cancelled', async () => {
    await costs('Cancel by link', withDiary, { read: 4, write: 10 }, async () =>
      dataOf(await salon.visitor().cancelByLink({ params: { token } })),
    );
  });
});

describe('repeating appointments', () => {
  const keys =
    '`IDEMPOTENCY#key`, `BUSINESS`, `LOOKUP#address`, `DIARY#…`, `APPOINTMENT#id`, `SERIES#id`, `CLIENT#id`, `AUDIT#date`';
  const twelve = {
    locationId: 'brooklyn',
    startsAt: '2027-02-02T09:00',
    services: [{ serviceId: 'cut', staffId: 'amina' }],
    rule: { every: 'weeks' as const, interval: 1, count: 12 },
  };

  test('are checked, booked, moved and cancelled, twelve at once', async () => {
    await costs('Series of 12, checked', '`BUSINESS`, `DIARY#…`', { read: 14, write: 0 }, async () =>
      dataOf(await salon.owner.checkSeries({ body: twelve })),
    );
    const client = { firstName: 'Nadia', phone: '+17185557001', email: 'series@example.com', language: 'en' as const };
    const { id } = await costs('Series of 12, new client', keys, { read: 40, write: 130 }, async () =>
      dataOf(await salon.owner.bookSeries({ idempotencyKey: randomUUID(), body: { ...twelve, client } })),
    );
    const params = { seriesId: id };
    await costs('Series of 12 seen', '`SERIES#id`, `APPOINTMENT#id`', { read: 14, write: 0 }, async () =>
      dataOf(await salon.owner.getSeries({ params })),
    );
    await costs('Series of 12 moved', keys, { read: 45, write: 180 }, async () =>
      dataOf(await salon.owner.moveSeries({ params, body: { scope: 'all', days: 1 } })),
    );
    await costs('Series of 12 cancelled', keys, { read: 45, write: 130 }, async () =>
      dataOf(await salon.owner.cancelSeries({ params, body: { scope: 'all' } })),
    );
  });
});

describe('the waiting list', () => {
  const keys = '`WAITING#id`, `DIARY#…` (transaction)';
  const day = '2027-01-12';

  test('is joined, offers a freed time, and is booked from', async () => {
    const taken = await (await salon.book(`${day}T10:00`, 'amina'))();
    const { formToken } = dataOf(await salon.visitor().getFormToken({}));
    const client = { firstName: 'Nadia', phone: '+17185557002', email: 'waits@example.com', language: 'en' as const };
    const wish = { locationId: 'brooklyn', services: ['cut'], staff: ['amina'], from: day, to: day };
    const timesOfDay = { from: '10:00', until: '10:15' };
    const joined = await costs(
      'Waiting list joined, new client',
      '`IDEMPOTENCY#key`, `BUSINESS`, `ATTEMPTS#address`, `LOOKUP#address`, `DIARY#…`, `WAITING-CROWD#…`, `WAITING#id`, `CLIENT#id`',
      { read: 9, write: 20 },
      async () =>
        dataOf(
          await salon.visitor().joinWaitingList({
            idempotencyKey: randomUUID(),
            body: { ...wish, timesOfDay, client, formToken },
          }),
        ),
    );
    const zone = 'America/New_York';
    const params = { token: await waitingToken(salon.tokens, { id: joined.id, to: day, zone, createdAt: 0 }, 'email') };
    await costs(
      'Waiting list, address proved',
      '`WAITING#id`, `CLIENT#id`, `SUPPRESSED#hash`, byClient: `WAITING#client`',
      { read: 12, write: 12 },
      async () => dataOf(await salon.visitor().stayOnWaitingList({ params })),
    );
    dataOf(await salon.visitor().cancelByLink({ params: { token: taken.token } }));
    const from = Date.parse(taken.startsAt);
    const span = { from, until: from + 70 * 60_000 };
    const times = [{ ownerId: 'amina', ...span }];
    const freed = { kind: 'freed' as const, locationId: 'brooklyn', ...span, times, gap: `${taken.id}.2` };
    const query = 'byLocation: `WAITING#location` (query)';
    await costs('Freed time offered', `${query}, ${keys}, \`ASKED#release\``, { read: 6, write: 14 }, () =>
      salon.waitingOffers.freed(freed),
    );
    await costs('Freed time that suits nobody', query, { read: 3, write: 0 }, () => salon.waitingOffers.freed(freed));
    const { offer } = await costs(
      'Waiting by link',
      '`WAITING#id`, `SUPPRESSED#hash`',
      { read: 3, write: 0 },
      async () => dataOf(await salon.visitor().getWaiting({ params, query: {} })),
    );
    await costs('Offer taken', `${keys}, \`APPOINTMENT#id\`, \`CLIENT#id\``, { read: 8, write: 22 }, async () =>
      dataOf(await salon.visitor().takeOffer({ params, body: { offerId: offer?.id ?? '' } })),
    );
  });
});

describe('staff', () => {
  test('see a full day', async () => {
    const { appointments } = dataOf(
      await costs(
        'Diary of a day, 40 appointments',
        'byLocation: `APPOINTMENTS#location#date` (2 queries, with the day before)',
        { read: 9, write: 0 },
        () => salon.owner.getDiary({ query: { locationId: 'brooklyn', date: '2026-11-24' } }),
      ),
    );
    expect(appointments).toHaveLength(40);
  });

  test('ask what has changed of it', async () => {
    const date = '2026-11-24';
    const all = dataOf(await salon.owner.getDiary({ query: { locationId: 'brooklyn', date } }));
    salon.setClock(start + 60_000);
    const { appointments } = dataOf(
      await costs(
        'Diary of a day, what has changed since',
        'byLocation: `APPOINTMENTS#location#date` (2 queries, with the day before)',
        { read: 9, write: 0 },
        () => salon.owner.getDiary({ query: { locationId: 'brooklyn', date, since: new Date(start).toISOString() } }),
      ),
    );
    expect(appointments.length).toBeLessThanOrEqual(all.appointments.length);
    salon.setClock(start);
    await salon.catalogue.current();
  });

  test('see a month', async () => {
    const { appointments } = dataOf(
      await costs(
        'Diary of 31 days, 220 appointments',
        'byLocation: `APPOINTMENTS#location#date` (31 queries), `AUDIT#READS#date`',
        { read: 50, write: 1 },
        () => salon.owner.getDiary({ query: { locationId: 'brooklyn', from: '2026-11-23', to: '2026-12-23' } }),
      ),
    );
    expect(appointments.length).toBeGreaterThan(180);
  });

  const deskKeys =
    '`IDEMPOTENCY#key`, `BUSINESS`, `DIARY#…`, `LOOKUP#address`, `APPOINTMENT#id`, `CLIENT#id`, `AUDIT#date`';
  const atDesk = async (startsAt: string, phone: string) =>
    dataOf(
      await salon.owner.bookAtDesk({
        idempotencyKey: randomUUID(),
        body: {
          locationId: 'brooklyn',
          startsAt,
          services: [{ serviceId: 'cut', staffId: 'marco' }],
          client: { firstName: 'Nadia', phone },
        },
      }),
    );

  test('book at the desk', async () => {
    await costs('Booking at the desk, new client', deskKeys, { read: 8, write: 20 }, () =>
      atDesk(later(9), '+17185558001'),
    );
    await costs('Booking at the desk, known client', deskKeys, { read: 9, write: 14 }, () =>
      atDesk(later(11), '+17185558001'),
    );
  });

  test('change, cancel and undo', async () => {
    const { id, version } = await atDesk(later(13), '+17185558002');
    const params = { appointmentId: id };
    const keys = '`BUSINESS`, `APPOINTMENT#id`, `DIARY#…`, `CLIENT#id`, `AUDIT#date` (transaction)';
    await costs('Change by staff, to another person', keys, { read: 5, write: 16 }, async () =>
      dataOf(
        await salon.owner.changeAppointment({
          params,
          ifMatch: version,
          body: { services: [{ serviceId: 'cut', staffId: 'nina' }] },
        }),
      ),
    );
    await costs('Cancel by staff', keys, { read: 5, write: 14 }, async () =>
      dataOf(await salon.owner.markAppointment({ params, body: { status: 'cancelled' } })),
    );
    await costs('Undo of a cancelling', keys, { read: 5, write: 14 }, async () =>
      dataOf(await salon.owner.undoMark({ params })),
    );
    await costs('Appointment by staff', '`APPOINTMENT#id`', { read: 1, write: 0 }, async () =>
      dataOf(await salon.owner.getAppointment({ params })),
    );
    await costs(
      'History of an appointment',
      '`APPOINTMENT#id`, `CLIENT#id`, `EVENT#…` (query), `STAFF-NAMES` (query)',
      { read: 3, write: 0 },
      async () => dataOf(await salon.owner.getAppointmentHistory({ params })),
    );
  });

  test('block an hour', async () => {
    const keys = '`IDEMPOTENCY#key`, `BUSINESS`, `DIARY#…`, `BLOCK#id`, `AUDIT#date` (transaction)';
    const block = await costs('Block an hour', keys, { read: 5, write: 12 }, async () =>
      dataOf(
        await salon.owner.createBlock({
          idempotencyKey: randomUUID(),
          body: { staffId: 'oscar', from: later(12), until: later(13) },
        }),
      ),
    );
    await costs('Unblock it', keys, { read: 5, write: 12 }, async () =>
      dataOf(await salon.owner.removeBlock({ params: { blockId: block.id } })),
    );
  });

  test('see and lift what a client did not come to', async () => {
    const { clientId } = await atDesk(later(15), '+17185558003');
    await costs(
      'Client',
      '`CLIENT#id`, `SUPPRESSED#hash`, `AUDIT#READS#date`, `CARDS-READ#sub`',
      { read: 3, write: 2 },
      async () => dataOf(await salon.owner.getClient({ params: { clientId } })),
    );
    await transact(salon.table, [salon.clients.countNoShow(clientId, 1)]);
    await costs(
      'No-shows lifted',
      '`CLIENT#id`, `SUPPRESSED#hash`, `AUDIT#date` (transaction)',
      { read: 6, write: 8 },
      async () => dataOf(await salon.owner.liftNoShows({ params: { clientId } })),
    );
  });

  test('mark an appointment', async () => {
    const booked = await (await salon.book('2026-12-11T10:00', 'amina'))();
    salon.setClock(Date.parse('2026-12-11T16:00:00Z'));
    await salon.catalogue.recent();
    await costs('Mark completed', '`APPOINTMENT#id`, `CLIENT#id` (transaction)', { read: 2, write: 8 }, async () =>
      dataOf(
        await salon.owner.markAppointment({ params: { appointmentId: booked.id }, body: { status: 'completed' } }),
      ),
    );
    salon.setClock(start);
    await salon.catalogue.current();
  });
});

describe('messages', () => {
  let booked: Awaited<ReturnType<Salon['appointments']['need']>>;
  beforeAll(async () => {
    const { id } = await (
      await salon.book('2026-12-12T10:00', 'amina', {
        consents: [{ channel: 'email', purpose: 'marketing', words: 'Yes, please.' }],
      })
    )();
    booked = await salon.appointments.need(id);
  });

  test('are planned from a record of the stream', async () => {
    await costs('Plan of one record (booked)', '`APPOINTMENT#id`', { read: 3, write: 0 }, () =>
      Promise.all(salon.followers.map(({ changed }) => changed(undefined, booked))),
    );
  });

  test('are delivered', async () => {
    const message = {
      kind: 'touchpoint',
      appointmentId: booked.id,
      touchpointId: 'confirmation',
      sequence: 0,
    } as const;
    const keys = '`APPOINTMENT#id`, `SUPPRESSED#hash`, `CLIENT#id`, `MESSAGE#purpose`';
    expect(await costs('Delivery of one message', keys, { read: 4, write: 3 }, () => salon.deliver(message))).toBe(
      'sent',
    );
    expect(await costs('Delivery that comes again', keys, { read: 4, write: 0 }, () => salon.deliver(message))).toBe(
      'done',
    );
  });

  test('of a client are listed', async () => {
    const { messages } = dataOf(
      await costs('Messages of a client', '`CLIENT#id`, `MESSAGE#…` (query)', { read: 1, write: 0 }, () =>
        salon.owner.listMessages({ params: { clientId: booked.clientId }, query: {} }),
      ),
    );
    expect(messages).toHaveLength(1);
  });

  test('are stopped', async () => {
    const token = await salon.tokens.sign('stop-email', booked.id, start + 30 * day);
    await costs(
      'Unsubscribe from everything',
      '`APPOINTMENT#id`, `CLIENT#id`, `CONSENT#…`, `SUPPRESSED#hash`',
      { read: 5, write: 5 },
      async () => dataOf(await salon.visitor().unsubscribe({ params: { token }, body: { scope: 'all' } })),
    );
  });
});

describe('reviews', () => {
  const completed = async (startsAt: string, person: string) => {
    const booked = await (await salon.book(startsAt, person))();
    await salon.appointments.change(booked.id, { id: 'staff' }, (current) => ({
      to: { ...current, status: 'completed', completedAt: start, updatedAt: start },
      event: 'appointment.completed',
    }));
    return booked;
  };
  const write = async (token: string, staffId: string, score = 4) =>
    dataOf(
      await salon.visitor().putReviewByLink({
        params: { token },
        body: {
          ratings: [{ staffId, score }],
          words: 'Lovely cut, friendly people, a little late. I will come again next month.',
        },
      }),
    );

  test('are written and changed', async () => {
    const booked = await completed('2026-12-14T10:00', 'amina');
    const token = await reviewToken(salon.tokens, { id: booked.id, endsAt: Date.parse(booked.endsAt) }, 'email');
    const keys = '`APPOINTMENT#id`, `REVIEW`, `CLIENT#id` (transaction), `SUPPRESSED#hash`';
    await costs('Review written', keys, { read: 4, write: 8 }, () => write(token, 'amina'));
    await costs('Review changed', keys, { read: 5, write: 8 }, () => write(token, 'amina', 5));
  });

  test('of a month are listed', async () => {
    for (const person of people) {
      for (const time of fullDay) {
        const booked = await completed(`2026-12-15T${time}`, person);
        await write(
          await reviewToken(salon.tokens, { id: booked.id, endsAt: Date.parse(booked.endsAt) }, 'email'),
          person,
        );
      }
    }
    const { reviews } = dataOf(
      await costs('Reviews of a month, 41', 'byLocation: `REVIEWS#location#month` (query)', { read: 4, write: 0 }, () =>
        salon.owner.listReviews({ query: { locationId: 'brooklyn', month: '2026-11' } }),
      ),
    );
    expect(reviews).toHaveLength(41);
  });
});

test('a link costs no read to check once its key is known', async () => {
  const { units } = await meter.measure(async () => {
    const token = await manageToken(salon.tokens, { id: '0123456789abcdef', endsAt: start });
    await salon.tokens.verify(token, 'manage');
  });
  expect(units.requests).toBe(0);
});

describe('the table of all of these', () => {
  test.runIf(countsUnits)('stands in docs/access-patterns.md as it was measured', () => {
    const table = measured();
    mkdirSync(join(root, '.build'), { recursive: true });
    writeFileSync(join(root, '.build', 'units.md'), table);
    expect(readFileSync(join(root, 'docs', 'access-patterns.md'), 'utf8'), 'take .build/units.md').toContain(table);
  });
});

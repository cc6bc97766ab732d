import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppointmentAnswer } from '../../../shared/booking/contract.ts';
import { day, hour, minute } from '../../support/durations.ts';
import { diaryPages, raw, rowsOf } from '../../support/world/booking.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const days = [
  '2027-01-04',
  '2027-01-05',
  '2027-01-07',
  '2027-01-08',
  '2027-01-11',
  '2027-01-12',
  '2027-01-14',
  '2027-01-15',
];
let taken = 0;
/** Each at a time of its own, far enough ahead to be moved by days. */
const booked = (changes: Record<string, unknown> = {}): Promise<AppointmentAnswer> => {
  const startsAt = `${days[Math.floor(taken / 4)]}T${10 + 2 * (taken % 4)}:00`;
  taken += 1;
  return mustBook(world.api, { startsAt, ...changes });
};
const params = ({ token }: { token: string }) => ({ params: { token } });
const view = async (one: { token: string }) => {
  const outcome = await world.api.getByLink({ ...params(one), query: {} });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.data;
};
const move = (one: { token: string }, startsAt: string) => world.api.moveByLink({ ...params(one), body: { startsAt } });
const refusal = (outcome: { ok: boolean; problem?: { code: string; detail?: string | undefined } }) =>
  outcome.ok ? undefined : { code: outcome.problem?.code, detail: outcome.problem?.detail };
const calendar = async (one: { token: string }): Promise<Record<string, string>> => {
  const reply = await raw(world, 'GET', `/v1/links/${one.token}/calendar.ics`);
  expect(reply.status).toBe(200);
  expect(reply.headers['content-type']).toBe('text/calendar; charset=utf-8');
  for (const line of reply.text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const lines = reply.text.replace(/\r\n[ \t]/g, '').split('\r\n');
  return Object.fromEntries(lines.map((line) => [line.split(/[:;]/)[0] ?? '', line.slice(line.indexOf(':') + 1)]));
};

describe('the link', () => {
  it('shows the appointment and, of the client, the first name only', async () => {
    const one = await booked({
      client: {
        firstName: 'Nadia',
        lastName: 'Zamindar',
        phone: '+17185550321',
        email: 'nadia.z@example.com',
        language: 'bn',
      },
      notes: 'allergic to ammonia',
      source: 'a friend called Rupa',
    });
    const seen = await view(one);
    const sentTo = { channel: 'email', address: 'n…@example.com' };
    expect(seen).toEqual({ ...one, sentTo });
    const keys = (value: unknown): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keys(inner)])
        : [];
    expect([...new Set(keys(seen))].sort()).toEqual(
      [
        'sentTo',
        'channel',
        'address',
        'amount',
        'cancel',
        'changeableUntil',
        'confirm',
        'currency',
        'durationMinutes',
        'endsAt',
        'firstName',
        'id',
        'language',
        'location',
        'may',
        'move',
        'name',
        'phone',
        'price',
        'services',
        'staff',
        'startsAt',
        'status',
        'token',
        'total',
        'zone',
      ].sort(),
    );
    expect(seen.location.phone).toBe(world.catalogue.locations[0]?.phone);
    for (const path of ['', '/calendar.ics', '/availability?from=2027-01-04&to=2027-01-08']) {
      const { text } = await raw(world, 'GET', `/v1/links/${one.token}${path}`);
      expect(text).not.toMatch(/Zamindar|7185550321|nadia\.z|ammonia|Rupa/i);
    }
  });

  it('shows names in the language asked for, else in the client’s', async () => {
    const one = await booked({ client: { firstName: 'Nadia', email: 'l@example.com', language: 'bn' } });
    expect((await view(one)).services[0]?.name).toBe('কাট ও ফিনিশ');
    const english = await world.api.getByLink({ ...params(one), query: { language: 'en' } });
    expect(english.ok && english.data.services[0]?.name).toBe('Cut and finish');
  });

  it('of another purpose, tampered with or cut short opens nothing', async () => {
    const one = await booked();
    const { token } = one;
    const form = await world.api.getFormToken({});
    const swap = (at: number) => `${token.slice(0, at)}${token[at] === 'a' ? 'b' : 'a'}${token.slice(at + 1)}`;
    for (const bad of [
      form.ok ? form.data.formToken : '',
      swap(0),
      swap(15),
      swap(18),
      swap(43),
      token.slice(0, -1),
      `${token}a`,
      token.toUpperCase(),
    ]) {
      for (const outcome of [
        await world.api.getByLink({ params: { token: bad }, query: {} }),
        await world.api.confirmByLink({ params: { token: bad } }),
        await world.api.cancelByLink({ params: { token: bad } }),
        await world.api.moveByLink({ params: { token: bad }, body: { startsAt: '2027-01-29T10:00' } }),
        await world.api.getAvailabilityByLink({
          params: { token: bad },
          query: { from: '2027-01-04', to: '2027-01-04' },
        }),
        await world.api.getCalendarByLink({ params: { token: bad } }),
      ])
        expect([outcome.status, refusal(outcome)?.code]).toEqual([404, 'link_invalid']);
    }
    expect((await view(one)).status).toBe('pending');
  });

  it('has the client’s notes only where it was sent to an address that is the client’s own', async () => {
    const email = 'notes-own@example.com';
    const one = await booked({ client: { firstName: 'Nadia', email }, notes: 'allergic to ammonia' });
    const sent = { ...one, token: await tokenSentTo(world, email) };
    expect([await view(one), await view(sent)].map(({ notes }) => notes)).toEqual([undefined, undefined]);
    await world.api.proveByLink({ params: { token: sent.token } });
    expect([await view(one), await view(sent)].map(({ notes }) => notes)).toEqual([undefined, 'allergic to ammonia']);
  });

  it('changes nothing when it is only opened, however often: mail scanners open links', async () => {
    const one = await booked();
    const rows = async () => [
      await rowsOf(world, 'Appointment'),
      await rowsOf(world, 'TimelineEntry'),
      await rowsOf(world, 'DiaryPage'),
    ];
    const before = await rows();
    for (const path of ['', '?language=ru', '/calendar.ics', '/availability?from=2027-01-04&to=2027-01-05']) {
      expect((await raw(world, 'GET', `/v1/links/${one.token}${path}`)).status).toBe(200);
      expect((await raw(world, 'HEAD', `/v1/links/${one.token}${path}`)).status).toBe(200);
    }
    for (const act of ['confirm', 'move', 'cancel'])
      expect((await raw(world, 'GET', `/v1/links/${one.token}/${act}`)).status).toBe(405);
    expect(await rows()).toEqual(before);
  });
});

describe('the client', () => {
  it('confirms once, however often the button is pressed', async () => {
    const one = await booked();
    const outcomes = [await world.api.confirmByLink(params(one)), await world.api.confirmByLink(params(one))];
    expect(outcomes.map((outcome) => outcome.ok && [outcome.data.status, outcome.data.may.confirm])).toEqual([
      ['confirmed', false],
      ['confirmed', false],
    ]);
    const entries = (await rowsOf(world, 'TimelineEntry')).filter(({ appointmentId }) => appointmentId === one.id);
    expect(entries.map(({ type }) => type).sort()).toEqual(['appointment.booked', 'appointment.confirmed']);
  });

  it('cancels once, and what was cancelled can be neither confirmed nor moved', async () => {
    const one = await booked();
    for (let press = 0; press < 2; press += 1) {
      const cancelled = await world.api.cancelByLink(params(one));
      expect(cancelled.ok && cancelled.data).toMatchObject({
        status: 'cancelled',
        may: { confirm: false, move: false, cancel: false },
      });
    }
    expect(refusal(await world.api.confirmByLink(params(one)))).toEqual({
      code: 'status_conflict',
      detail: 'The appointment is cancelled.',
    });
    expect(refusal(await move(one, '2027-01-29T10:00'))).toEqual({
      code: 'status_conflict',
      detail: 'The appointment is cancelled.',
    });
    expect((await diaryPages(world)).join()).not.toContain(one.id);
  });

  it('who has confirmed has by moving, too; the name of the service and its price stay', async () => {
    const one = await booked();
    await world.api.confirmByLink(params(one));
    const moved = await move(one, '2027-01-18T15:30');
    expect(moved.ok && moved.data).toMatchObject({
      id: one.id,
      status: 'confirmed',
      may: { confirm: false },
      startsAt: '2027-01-18T15:30:00-05:00',
      endsAt: '2027-01-18T16:30:00-05:00',
      total: one.total,
      services: [{ id: 'cut', startsAt: '2027-01-18T15:30:00-05:00', staff: { id: 'amina' } }],
    });
    // The first link still works, and so does the new one, which lives as long after the new time.
    const again = await view(moved.ok ? moved.data : one);
    expect(await view(one)).toEqual(again);
  });

  it('who moves to the time that it is already at changes nothing', async () => {
    const one = await booked();
    const same = await move(one, one.startsAt);
    expect(same.ok && same.data).toEqual(one);
    expect((await calendar(one))['SEQUENCE']).toBe('0');
  });

  it('sees the times to which it could move, its own among them', async () => {
    const one = await booked({ startsAt: '2027-01-19T12:00' });
    const query = { from: '2027-01-19', to: '2027-01-19' };
    const times = await world.api.getAvailabilityByLink({ ...params(one), query });
    const offered = times.ok ? (times.data.days[0]?.times.map(({ startsAt }) => startsAt.slice(11, 16)) ?? []) : [];
    expect(offered).toEqual(expect.arrayContaining(['11:45', '12:00', '12:15']));
    const others = await world.api.getAvailability({
      query: { location: 'brooklyn', services: 'cut', staff: 'amina', ...query },
    });
    const left = others.ok ? (others.data.days[0]?.times.map(({ startsAt }) => startsAt.slice(11, 16)) ?? []) : [];
    expect(offered.filter((time) => !left.includes(time))).toEqual([
      '11:00',
      '11:15',
      '11:30',
      '11:45',
      '12:00',
      '12:15',
      '12:30',
      '12:45',
      '13:00',
    ]);
    for (const to of ['2027-03-21', '2027-01-18']) {
      const refused = await world.api.getAvailabilityByLink({ ...params(one), query: { from: '2027-01-19', to } });
      expect(refused.status).toBe(to < '2027-01-19' ? 422 : 200);
    }
  });

  it('can not move where nobody can go: taken, closed, past, skipped by the clocks', async () => {
    const one = await booked({ startsAt: '2027-01-20T12:00' });
    await booked({ startsAt: '2027-01-20T15:00' });
    for (const [startsAt, status, code] of [
      ['2027-01-20T15:30', 409, 'time_taken'],
      ['2027-01-20T20:00', 422, 'time_unavailable'],
      ['2026-11-20T10:00', 422, 'time_unavailable'],
      ['2027-01-20T12:10', 422, 'time_unavailable'],
      ['2027-03-14T02:30', 422, 'time_unavailable'],
      ['2027-09-14T10:00', 422, 'time_unavailable'],
    ] as const) {
      const outcome = await move(one, startsAt);
      expect([startsAt, outcome.status, refusal(outcome)?.code]).toEqual([startsAt, status, code]);
    }
    expect(await view(one)).toMatchObject(one);
  });
});

describe('the calendar file', () => {
  it('keeps its UID, counts up with every change, is in UTC, and in the end says cancelled', async () => {
    const one = await booked({ startsAt: '2027-01-21T10:00' });
    const first = await calendar(one);
    expect(first).toMatchObject({
      UID: `${one.id}@regulars`,
      SEQUENCE: '0',
      STATUS: 'CONFIRMED',
      DTSTART: '20270121T150000Z',
      DTEND: '20270121T160000Z',
    });
    expect(first['URL']).toBe(`${world.system.url}/a/${one.token}`);
    await world.api.confirmByLink(params(one));
    expect((await calendar(one))['SEQUENCE']).toBe('0');
    await move(one, '2027-01-22T10:00');
    expect(await calendar(one)).toMatchObject({ UID: first['UID'], SEQUENCE: '1', DTSTART: '20270122T150000Z' });
    await move(one, '2027-01-22T10:15');
    await world.api.cancelByLink(params(one));
    expect(await calendar(one)).toMatchObject({
      UID: first['UID'],
      SEQUENCE: '3',
      STATUS: 'CANCELLED',
    });
  });

  it('in Bengali is folded between letters', async () => {
    const one = await booked({
      services: [{ serviceId: 'cut' }, { serviceId: 'colour' }, { serviceId: 'gloss' }],
      startsAt: '2027-01-23T10:00',
      client: { firstName: 'নাদিয়া', email: 'bn@example.com', language: 'bn' },
    });
    const file = await calendar(one);
    expect(file['SUMMARY']).toContain('কাট ও ফিনিশ');
    expect(JSON.stringify(file)).not.toContain('\ufffd');
    expect(JSON.stringify(file)).not.toContain('নাদিয়া');
  });
});

// These wind the clock far ahead, and so come last.
describe('time goes by', () => {
  it('and after the cut-off the client is to call; confirming goes on until the start', async () => {
    const one = await booked({ startsAt: '2027-01-26T10:00' });
    const visit = Date.parse(one.startsAt);
    const cutOff = visit - 240 * minute;
    expect(Date.parse(one.changeableUntil)).toBe(cutOff);
    await world.system.windTo(cutOff - 30_000);
    const moved = await move(one, '2027-01-26T10:15');
    expect(moved.ok).toBe(true);
    expect((await move(one, '2027-01-26T10:00')).ok).toBe(true);
    await world.system.windTo(cutOff + 1_000);
    expect(await view(one)).toMatchObject({ may: { confirm: true, move: false, cancel: false } });
    for (const outcome of [await move(one, '2027-01-27T10:00'), await world.api.cancelByLink(params(one))]) {
      expect(outcome.status).toBe(409);
      expect(refusal(outcome)).toEqual({
        code: 'cut_off_passed',
        detail: `Call us on ${world.catalogue.locations[0]?.phone}.`,
      });
    }
    const confirmed = await world.api.confirmByLink(params(one));
    expect(confirmed.ok && confirmed.data.status).toBe('confirmed');
    await world.system.windTo(visit + minute);
    expect(refusal(await world.api.cancelByLink(params(one)))).toEqual({
      code: 'status_conflict',
      detail: 'The appointment has begun.',
    });
  });

  it('and an appointment that was never confirmed can not be confirmed once it has begun', async () => {
    const one = await booked({ startsAt: '2027-01-28T10:00' });
    await world.system.windTo(Date.parse(one.startsAt) + minute);
    expect(refusal(await world.api.confirmByLink(params(one)))).toMatchObject({ code: 'status_conflict' });
  });

  it('and a move whose answer was lost is answered again, though its new time lies within the cut-off', async () => {
    const one = await booked({ startsAt: '2027-02-02T10:00' });
    const soon = '2027-01-28T16:00';
    await world.system.windTo(Date.parse(one.startsAt) - 5 * day + 3 * hour);
    const first = await move(one, soon);
    expect(first.ok && first.data.may.move).toBe(false);
    expect(await move(one, soon)).toEqual(first);
    expect(refusal(await move(one, '2027-01-28T17:00'))).toMatchObject({ code: 'cut_off_passed' });
  });

  it('and a month after the visit the link has expired, for everything', async () => {
    const one = await booked({ startsAt: '2027-02-02T10:00' });
    await world.system.windTo(Date.parse(one.endsAt) + 30 * day - hour);
    expect((await view(one)).id).toBe(one.id);
    await world.system.windTo(Date.parse(one.endsAt) + 40 * day);
    for (const outcome of [
      await world.api.getByLink({ ...params(one), query: {} }),
      await world.api.confirmByLink(params(one)),
      await world.api.cancelByLink(params(one)),
      await move(one, '2027-04-29T10:00'),
      await world.api.getCalendarByLink(params(one)),
    ])
      expect([outcome.status, refusal(outcome)?.code]).toEqual([410, 'link_expired']);
  });
});

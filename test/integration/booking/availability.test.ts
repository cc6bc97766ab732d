import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedSystem } from '../../../infra/local/demo.ts';
import type { Catalogue, WeeklyHours } from '../../../shared/business/catalogue.ts';
import { weekdays } from '../../../shared/platform/time/time.ts';
import { diaryPages, tally } from '../../support/world/booking.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

const daily = (from: string, until: string): WeeklyHours =>
  Object.fromEntries(weekdays.map((day) => [day, [{ from, until }]]));

const zones = {
  london: 'Europe/London',
  gotham: 'America/New_York',
  dhaka: 'Asia/Dhaka',
  'lord-howe': 'Australia/Lord_Howe',
} as const;

/** A place in every zone that never closes, a bar that closes at four, and people who work in one of them or two. */
const enlarge = (catalogue: Catalogue): void => {
  const [model] = catalogue.locations;
  const [stylist] = catalogue.staff;
  const [cut] = catalogue.services;
  if (!model || !stylist || !cut) throw new Error('the demo salon is empty');
  const place = (id: string, zone: string, hours: WeeklyHours) => ({
    ...model,
    id,
    zone,
    hours,
    holidays: [],
    breaks: {},
  });
  const worker = (id: string, ...locations: string[]) => ({
    ...stylist,
    id,
    name: id,
    locations,
    skills: ['hour', 'brush', 'rinse'],
    hours: {},
    daysOff: [],
    retired: false,
  });
  catalogue.settings.booking = {
    stepMinutes: 15,
    earliestNoticeMinutes: 60,
    horizonDays: 730,
    cutOffMinutes: 60,
    movesOnline: 5,
    holdMinutes: 5,
    maxVisitMinutes: 1_440,
  };
  for (const [id, zone] of Object.entries(zones)) {
    catalogue.locations.push(place(id, zone, daily('00:00', '24:00')));
    catalogue.staff.push(worker(`of-${id}`, id));
  }
  catalogue.locations.push(place('bar', 'America/New_York', daily('20:00', '04:00')));
  catalogue.staff.push(worker('owl', 'bar'), worker('twin', 'gotham', 'london'), worker('mate', 'bar'));
  const offered = (id: string, durationMinutes: number, bufferAfterMinutes: number) => ({
    ...cut,
    id,
    durationMinutes,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes,
  });
  catalogue.services.push(offered('hour', 60, 0), offered('brush', 30, 15), offered('rinse', 15, 0));
};

let world: World;
beforeAll(async () => {
  world = await startWorld({ startAt: Date.parse('2026-03-05T12:00:00Z') }, enlarge);
});
afterAll(() => world.system.close());

const ask = async (query: { location: string; services: string; staff?: string; from: string; to: string }) => {
  const outcome = await world.api.getAvailability({ query });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.data;
};
const hourAt = async (location: string, date: string, staff = `of-${location}`) =>
  (await ask({ location, services: 'hour', staff, from: date, to: date })).days[0]?.times ?? [];
/** Local times with their offsets, from `from` to before `until`. */
const clock = (times: readonly { startsAt: string }[], from = '00:00', until = '24:00') =>
  times.map(({ startsAt }) => startsAt.slice(11)).filter((time) => time >= from && time < until);

describe('free times over a clock change', () => {
  it.each([
    ['london', '2026-03-29', '00:45', '02:15', ['00:45:00+00:00', '02:00:00+01:00']],
    [
      'london',
      '2026-10-25',
      '00:45',
      '02:15',
      ['00:45:00+01:00', '01:00:00+01:00', '01:15:00+01:00', '01:30:00+01:00', '01:45:00+01:00', '02:00:00+00:00'],
    ],
    ['gotham', '2026-03-08', '01:45', '03:15', ['01:45:00-05:00', '03:00:00-04:00']],
    [
      'gotham',
      '2026-11-01',
      '00:45',
      '02:15',
      ['00:45:00-04:00', '01:00:00-04:00', '01:15:00-04:00', '01:30:00-04:00', '01:45:00-04:00', '02:00:00-05:00'],
    ],
    [
      'dhaka',
      '2026-03-29',
      '00:45',
      '02:15',
      ['00:45:00+06:00', '01:00:00+06:00', '01:15:00+06:00', '01:30:00+06:00', '01:45:00+06:00', '02:00:00+06:00'],
    ],
    ['lord-howe', '2026-10-04', '01:45', '02:45', ['01:45:00+10:30', '02:30:00+11:00']],
    ['lord-howe', '2026-04-05', '01:30', '02:15', ['01:30:00+11:00', '01:45:00+11:00', '02:00:00+10:30']],
  ])('in %s on %s are by the local clock with the right offset', async (location, date, from, until, expected) => {
    expect(clock(await hourAt(location, date), from, until)).toEqual(expected);
  });

  it.each([
    ['london', '2026-03-29', '2026-03-29T01:30'],
    ['gotham', '2027-03-14', '2027-03-14T02:30'],
    ['lord-howe', '2026-10-04', '2026-10-04T02:15'],
  ])(
    'in %s on %s can not be booked where the clocks skip, and that is said in words',
    async (locationId, _, startsAt) => {
      const outcome = await book(world.api, { locationId, startsAt, services: [{ serviceId: 'hour' }] });
      expect(outcome.ok ? outcome.data : outcome.problem).toMatchObject({
        status: 422,
        code: 'time_unavailable',
        detail: expect.stringMatching(/does not exist.*clocks go forward/),
        errors: [{ path: 'startsAt' }],
      });
    },
  );

  it('are booked as offered on both sides, and then are gone', async () => {
    for (const [locationId, startsAt, answered, gone] of [
      [
        'london',
        '2026-10-25T01:30',
        '2026-10-25T01:30:00+01:00',
        ['01:00:00+01:00', '01:30:00+01:00', '01:45:00+01:00'],
      ],
      ['london', '2026-10-25T02:30', '2026-10-25T02:30:00+00:00', ['02:30:00+00:00', '02:45:00+00:00']],
      ['london', '2026-03-29T00:30', '2026-03-29T00:30:00+00:00', ['00:30:00+00:00', '02:15:00+01:00']],
      ['lord-howe', '2026-04-05T01:45', '2026-04-05T01:45:00+11:00', ['01:45:00+11:00', '02:00:00+10:30']],
    ] as const) {
      const booked = await mustBook(world.api, {
        locationId,
        startsAt,
        services: [{ serviceId: 'hour', staffId: `of-${locationId}` }],
      });
      expect(booked.startsAt).toBe(answered);
      expect(Date.parse(booked.endsAt) - Date.parse(booked.startsAt)).toBe(3_600_000);
      const left = clock(await hourAt(locationId, startsAt.slice(0, 10)));
      for (const time of gone) expect(left).not.toContain(time);
    }
    // An hour from half past one, summer time, ends at half past one, winter time: two o'clock is free.
    expect(clock(await hourAt('london', '2026-10-25'))).not.toContain('02:15:00+00:00');
    expect(clock(await hourAt('london', '2026-10-25'), '01:30', '02:00')).toEqual([]);
  });

  it('stand on month ends and on the leap day', async () => {
    const { days } = await ask({ location: 'dhaka', services: 'hour', from: '2028-02-28', to: '2028-03-01' });
    expect(days.map(({ date, times }) => [date, times.length])).toEqual([
      ['2028-02-28', 96],
      ['2028-02-29', 96],
      ['2028-03-01', 96],
    ]);
    const booked = await mustBook(world.api, {
      locationId: 'dhaka',
      startsAt: '2028-02-29T10:00',
      services: [{ serviceId: 'hour' }],
    });
    expect(booked.startsAt).toBe('2028-02-29T10:00:00+06:00');
  });
});

describe('the question', () => {
  it('may span 62 days, not 63', async () => {
    const span = (to: string) =>
      world.api.getAvailability({ query: { location: 'brooklyn', services: 'cut', from: '2026-06-01', to } });
    const allowed = await span('2026-08-01');
    expect(allowed.ok && allowed.data.days.length).toBe(62);
    const refused = await span('2026-08-02');
    expect(refused.ok ? undefined : refused.problem).toMatchObject({ status: 422, errors: [{ path: 'to' }] });
    const backwards = await span('2026-05-31');
    expect(backwards.ok ? undefined : backwards.problem).toMatchObject({ status: 422, errors: [{ path: 'to' }] });
  });

  it('about days beyond the horizon, or at either end of the calendar, has an empty answer', async () => {
    for (const [from, to] of [
      ['2026-03-01', '2026-03-04'],
      ['2029-01-01', '2029-01-03'],
      ['1900-01-01', '1900-01-02'],
      ['2999-12-30', '2999-12-31'],
    ] as const) {
      const { days } = await ask({ location: 'brooklyn', services: 'cut', from, to });
      expect(days.every(({ times }) => times.length === 0)).toBe(true);
      expect(days.length).toBeGreaterThan(1);
    }
  });

  it('is answered from the earliest notice to the horizon, to the quarter of an hour', async () => {
    const today = await hourAt('dhaka', '2026-03-05');
    // It is some seconds past 18:00 in Dhaka; an hour of notice.
    expect(today[0]?.startsAt).toBe('2026-03-05T19:15:00+06:00');
    const last = await hourAt('dhaka', '2028-03-04');
    expect(last.at(-1)?.startsAt).toBe('2028-03-04T18:00:00+06:00');
  });

  it('about unknown ids names the field and what is known', async () => {
    const problem = async (query: Record<string, string>) => {
      const all = { location: 'brooklyn', services: 'cut', from: '2026-06-01', to: '2026-06-01', ...query };
      const outcome = await world.api.getAvailability({ query: all });
      return outcome.ok ? undefined : outcome.problem;
    };
    expect(await problem({ location: 'paris' })).toMatchObject({
      status: 422,
      errors: [{ path: 'location', allowed: expect.arrayContaining(['brooklyn', 'dhaka']) }],
    });
    expect(await problem({ services: 'cut,dance' })).toMatchObject({
      status: 422,
      errors: [{ path: 'services', allowed: expect.arrayContaining(['cut']) }],
    });
    expect(await problem({ staff: 'nobody' })).toMatchObject({ status: 422, errors: [{ path: 'staff' }] });
    expect(await problem({ staff: 'priya' })).toMatchObject({
      status: 422,
      errors: [{ path: 'staff', allowed: ['amina', 'marco', 'anyone'] }],
    });
    expect(await problem({ staff: 'amina,amina' })).toMatchObject({ status: 422, errors: [{ path: 'staff' }] });
    expect(await problem({ services: 'facial' })).toMatchObject({ status: 422, errors: [{ path: 'services' }] });
    expect(await problem({ from: '2026-02-30' })).toMatchObject({ status: 400, errors: [{ path: 'from' }] });
    expect(await problem({ from: '9999-12-31', to: '9999-12-31' })).toMatchObject({ status: 400 });
    expect(await problem({ services: 'constructor' })).toMatchObject({ status: 422 });
  });
});

describe('people and services', () => {
  const tuesday = '2026-06-02';

  it('of several services in one visit follow each other, each by who was asked for', async () => {
    const question = { location: 'brooklyn', services: 'cut,gloss', from: tuesday, to: tuesday };
    const named = await ask({ ...question, staff: 'marco,amina' });
    expect(named.days[0]?.times[0]).toEqual({
      startsAt: '2026-06-02T09:00:00-04:00',
      endsAt: '2026-06-02T10:45:00-04:00',
      staff: ['marco', 'amina'],
    });
    const anyone = await ask(question);
    expect(anyone.days[0]?.times[0]?.staff).toEqual(['amina', 'amina']);
    expect(named.days[0]?.times.at(-1)?.startsAt).toBe('2026-06-02T17:15:00-04:00');
  });

  it('who have the least to do that day are offered first where anyone will do', async () => {
    await mustBook(world.api, { startsAt: `${tuesday}T12:00`, services: [{ serviceId: 'cut', staffId: 'amina' }] });
    const { days } = await ask({ location: 'brooklyn', services: 'cut', from: tuesday, to: tuesday });
    expect(tally(days[0]?.times.map(({ staff }) => staff.join()) ?? [])).toEqual({ marco: days[0]?.times.length });
    const booked = await mustBook(world.api, { startsAt: `${tuesday}T09:00`, services: [{ serviceId: 'cut' }] });
    expect(booked.services[0]?.staff.id).toBe('marco');
  });

  it('are kept free for the buffers around their work', async () => {
    const { days } = await ask({ location: 'brooklyn', services: 'cut', staff: 'amina', from: tuesday, to: tuesday });
    // A cut at noon takes until 13:00 and ten minutes for the broom.
    const times = clock(days[0]?.times ?? [], '10:30', '13:45');
    expect(times).toEqual(['10:30:00-04:00', '10:45:00-04:00', '13:15:00-04:00', '13:30:00-04:00']);
  });

  it('who work in two zones are busy in both, and never twice at once', async () => {
    const in_ = (locationId: string, startsAt: string) =>
      book(world.api, { locationId, startsAt, services: [{ serviceId: 'hour', staffId: 'twin' }] });
    await mustBook(world.api, {
      locationId: 'gotham',
      startsAt: '2026-06-02T21:00',
      services: [{ serviceId: 'hour', staffId: 'twin' }],
    });
    // Nine in the evening in New York is two at night in London, on the next day.
    expect(clock(await hourAt('gotham', '2026-06-02', 'twin'), '20:00', '22:15')).toEqual([
      '20:00:00-04:00',
      '22:00:00-04:00',
    ]);
    expect(clock(await hourAt('london', '2026-06-03', 'twin'), '01:00', '03:15')).toEqual([
      '01:00:00+01:00',
      '03:00:00+01:00',
    ]);
    const overlapping = await in_('london', '2026-06-03T01:45');
    expect(overlapping.ok ? undefined : overlapping.problem.code).toBe('time_taken');
    const race = await Promise.all([
      ...Array.from({ length: 10 }, () => in_('gotham', '2026-06-02T23:00')),
      ...Array.from({ length: 10 }, () => in_('london', '2026-06-03T04:30')),
    ]);
    expect(tally(race.map(({ status }) => status))).toEqual({ 201: 1, 409: 19 });
  });
});

describe('a visit over midnight', () => {
  it('stands on the pages of both days, is busy from both, and leaves both when it moves away', async () => {
    const at = (startsAt: string) => ({
      locationId: 'bar',
      startsAt,
      services: [{ serviceId: 'hour', staffId: 'owl' }],
    });
    const booked = await mustBook(world.api, at('2026-06-05T23:30'));
    const pages = async () => (await diaryPages(world)).filter((line) => line.startsWith('owl '));
    expect(await pages()).toEqual([
      `owl 2026-06-05: ${booked.id} 06-06T03:30 06-06T04:30`,
      `owl 2026-06-06: ${booked.id} 06-06T03:30 06-06T04:30`,
    ]);
    const free = async (date: string, from: string, until: string) =>
      clock(await hourAt('bar', date, 'owl'), from, until);
    expect(await free('2026-06-05', '22:15', '24:00')).toEqual(['22:15:00-04:00', '22:30:00-04:00']);
    expect(await free('2026-06-06', '00:00', '01:00')).toEqual(['00:30:00-04:00', '00:45:00-04:00']);
    expect(await free('2026-06-06', '02:45', '20:15')).toEqual(['02:45:00-04:00', '03:00:00-04:00', '20:00:00-04:00']);
    for (const startsAt of ['2026-06-05T22:45', '2026-06-06T00:15']) {
      const outcome = await book(world.api, at(startsAt));
      expect(outcome.ok ? undefined : outcome.problem.code).toBe('time_taken');
    }

    const moved = await world.api.moveByLink({
      params: { token: booked.token },
      body: { startsAt: '2026-06-06T01:00' },
    });
    expect(moved.ok).toBe(true);
    expect(await pages()).toEqual([`owl 2026-06-06: ${booked.id} 06-06T05:00 06-06T06:00`]);
    const back = await world.api.moveByLink({
      params: { token: booked.token },
      body: { startsAt: '2026-06-05T23:15' },
    });
    expect(back.ok).toBe(true);
    expect(await pages()).toEqual([
      `owl 2026-06-05: ${booked.id} 06-06T03:15 06-06T04:15`,
      `owl 2026-06-06: ${booked.id} 06-06T03:15 06-06T04:15`,
    ]);
    await world.api.cancelByLink({ params: { token: booked.token } });
    expect(await pages()).toEqual([]);
  });

  it('counts once towards who has the least to do', async () => {
    // An hour of the owl's over midnight is half an hour of that night; the mate's three quarters are more.
    await mustBook(world.api, {
      locationId: 'bar',
      startsAt: '2026-06-09T23:30',
      services: [{ serviceId: 'hour', staffId: 'owl' }],
    });
    await mustBook(world.api, {
      locationId: 'bar',
      startsAt: '2026-06-09T21:00',
      services: [{ serviceId: 'brush', staffId: 'mate' }],
    });
    const { days } = await ask({ location: 'bar', services: 'rinse', from: '2026-06-09', to: '2026-06-09' });
    expect(days[0]?.times.find(({ startsAt }) => startsAt.includes('T22:00'))?.staff).toEqual(['owl']);
  });
});

describe('a large team', () => {
  it('has the same free times whether a person’s pages are read one by one or by the week', async () => {
    const helpers = Array.from({ length: 30 }, (_, index) => `helper-${index}`);
    const [model] = world.catalogue.staff;
    if (!model) throw new Error('nobody works here');
    const large = structuredClone(world.catalogue);
    large.staff.push(...helpers.map((id) => ({ ...model, id, name: id, locations: ['brooklyn'], skills: ['cut'] })));
    for (const startsAt of ['2026-07-06T09:00', '2026-07-07T18:00', '2026-07-12T12:00', '2026-07-15T15:30'])
      await mustBook(world.api, { startsAt, services: [{ serviceId: 'cut', staffId: 'amina' }] });
    const question = { location: 'brooklyn', services: 'cut', staff: 'amina', from: '2026-07-04', to: '2026-07-16' };
    const byWeek = await ask(question);

    await seedSystem(world.system, large);
    await world.system.windBy(2 * 60_000);
    const oneByOne = await ask(question);
    expect(oneByOne).toEqual(byWeek);
    const offered = Object.fromEntries(byWeek.days.map(({ date, times }) => [date, times.length]));
    expect(offered).toMatchObject({ '2026-07-06': 32, '2026-07-07': 32, '2026-07-08': 37, '2026-07-15': 28 });

    // And anyone of the thirty-two, by the week again: those who are busy are passed over.
    const anyone = await ask({ location: 'brooklyn', services: 'cut', from: '2026-07-06', to: '2026-07-06' });
    const first = anyone.days[0]?.times[0];
    expect(first?.startsAt).toBe('2026-07-06T09:00:00-04:00');
    expect(first?.staff).not.toEqual(['amina']);
    expect(anyone.days[0]?.times).toHaveLength(37);
  });
});

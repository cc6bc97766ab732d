import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookedTimesOf } from '../../../../shared/booking/slots/assign.ts';
import { freeTimes, reachOf } from '../../../../shared/booking/slots/free-times.ts';
import type { VisitRequest } from '../../../../shared/booking/slots/request.ts';
import type { Location, Service, StaffMember, WeeklyHours } from '../../../../shared/business/catalogue.ts';
import type { Interval } from '../../../../shared/platform/time/intervals.ts';
import { isoWithOffset, minute, startOfDay, weekdays } from '../../../../shared/platform/time/time.ts';
import { daily, location, person, service } from '../../../support/unit/catalogue.ts';

const always = { stepMinutes: 30, earliest: Number.NEGATIVE_INFINITY, latest: Number.POSITIVE_INFINITY };
const asking = (there: Location, ...wanted: [Service, ...StaffMember[]][]): VisitRequest => ({
  location: there,
  wanted: wanted.map(([offered, ...candidates]) => ({ service: offered, asked: 'anyone', candidates, resources: [] })),
  seats: 1,
});
const on = (date: string) => ({ from: date, to: date });
const idle = (): Interval[] => [];
const london = (time: string): number => Date.parse(`2026-11-24T${time}:00Z`);
const clock = (times: readonly { startsAt: number }[] | undefined, zone = 'Europe/London') =>
  times?.map(({ startsAt }) => isoWithOffset(startsAt, zone).slice(11, 16));

describe('free times', () => {
  const ana = person('ana');
  const bea = person('bea');
  const cut = service('cut', 60);

  it('end so that the visit ends with the hours', () => {
    const there = location({ hours: daily('09:00-11:30') });
    expect(clock(freeTimes(asking(there, [cut, ana]), on('2026-11-24'), always, idle)[0]?.times)).toEqual([
      '09:00',
      '09:30',
      '10:00',
      '10:30',
    ]);
  });

  it('run over midnight where the location does, each under the day on which it starts', () => {
    const there = location({ hours: daily('22:00-01:30') });
    const days = freeTimes(asking(there, [cut, ana]), { from: '2026-11-24', to: '2026-11-25' }, always, idle);
    expect(days.map(({ times }) => clock(times))).toEqual([
      ['00:00', '00:30', '22:00', '22:30', '23:00', '23:30'],
      ['00:00', '00:30', '22:00', '22:30', '23:00', '23:30'],
    ]);
  });

  it('keep to the earliest notice and the horizon, both included', () => {
    const bounds = { ...always, earliest: london('10:00'), latest: london('11:00') };
    expect(clock(freeTimes(asking(location(), [cut, ana]), on('2026-11-24'), bounds, idle)[0]?.times)).toEqual([
      '10:00',
      '10:30',
      '11:00',
    ]);
    const later = { ...bounds, earliest: bounds.earliest + 1, latest: bounds.latest - 1 };
    expect(clock(freeTimes(asking(location(), [cut, ana]), on('2026-11-24'), later, idle)[0]?.times)).toEqual([
      '10:30',
    ]);
  });

  it('where anyone will do, go to whoever has the least to do that day', () => {
    const busyOf = (id: string) =>
      id === 'ana'
        ? [{ from: london('09:00'), until: london('11:00') }]
        : [{ from: london('09:00'), until: london('10:00') }];
    const [day] = freeTimes(asking(location(), [cut, ana, bea]), on('2026-11-24'), always, busyOf);
    expect(day?.times.map(({ assignments }) => assignments[0]?.person.id)).toEqual(
      Array.from({ length: day?.times.length ?? 0 }, () => 'bea'),
    );
    expect(clock(day?.times)?.[0]).toBe('10:00');
  });

  it('count only that day’s work, not the week’s', () => {
    const dayBefore = { from: london('09:00') - 86_400_000, until: london('17:00') - 86_400_000 };
    const busyOf = (id: string) => (id === 'ana' ? [dayBefore] : [{ from: london('16:00'), until: london('17:00') }]);
    const [day] = freeTimes(asking(location(), [cut, bea, ana]), on('2026-11-24'), always, busyOf);
    expect(day?.times[0]?.assignments[0]?.person.id).toBe('ana');
  });

  it('of a day at the end of the calendar are none, and found at once', () => {
    const bounds = { ...always, latest: london('11:00') };
    expect(freeTimes(asking(location(), [cut, ana]), on('9999-12-31'), bounds, idle)).toEqual([
      { date: '9999-12-31', times: [] },
    ]);
  });

  it('are those of every hour where a visit of days is possible', () => {
    const round = location({ hours: daily('00:00-24:00') });
    const half = service('half', 12 * 60);
    const visit = asking(round, [half, ana], [half, ana], [half, ana]);
    const starts = freeTimes(visit, on('2026-11-24'), { ...always, stepMinutes: 60 }, () => [])[0]?.times;
    expect(starts?.length).toBe(24);
    const two = asking(round, [half, ana], [half, ana], [half, ana], [half, ana]);
    expect(freeTimes(two, on('2026-11-24'), { ...always, stepMinutes: 60 }, () => [])[0]?.times.length).toBe(24);
  });

  it('are looked for as far as the longest buffers reach', () => {
    const before = service('before', 30, { bufferBeforeMinutes: 45 });
    const after = service('after', 60, { bufferAfterMinutes: 90 });
    expect(reachOf(asking(location(), [before, ana], [after, ana]), { from: 0, until: 0 })).toEqual({
      from: -45 * minute,
      until: (90 + 90) * minute,
    });
  });
});

// A brute-force oracle that thinks in minutes of one day, by nobody's algorithm: every person in every place.
const period = fc
  .tuple(fc.integer({ min: 0, max: 46 }), fc.integer({ min: 1, max: 20 }))
  .map(([from, length]) => ({ from: from * 30, until: Math.min(from * 30 + length * 30, 1440) }));
const busyTime = fc
  .tuple(fc.integer({ min: 0, max: 280 }), fc.integer({ min: 1, max: 30 }))
  .map(([from, length]) => ({ from: from * 5, until: (from + length) * 5 }));
const offered = fc.record({
  durationMinutes: fc.constantFrom(5, 15, 30, 45, 90),
  bufferBeforeMinutes: fc.constantFrom(0, 5, 20, 60),
  bufferAfterMinutes: fc.constantFrom(0, 10, 30, 60),
});
const worlds = fc.record({
  hours: fc.array(period, { minLength: 1, maxLength: 3 }),
  breaks: fc.array(period, { maxLength: 1 }),
  people: fc.array(
    fc.record({ own: fc.option(fc.array(period, { maxLength: 2 })), busy: fc.array(busyTime, { maxLength: 6 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  services: fc.array(fc.record({ offered, able: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
});
type Span = { from: number; until: number };

const wall = (minutes: number): string =>
  minutes === 1440
    ? '24:00'
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
/** On Tuesday only, so that the nights around the day are empty. */
const tuesday = (periods: readonly Span[]): WeeklyHours => ({
  tue: periods.map(({ from, until }) => ({ from: wall(from), until: wall(until) })),
});
const within = (spans: readonly Span[], point: number) =>
  spans.some(({ from, until }) => from <= point && point < until);

/** All ways to give the services to people. */
const combinations = (places: readonly (readonly number[])[]): number[][] =>
  places.reduce<number[][]>((ways, people) => ways.flatMap((way) => people.map((one) => [...way, one])), [[]]);

describe('free times, compared with trying every person in every place', () => {
  it('are the same, and every assignment found is possible', () => {
    const date = '2026-11-24';
    const zone = 'Asia/Dhaka';
    const midnight = startOfDay(date, zone);
    fc.assert(
      fc.property(worlds, ({ hours, breaks, people, services }) => {
        const there = location({ zone, hours: tuesday(hours), breaks: tuesday(breaks) });
        const staff = people.map(({ own }, index) => person(`p${index}`, { hours: own ? { here: tuesday(own) } : {} }));
        const wanted = services.map(({ offered: details, able }, index): [Service, ...StaffMember[]] => [
          service(`s${index}`, details.durationMinutes, details),
          ...staff.filter((_, one) => able[one]),
        ]);
        const busyOf = (id: string) =>
          (people[Number(id.slice(1))]?.busy ?? []).map(({ from, until }) => ({
            from: midnight + from * minute,
            until: midnight + until * minute,
          }));

        const works = (one: number, point: number) =>
          within(hours, point) && !within(breaks, point) && within(people[one]?.own ?? hours, point);
        const free = (one: number, point: number) => !within(people[one]?.busy ?? [], point);
        const fits = (start: number, way: readonly number[]): boolean => {
          let from = start;
          const own = people.map(() => new Set<number>());
          return way.every((one, place) => {
            const details = services[place]?.offered ?? {
              durationMinutes: 0,
              bufferBeforeMinutes: 0,
              bufferAfterMinutes: 0,
            };
            const until = from + details.durationMinutes;
            const before = way[place - 1] === one ? 0 : details.bufferBeforeMinutes;
            const after = way[place + 1] === one ? 0 : details.bufferAfterMinutes;
            const span = Array.from({ length: until - from }, (_, offset) => from + offset);
            const buffers = [
              ...Array.from({ length: before }, (_, offset) => from - 1 - offset),
              ...Array.from({ length: after }, (_, offset) => until + offset),
            ];
            from = until;
            const taken = [...span, ...buffers];
            const isOwn = taken.some((point) => own[one]?.has(point));
            for (const point of taken) own[one]?.add(point);
            return !isOwn && span.every((point) => works(one, point)) && taken.every((point) => free(one, point));
          });
        };
        const ways = combinations(services.map(({ able }) => staff.flatMap((_, one) => (able[one] ? [one] : []))));
        const expected = Array.from({ length: 96 }, (_, step) => step * 15).filter(
          (start) => within(hours, start) && !within(breaks, start) && ways.some((way) => fits(start, way)),
        );

        const times =
          freeTimes(asking(there, ...wanted), on(date), { ...always, stepMinutes: 15 }, busyOf)[0]?.times ?? [];
        expect(times.map(({ startsAt }) => (startsAt - midnight) / minute)).toEqual(expected);
        for (const { startsAt, assignments } of times) {
          const way = assignments.map(({ person: { id } }) => Number(id.slice(1)));
          expect(fits((startsAt - midnight) / minute, way)).toBe(true);
          for (const { ownerId, from, until } of bookedTimesOf(assignments))
            expect(busyOf(ownerId).every((busy) => busy.until <= from || until <= busy.from)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('over random weeks with nights and clock changes lie within hours, and on the step of the local clock', () => {
    const zones = ['Europe/London', 'America/New_York', 'Asia/Dhaka', 'Australia/Lord_Howe'];
    const dates = ['2026-03-28', '2026-10-24', '2026-03-07', '2026-10-31', '2026-10-03', '2026-04-04', '2028-02-28'];
    const anyPeriod = fc
      .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 48 }))
      .map(([from, until]) => ({
        from: wall(from * 30),
        until: wall(until * 30),
      }));
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...dates),
        fc.array(anyPeriod, { minLength: 1, maxLength: 2 }),
        fc.constantFrom(15, 60, 180),
        (zone, date, periods, length) => {
          const there = location({ zone, hours: Object.fromEntries(weekdays.map((day) => [day, periods])) });
          const request = asking(there, [service('any', length), person('ana')]);
          const to = new Date(Date.parse(date) + 3 * 86_400_000).toISOString().slice(0, 10);
          for (const day of freeTimes(request, { from: date, to }, always, idle)) {
            for (const { startsAt, endsAt } of day.times) {
              expect(endsAt - startsAt).toBe(length * minute);
              const local = isoWithOffset(startsAt, zone);
              expect(local.slice(0, 10)).toBe(day.date);
              expect(['00', '30']).toContain(local.slice(14, 16));
              // In hours, as somebody with a wall clock would check.
              const time = local.slice(11, 16);
              expect(
                periods.some(({ from, until }) =>
                  from < until ? from <= time && time < until : time >= from || time < until,
                ),
              ).toBe(true);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

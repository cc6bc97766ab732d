import { describe, expect, test } from 'vitest';
import { type Booked, conflictsOf, createFit, overbooked } from '../../../../shared/booking/slots/still-fits.ts';
import { type Catalogue, settingsSchema } from '../../../../shared/business/catalogue.ts';
import { createCatalogueIndex } from '../../../../shared/business/catalogue-index.ts';
import { minute } from '../../../../shared/platform/time/time.ts';
import { daily, location, person, service } from '../../../support/unit/catalogue.ts';

const settings = settingsSchema.parse({ name: 'Here', languages: ['en'], currency: 'GBP', country: 'GB' });
const room = { id: 'room', name: 'Room', kind: 'room', location: 'here', closed: [], retired: false };
const lesson = { location: 'here', staff: 'amina', weekday: 'tue' as const, time: '10:00' };

const business = (changes: Partial<Catalogue> = {}) =>
  createCatalogueIndex(
    {
      settings,
      locations: [location(), location({ id: 'there', zone: 'America/New_York' })],
      staff: [person('amina', { skills: ['cut', 'yoga'] }), person('marco', { skills: ['cut'] })],
      categories: [{ id: 'hair', name: { en: 'Hair' } }],
      services: [service('cut', 60), service('yoga', 60, { seats: 3 })],
      resources: [room],
      journey: [],
      templates: [],
      ...changes,
    },
    'r1',
  );

/** A Tuesday in winter, by the clock of London. */
const at = (time: string): number => Date.parse(`2026-11-24T${time}:00Z`);

const booked = (changes: Partial<Booked> = {}, line: Partial<Booked['services'][number]> = {}): Booked => {
  const startsAt = changes.startsAt ?? at('10:00');
  return {
    id: 'one',
    locationId: 'here',
    zone: 'Europe/London',
    startsAt,
    endsAt: startsAt + 60 * minute,
    bookedAt: 0,
    services: [
      {
        id: 'cut',
        staffId: 'amina',
        asked: 'anyone',
        startsAt,
        durationMinutes: 60,
        price: { amount: 1000, currency: 'GBP' },
        ...line,
      },
    ],
    ...changes,
  };
};

const amina = (changes: Parameters<typeof person>[1]) => ({
  staff: [person('amina', { skills: ['cut', 'yoga'], ...changes })],
});
const there = location({ id: 'there' });

describe('what is booked fits', () => {
  test('while nothing has changed', () => {
    expect(createFit(business())(booked())).toEqual([]);
  });

  test('not a room that closes during the night, nor somebody whose day off it is outside the hours', () => {
    const night = booked({ startsAt: at('23:30') }, { startsAt: at('23:30'), resources: ['room'] });
    const nextDay = [{ from: '2026-11-25', until: '2026-11-25' }];
    expect(createFit(business({ resources: [{ ...room, closed: nextDay }] }))(night)).toEqual([
      'location_closed',
      'resource_closed',
    ]);
    const off = amina({ daysOff: nextDay });
    expect(createFit(business(off))(night)).toEqual(['location_closed', 'person_off']);
    expect(
      createFit(
        business(
          amina({ hours: { here: daily('14:00-17:00') }, daysOff: [{ from: '2026-11-24', until: '2026-11-24' }] }),
        ),
      )(booked()),
    ).toEqual(['person_off']);
  });

  test('to the last minute of the hours, and not a minute longer', () => {
    const judge = createFit(business());
    expect(judge(booked({ startsAt: at('16:00') }))).toEqual([]);
    expect(judge(booked({ startsAt: at('16:01') }))).toEqual(['location_closed']);
    expect(judge(booked({ startsAt: at('09:00') }))).toEqual([]);
    expect(judge(booked({ startsAt: at('08:59') }))).toEqual(['location_closed']);
  });

  test.each<[string, Partial<Catalogue>, string[]]>([
    ['a location that has retired', { locations: [location({ retired: true })] }, ['location_retired']],
    ['a location that is gone', { locations: [there] }, ['location_retired']],
    ['a holiday', { locations: [location({ holidays: [{ date: '2026-11-24', name: 'X' }] })] }, ['location_closed']],
    ['a holiday the day after', { locations: [location({ holidays: [{ date: '2026-11-25', name: 'X' }] })] }, []],
    ['a break within it', { locations: [location({ breaks: daily('10:30-10:45') })] }, ['location_closed']],
    ['a break after it', { locations: [location({ breaks: daily('11:00-11:30') })] }, []],
    ['other hours', { locations: [location({ hours: daily('12:00-17:00') })] }, ['location_closed']],
    ['a person who has retired', amina({ retired: true }), ['person_retired']],
    ['a person who is gone', { staff: [] }, ['person_retired']],
    ['a skill that is lost', amina({ skills: ['yoga'] }), ['person_does_not_perform_it']],
    ['a person who works elsewhere', amina({ locations: ['there'] }), ['person_not_there']],
    ['own hours', amina({ hours: { here: daily('12:00-17:00') } }), ['person_not_working']],
    ['a day off', amina({ daysOff: [{ from: '2026-11-20', until: '2026-11-24' }] }), ['person_off']],
    ['days off that end before', amina({ daysOff: [{ from: '2026-11-20', until: '2026-11-23' }] }), []],
    ['a service that has retired', { services: [service('cut', 60, { retired: true })] }, ['service_retired']],
    [
      'a service offered elsewhere alone',
      { services: [service('cut', 60, { locations: ['there'] })] },
      ['service_not_offered_there'],
    ],
    ['a service that takes longer from now on', { services: [service('cut', 600)] }, []],
    [
      'several at once',
      { ...amina({ skills: [] }), locations: [location({ hours: {} })] },
      ['location_closed', 'person_does_not_perform_it'],
    ],
  ])('not: %s', (_, changes, reasons) => {
    expect(createFit(business(changes))(booked())).toEqual(reasons);
  });

  test.each([
    [{ retired: true }, ['resource_retired']],
    [{ closed: [{ from: '2026-11-24', until: '2026-11-24' }] }, ['resource_closed']],
    [{ closed: [{ from: '2026-11-25', until: '2026-11-30' }] }, []],
  ])('with its room %j', (changes, reasons) => {
    const judge = createFit(business({ resources: [{ ...room, ...changes }] }));
    expect(judge(booked({}, { resources: ['room'] }))).toEqual(reasons);
    expect(judge(booked())).toEqual([]);
  });

  test('with all rooms that its service needs by now', () => {
    const judge = createFit(business({ services: [service('cut', 60, { needs: ['room'] })] }));
    expect(judge(booked())).toEqual(['resource_lacking']);
    expect(judge(booked({}, { resources: ['room'] }))).toEqual([]);
    const other = { ...room, kind: 'office' };
    const another = { ...room, id: 'another' };
    const renamed = business({ services: [service('cut', 60, { needs: ['room'] })], resources: [other, another] });
    expect(createFit(renamed)(booked({}, { resources: ['room'] }))).toEqual(['resource_lacking']);
  });

  test('with each of its services', () => {
    const visit = booked();
    visit.services.push({
      ...(visit.services[0] as Booked['services'][number]),
      staffId: 'marco',
      startsAt: at('16:30'),
    });
    expect(createFit(business())(visit)).toEqual(['location_closed']);
  });

  test('the timetable of its lesson, by the local clock', () => {
    const yoga = booked({ seats: 1 }, { id: 'yoga' });
    const judged = (timetable: (typeof lesson)[]) =>
      createFit(business({ services: [service('yoga', 60, { seats: 3, timetable })] }))(yoga);
    expect(judged([lesson])).toEqual([]);
    expect(judged([{ ...lesson, time: '11:00' }])).toEqual(['not_on_timetable']);
    expect(judged([{ ...lesson, staff: 'marco' }])).toEqual(['not_on_timetable']);
    expect(judged([{ ...lesson, location: 'there' }])).toEqual(['not_on_timetable']);
  });

  test('the hours in the zone in which it was booked, though its location has another by now', () => {
    const moved = business({ locations: [location({ zone: 'America/New_York' })] });
    expect(createFit(moved)(booked())).toEqual([]);
    expect(createFit(moved)(booked({ zone: 'America/New_York' }))).toEqual(['location_closed']);
  });
});

describe('seats', () => {
  const seat = (id: string, bookedAt: number, seats = 1, startsAt = at('10:00')) =>
    booked({ id, bookedAt, seats, startsAt }, { id: 'yoga' });
  const withSeats = (seats: number | undefined) =>
    business({ services: [service('yoga', 60, seats === undefined ? {} : { seats })] });

  test('suffice for as many as there are', () => {
    expect([...overbooked(withSeats(3), [seat('a', 1, 2), seat('b', 2)])]).toEqual([]);
  });

  test('that no longer suffice leave out who booked last', () => {
    expect([...overbooked(withSeats(2), [seat('c', 3), seat('a', 1), seat('b', 2)])]).toEqual(['c']);
    expect([...overbooked(withSeats(2), [seat('a', 1), seat('b', 2, 2), seat('c', 3)])]).toEqual(['b']);
  });

  test('of another time are another lesson’s', () => {
    expect([...overbooked(withSeats(2), [seat('a', 1, 2), seat('b', 2, 2, at('12:00'))])]).toEqual([]);
  });

  test('of what is no lesson any more are one', () => {
    expect([...overbooked(withSeats(undefined), [seat('a', 1), seat('b', 2)])]).toEqual(['b']);
  });

  test('stand beside the other reasons', () => {
    const found = conflictsOf(withSeats(2), [seat('a', 1, 2), { ...seat('b', 2), startsAt: at('10:00') }]);
    expect(Object.fromEntries(found)).toEqual({ a: [], b: ['too_few_seats'] });
  });

  test('are not counted for visits of one client', () => {
    expect([...overbooked(business(), [booked({ id: 'a' }), booked({ id: 'b' })])]).toEqual([]);
  });
});

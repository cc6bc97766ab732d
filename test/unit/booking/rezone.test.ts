import { expect, test } from 'vitest';
import { rezoned } from '../../../shared/booking/rezone.ts';
import type { Appointment } from '../../../shared/booking/store.ts';
import type { Directory } from '../../../shared/business/directory.ts';

const directory = (zones: Record<string, string>) =>
  ({ location: (id: string) => (zones[id] ? { id, zone: zones[id] } : undefined) }) as unknown as Directory;

const hour = 3_600_000;
const booked = (startsAt: number): Appointment =>
  ({
    locationId: 'here',
    zone: 'Europe/London',
    startsAt,
    endsAt: startsAt + hour,
    services: [{ id: 'cut', startsAt }],
    occupies: [
      { ownerId: 'amina', group: 'home', zone: 'Europe/London', from: startsAt - hour / 4, until: startsAt + hour },
    ],
  }) as unknown as Appointment;

const morning = Date.parse('2026-11-24T10:00:00Z');

test('the local time stays, and all of it moves by as much', () => {
  const there = rezoned(directory({ here: 'Europe/Paris', home: 'Europe/Paris' }), booked(morning), 'localTime');
  expect(there.startsAt).toBe(Date.parse('2026-11-24T10:00:00+01:00'));
  expect([there.endsAt - there.startsAt, there.services[0]?.startsAt]).toEqual([hour, there.startsAt]);
  expect(there.occupies[0]).toMatchObject({
    zone: 'Europe/Paris',
    from: there.startsAt - hour / 4,
    until: there.endsAt,
  });
});

test('the moment stays, and the clocks change', () => {
  const there = rezoned(directory({ here: 'Europe/Paris', home: 'Europe/Paris' }), booked(morning), 'instant');
  expect([there.startsAt, there.zone, there.occupies[0]?.zone]).toEqual([morning, 'Europe/Paris', 'Europe/Paris']);
});

test('a diary at another location follows its own clock', () => {
  const here = rezoned(directory({ here: 'Europe/London', home: 'Asia/Kolkata' }), booked(morning), 'localTime');
  expect([here.startsAt, here.zone]).toEqual([morning, 'Europe/London']);
  expect(here.occupies[0]).toMatchObject({ zone: 'Asia/Kolkata', from: morning - hour / 4 });
});

test('a local time that the spring change skips becomes the first moment after it', () => {
  const night = Date.parse('2027-03-28T02:30:00+01:00');
  const lagos = { ...booked(night), zone: 'Africa/Lagos' };
  const there = rezoned(directory({ here: 'Europe/Paris' }), lagos, 'localTime');
  expect(there.startsAt).toBe(Date.parse('2027-03-28T03:00:00+02:00'));
});

test('done twice is done', () => {
  const zones = directory({ here: 'Europe/Paris', home: 'Europe/Paris' });
  const once = rezoned(zones, booked(morning), 'localTime');
  expect(rezoned(zones, once, 'localTime')).toEqual(once);
});

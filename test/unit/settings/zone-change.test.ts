import { describe, expect, test } from 'vitest';
import type { Appointment } from '../../../shared/booking/appointments/entity.ts';
import type { BusyTime } from '../../../shared/booking/day-pages/pages.ts';
import type { TimeHolder } from '../../../shared/booking/day-pages/writes.ts';
import type { CatalogueIndex } from '../../../shared/business/catalogue-index.ts';
import type { Block } from '../../../shared/diary/blocks/store.ts';
import { nextCheck } from '../../../shared/settings/zone-change/law.ts';
import { blockInNewZone, inTheWay, type Keep, inNewZone as zoned } from '../../../shared/settings/zone-change/rules.ts';
import { day, hour } from '../../support/durations.ts';

const catalogueIndex = (zones: Record<string, string>) =>
  ({ location: (id: string) => (zones[id] ? { id, zone: zones[id] } : undefined) }) as unknown as CatalogueIndex;

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

/** By whom the client hears at once. */
const inNewZone = (index: CatalogueIndex, appointment: Appointment, keep: Keep, tells = true): Appointment =>
  zoned(index, appointment, { keep, at: now, tells });

const now = Date.parse('2026-11-20T09:00:00Z');
const morning = Date.parse('2026-11-24T10:00:00Z');

test('the local time stays, and all of it moves by as much', () => {
  const there = inNewZone(catalogueIndex({ here: 'Europe/Paris', home: 'Europe/Paris' }), booked(morning), 'localTime');
  expect(there.startsAt).toBe(Date.parse('2026-11-24T10:00:00+01:00'));
  expect([there.endsAt - there.startsAt, there.services[0]?.startsAt]).toEqual([hour, there.startsAt]);
  expect(there.occupies[0]).toMatchObject({
    zone: 'Europe/Paris',
    from: there.startsAt - hour / 4,
    until: there.endsAt,
  });
});

test('the moment stays, and the clocks change', () => {
  const there = inNewZone(catalogueIndex({ here: 'Europe/Paris', home: 'Europe/Paris' }), booked(morning), 'instant');
  expect([there.startsAt, there.zone, there.occupies[0]?.zone]).toEqual([morning, 'Europe/Paris', 'Europe/Paris']);
});

test('a diary at another location follows its own clock', () => {
  const here = inNewZone(catalogueIndex({ here: 'Europe/London', home: 'Asia/Kolkata' }), booked(morning), 'localTime');
  expect([here.startsAt, here.zone]).toEqual([morning, 'Europe/London']);
  expect(here.occupies[0]).toMatchObject({ zone: 'Asia/Kolkata', from: morning - hour / 4 });
});

test('a local time that the spring change skips becomes the first moment after it', () => {
  const night = Date.parse('2027-03-28T02:30:00+01:00');
  const lagos = { ...booked(night), zone: 'Africa/Lagos' };
  const there = inNewZone(catalogueIndex({ here: 'Europe/Paris' }), lagos, 'localTime');
  expect(there.startsAt).toBe(Date.parse('2027-03-28T03:00:00+02:00'));
});

test('done twice is done', () => {
  const zones = catalogueIndex({ here: 'Europe/Paris', home: 'Europe/Paris' });
  const once = inNewZone(zones, booked(morning), 'localTime');
  expect(inNewZone(zones, once, 'localTime')).toEqual(once);
});

describe('when the law has changed the clock', () => {
  // Booked for ten while London kept the time of Paris; so the table has it.
  const promised: Appointment = {
    ...booked(morning - hour),
    id: 'one',
    sequence: 2,
    localStart: '2026-11-24T10:00',
    locationSk: `${new Date(morning - hour).toISOString().slice(0, 19)}Z#one`,
  };
  const london = catalogueIndex({ here: 'Europe/London', home: 'Europe/London' });

  test('the promised time by the clock stays, and the calendar file has its new moment', () => {
    const there = inNewZone(london, promised, 'localTime');
    expect([there.startsAt, there.sequence, there.rezonedAt, there.movedAt]).toEqual([morning, 3, now, undefined]);
    expect(there.occupies[0]).toMatchObject({ from: morning - hour / 4, until: morning + hour });
  });

  test('a moment that is kept by staff’s wish is told, since the clock shows another time then', () => {
    const there = inNewZone(london, promised, 'instant');
    expect([there.startsAt, there.sequence, there.movedAt]).toEqual([promised.startsAt, 3, now]);
  });

  test('of a series only one speaks; the file of the others comes with their next message', () => {
    const paris = catalogueIndex({ here: 'Europe/Paris', home: 'Europe/Paris' });
    const there = inNewZone(paris, { ...booked(morning), sequence: 0 }, 'localTime', false);
    expect([there.sequence, there.rezonedAt, there.movedAt]).toEqual([1, now, undefined]);
  });

  test('a deadline never comes earlier than was told', () => {
    const confirmBy = morning - 5 * hour;
    expect(inNewZone(london, { ...promised, confirmBy }, 'localTime').confirmBy).toBe(confirmBy + hour);
    const later = { ...promised, startsAt: morning + hour, confirmBy, locationSk: '' };
    expect(inNewZone(london, later, 'localTime').confirmBy).toBe(confirmBy);
  });

  test('an appointment from before local times were kept stands by the rules of today', () => {
    const { localStart: _, ...old } = promised;
    expect(inNewZone(london, old, 'localTime').startsAt).toBe(old.startsAt);
  });
});

describe('what is booked is looked through', () => {
  const kept = { version: '2026b', since: now, checks: 1 };

  test('when rules are newer than those known, or none are known', () => {
    for (const [before, version] of [
      [undefined, '2025b'],
      [kept, '2026c'],
      [kept, '2027a'],
      [{ ...kept, version: '2026z' }, '2026za'],
    ] as const)
      expect(nextCheck(before, version, now)).toEqual({ version, since: now, checks: 1 });
  });

  test('again after two days and after two weeks, since not all functions get new rules at once', () => {
    expect(nextCheck(kept, '2026b', now + 2 * day - 1)).toBeUndefined();
    expect(nextCheck(kept, '2026b', now + 2 * day)).toEqual({ ...kept, checks: 2 });
    expect(nextCheck({ ...kept, checks: 2 }, '2026b', now + 14 * day)).toEqual({ ...kept, checks: 3 });
    expect(nextCheck({ ...kept, checks: 3 }, '2026b', now + 1000 * day)).toBeUndefined();
  });

  test('never by older rules', () => {
    expect(nextCheck(kept, '2026a', now + 1000 * day)).toBeUndefined();
    expect(nextCheck({ ...kept, version: '2026za' }, '2026z', now)).toBeUndefined();
  });
});

test('a deadline to confirm never comes after the start', () => {
  const paris = catalogueIndex({ here: 'Europe/Paris' });
  const deadline = (confirmBy: number) => inNewZone(paris, { ...booked(morning), confirmBy }, 'localTime').confirmBy;
  expect([deadline(morning), deadline(morning - 2 * hour)]).toEqual([morning - hour, morning - 2 * hour]);
});

const block = (from: string, until: string, zone: string): Block => ({
  id: 'away',
  staffId: 'amina',
  from: Date.parse(from),
  until: Date.parse(until),
  localFrom: from.slice(0, 16),
  localUntil: until.slice(0, 16),
  zone,
  by: 'desk',
  at: 0,
});

test('both ends of a block keep their local time, across clock changes, too', () => {
  // Lagos knows no summer time.
  const away = block('2027-03-27T00:00+01:00', '2027-03-29T00:00+01:00', 'Africa/Lagos');
  expect(blockInNewZone(away, 'Europe/Paris', 'localTime')).toEqual(
    block('2027-03-27T00:00+01:00', '2027-03-29T00:00+02:00', 'Europe/Paris'),
  );
  expect(blockInNewZone(away, 'Europe/Paris', 'instant')).toEqual({
    ...away,
    zone: 'Europe/Paris',
    localUntil: '2027-03-29T01:00',
  });
});

test('a block of which the spring change leaves nothing keeps its length', () => {
  const gap = block('2027-03-28T02:15+01:00', '2027-03-28T02:45+01:00', 'Africa/Lagos');
  expect(blockInNewZone(gap, 'Europe/Paris', 'localTime')).toEqual(
    block('2027-03-28T03:00+02:00', '2027-03-28T03:30+02:00', 'Europe/Paris'),
  );
});

describe('in the way', () => {
  const at = (from: number, id = 'mine', more: Partial<BusyTime> = {}): BusyTime => ({
    id,
    from: from * hour,
    until: (from + 1) * hour,
    ...more,
  });
  const occupant = (from: number, more: Partial<BusyTime> = {}): TimeHolder => ({
    id: 'mine',
    seats: more.seats,
    occupies: [{ ...at(from, 'mine', more), ownerId: 'amina', group: 'home', zone: 'UTC' }],
  });
  const found = (busy: BusyTime[], more: Partial<BusyTime> = {}, seats = 1) =>
    inTheWay(() => busy, occupant(8, more), occupant(8.5, more), seats);
  const lesson = { lesson: 'yoga/amina/here', seats: 2 };

  test('is what has the new time, but never the one that moves', () => {
    expect(found([at(8), at(9.5, 'later'), at(7.5, 'earlier')])).toEqual([]);
    expect(found([at(9, 'next'), at(8, 'before')])).toEqual(['next', 'before']);
  });

  test('are not those of the same lesson, who move along', () => {
    expect(found([at(8, 'other', lesson)], lesson, 4)).toEqual([]);
    expect(found([at(8, 'other', { ...lesson, lesson: 'pilates/amina/here' })], lesson, 4)).toEqual(['other']);
    expect(found([at(9, 'other', lesson)], lesson, 4)).toEqual(['other']);
  });

  test('are those of the lesson that it joins, when the seats don’t suffice', () => {
    const joined = [at(8.5, 'first', { ...lesson, seats: 1 }), at(8.5, 'second', { ...lesson, seats: 1 })];
    expect(found(joined, lesson, 4)).toEqual([]);
    expect(found(joined, lesson, 3)).toEqual(['first', 'second']);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { mustBeConsistent, takenTimes } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { rezone } from '../../support/world/settings.ts';
import { join, look } from '../../support/world/waiting.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(() => world.system.close());

const keepLocalTime = (zone: string, locationId = 'brooklyn') =>
  rezone(world, locationId, zone, { zoneChange: 'localTime', decision: 'keep' });
const keepMoment = (zone: string, locationId = 'brooklyn') =>
  rezone(world, locationId, zone, { zoneChange: 'instant', decision: 'keep' });

const block = async (staffId: string, from: string, until: string) =>
  dataOf(await staff.block({ staffId, from, until }));
/** `id from until` of the day's blocked times. */
const blocksOn = async (date: string, locationId = 'brooklyn') =>
  (await staff.diary({ date, locationId })).blocks.map(({ id, from, until }) => `${id} ${from} ${until}`).sort();
/** The days on whose pages it stands, by the table. */
const pagesOf = async (id: string) =>
  (await takenTimes(world)).filter((time) => time.id === id).map(({ date }) => date);
const release = async (...ids: string[]) => {
  for (const id of ids) dataOf(await staff.unblock(id));
  for (const id of ids) expect(await pagesOf(id)).toEqual([]);
};

test('keeping the local time moves them with what is booked beside them, and the front desk hears of both', async () => {
  const date = '2026-12-01';
  const before = await mustBook(world.api, { startsAt: `${date}T11:00` });
  const lunch = await block('amina', `${date}T12:15`, `${date}T13:30`);
  const after = await mustBook(world.api, { startsAt: `${date}T13:30` });
  await world.system.windBy(60_000);
  const { asOf } = await staff.diary({ date });
  expect((await keepLocalTime('America/Chicago')).conflicts).toEqual([]);
  const { appointments, blocks } = await staff.diary({ date, since: asOf });
  expect(appointments.map(({ id, startsAt }) => [id, startsAt])).toEqual([
    [before.id, `${date}T11:00:00-06:00`],
    [after.id, `${date}T13:30:00-06:00`],
  ]);
  expect(blocks).toMatchObject([{ id: lunch.id, from: `${date}T12:15:00-06:00`, until: `${date}T13:30:00-06:00` }]);
  expect(codeOf(await book(world.api, { startsAt: `${date}T12:15` }))).toBe('time_taken');

  await release(lunch.id);
  expect(codeOf(await book(world.api, { startsAt: `${date}T12:15` }))).toBe('done');
  await mustBeConsistent(world);
});

test('whole days in a row stay whole days, whichever goes first', async () => {
  const [friday, saturday, sunday, monday] = ['2027-01-08', '2027-01-09', '2027-01-10', '2027-01-11'] as const;
  const first = await block('priya', `${friday}T00:00`, `${saturday}T00:00`);
  const second = await block('priya', `${saturday}T00:00`, `${monday}T00:00`);
  const there = async (offset: string) => {
    const [one, two] = [
      `${first.id} ${friday}T00:00:00${offset} ${saturday}T00:00:00${offset}`,
      `${second.id} ${saturday}T00:00:00${offset} ${monday}T00:00:00${offset}`,
    ];
    expect(await Promise.all([friday, saturday, sunday, monday].map((date) => blocksOn(date)))).toEqual([
      [one],
      [two],
      [two],
      [],
    ]);
    expect([await pagesOf(first.id), await pagesOf(second.id)]).toEqual([[friday], [saturday, sunday]]);
  };
  expect((await keepLocalTime('America/New_York')).conflicts).toEqual([]);
  await there('-05:00');
  expect((await keepLocalTime('Asia/Kolkata')).conflicts).toEqual([]);
  await there('+05:30');
  expect((await keepLocalTime('America/New_York')).conflicts).toEqual([]);
  await there('-05:00');
  await release(first.id, second.id);
});

test('keeping the moment puts them on the days of the new clock', async () => {
  const night = await block('amina', '2027-01-13T00:00', '2027-01-13T01:00');
  expect((await keepMoment('America/Chicago')).conflicts).toEqual([]);
  expect(await blocksOn('2027-01-12')).toEqual([`${night.id} 2027-01-12T23:00:00-06:00 2027-01-13T00:00:00-06:00`]);
  expect([await blocksOn('2027-01-13'), await pagesOf(night.id)]).toEqual([[], ['2027-01-12']]);
  const late = await staff.tryBook('2027-01-12T23:00', { override: { hours: true } });
  expect(codeOf(late)).toBe('time_taken');
  await keepMoment('America/New_York');
  expect(await pagesOf(night.id)).toEqual(['2027-01-13']);
  await release(night.id);
});

test('those of a room, and those seen from a location with another clock, follow', async () => {
  const room = dataOf(
    await staff.block({ resourceId: 'quiet-room', from: '2027-01-15T10:00', until: '2027-01-15T11:00' }),
  );
  const away = await block('marco', '2027-01-15T23:00', '2027-01-16T00:00');
  expect(await blocksOn('2027-01-15', 'los-feliz')).toEqual(
    [
      `${room.id} 2027-01-15T10:00:00-08:00 2027-01-15T11:00:00-08:00`,
      `${away.id} 2027-01-15T20:00:00-08:00 2027-01-15T21:00:00-08:00`,
    ].sort(),
  );
  expect((await keepLocalTime('Asia/Tokyo', 'los-feliz')).conflicts).toEqual([]);
  expect(await blocksOn('2027-01-15', 'los-feliz')).toEqual([
    `${room.id} 2027-01-15T10:00:00+09:00 2027-01-15T11:00:00+09:00`,
  ]);
  // Marco's diary lies in Brooklyn, where nothing has changed.
  expect(await blocksOn('2027-01-16', 'los-feliz')).toEqual([
    `${away.id} 2027-01-16T13:00:00+09:00 2027-01-16T14:00:00+09:00`,
  ]);
  expect(await blocksOn('2027-01-15')).toEqual([`${away.id} 2027-01-15T23:00:00-05:00 2027-01-16T00:00:00-05:00`]);
  await keepLocalTime('America/Los_Angeles', 'los-feliz');
  await release(room.id, away.id);
});

test('the time that a moved one gives up is offered to those who wait for it, and what it takes is not', async () => {
  const day = '2027-01-19';
  const waitFor = (from: string, until: string) => join(world, { from: day, to: day, timesOfDay: { from, until } });
  const morning = await block('amina', `${day}T10:00`, `${day}T11:00`);
  const [early, late] = [await waitFor('10:00', '11:00'), await waitFor('11:00', '12:00')];
  expect((await keepLocalTime('America/Halifax')).conflicts).toEqual([]);
  await world.system.settle();
  const { status, offer } = await look(world, late.token);
  expect([status, Date.parse(offer?.startsAt ?? '')]).toEqual(['offered', Date.parse(`${day}T11:00:00-04:00`)]);
  expect((await look(world, early.token)).status).toBe('waiting');
  await keepLocalTime('America/New_York');
  await release(morning.id);
});

test('one whose new time another has stays, is listed once, and can be given back', async () => {
  // On Saturdays Marco works in Los Feliz, three hours behind.
  const elsewhere = { locationId: 'los-feliz', services: [{ serviceId: 'cut', staffId: 'marco' }] };
  const there = await staff.book('2026-12-12T10:00', elsewhere);
  await staff.book('2026-12-11T23:00', { ...elsewhere, override: { hours: true } });
  const night = await block('marco', '2026-12-12T00:00', '2026-12-12T01:00');
  const away = await block('marco', '2026-12-11T20:00', '2026-12-12T00:00');
  const noon = await block('marco', '2026-12-12T11:00', '2026-12-12T12:30');
  const { conflicts } = await keepLocalTime('America/Denver');
  expect(conflicts).toEqual([away.id, night.id, noon.id]);
  expect(await blocksOn('2026-12-12')).toEqual(
    [
      `${night.id} 2026-12-11T22:00:00-07:00 2026-12-11T23:00:00-07:00`,
      `${noon.id} 2026-12-12T09:00:00-07:00 2026-12-12T10:30:00-07:00`,
    ].sort(),
  );
  expect((await staff.get(there.id)).startsAt).toBe(there.startsAt);
  await release(away.id, night.id, noon.id);
  expect((await keepLocalTime('America/New_York')).conflicts).toEqual([]);
  await mustBeConsistent(world);
});

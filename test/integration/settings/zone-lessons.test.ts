import { afterEach, beforeEach, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { mustBeConsistent, takenTimes } from '../../support/world/booking.ts';

import { putZone, rezone, rowOf } from '../../support/world/settings.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

/** A class of six, in Brooklyn. */
const wednesday = '2026-12-02';
const styling = { services: [{ serviceId: 'styling-class', staffId: 'marco' }] };

let world: World;
beforeEach(async () => {
  world = await startWorld({}, (catalogue) => {
    const lesson = catalogue.services.find(({ id }) => id === 'styling-class');
    const [evening] = lesson?.timetable ?? [];
    if (!lesson || !evening) throw new Error('the demo salon gives no lesson');
    // One follows on the other.
    lesson.bufferAfterMinutes = 0;
    lesson.timetable = [{ ...evening, time: '17:00' }, evening];
  });
});
afterEach(async () => {
  await mustBeConsistent(world);
  await world.system.close();
});

const attend = (time: string, seats: number) =>
  mustBook(world.api, { ...styling, startsAt: `${wednesday}T${time}`, seats });
const tryAttend = async (time: string, seats: number) =>
  codeOf(await book(world.api, { ...styling, startsAt: `${wednesday}T${time}`, seats }));

/** Seats that are left, by the clock of the day. */
const left = async () => {
  const found = await world.api.getAvailability({
    query: { location: 'brooklyn', services: 'styling-class', from: wednesday, to: wednesday },
  });
  return dataOf(found).days[0]?.times.map(({ startsAt, seatsLeft }) => `${startsAt.slice(11, 16)} ${seatsLeft}`);
};
/** Seats that are taken on the diary, by the moment. */
const taken = async () => {
  const times = Map.groupBy(await takenTimes(world), ({ from }) => new Date(from).toISOString().slice(11, 16));
  return Object.fromEntries(
    [...times].map(([from, all]) => [from, all.reduce((sum, { seats }) => sum + seats, 0)] as const),
  );
};

const keepLocalTime = (zone: string) => rezone(world, 'brooklyn', zone, { zoneChange: 'localTime', decision: 'keep' });

test('who has booked a lesson keeps the seat, and no more are sold than there are', async () => {
  await attend('18:00', 2);
  await attend('18:00', 1);
  expect(await left()).toEqual(['17:00 6', '18:00 3']);
  expect((await keepLocalTime('America/Denver')).conflicts).toEqual([]);
  expect([await left(), await taken()]).toEqual([['17:00 6', '18:00 3'], { '01:00': 3 }]);
  expect(await tryAttend('18:00', 4)).toBe('time_taken');
  expect(await tryAttend('18:00', 3)).toBe('done');
  expect(await tryAttend('18:00', 1)).toBe('time_taken');
});

test('full lessons in a row stay apart when the one takes the hour of the other', async () => {
  for (const seats of [4, 2]) {
    await attend('17:00', seats);
    await attend('18:00', seats);
  }
  expect(await taken()).toEqual({ '22:00': 6, '23:00': 6 });
  expect((await keepLocalTime('America/Chicago')).conflicts).toEqual([]);
  expect([await left(), await taken()]).toEqual([[], { '23:00': 6, '00:00': 6 }]);
  expect((await keepLocalTime('America/New_York')).conflicts).toEqual([]);
  expect(await taken()).toEqual({ '22:00': 6, '23:00': 6 });
});

test('who finds the seats taken by newcomers stays where they were, and is listed; the last to have booked', async () => {
  const [early, late] = [await attend('17:00', 2), await attend('17:00', 2)];
  const { jobs = [] } = dataOf(
    await putZone(world, 'brooklyn', 'America/Denver', { zoneChange: 'localTime', decision: 'keep' }),
  );
  expect(jobs).toHaveLength(1);
  // Before the work begins somebody books by the new clock.
  expect(await tryAttend('17:00', 4)).toBe('done');
  await world.system.windBy(minute);
  const job = await world.as('manager').getJob({ params: { jobId: jobs[0]?.id ?? '' } });
  expect(dataOf(job).conflicts).toEqual([late.id]);
  expect(await taken()).toEqual({ '22:00': 2, '00:00': 6 });
  const { startsAt } = dataOf(await world.as('reception').getAppointment({ params: { appointmentId: early.id } }));
  expect(startsAt).toBe(`${wednesday}T17:00:00-07:00`);
});

test('a lesson that was knowingly left with fewer seats keeps all its people when the moment stays', async () => {
  for (const seats of [3, 2]) await attend('18:00', seats);
  const { version, value } = await rowOf(world, 'services', 'styling-class');
  const fewer = { value: { ...value, seats: 4 }, decision: 'keep' as const };
  dataOf(await world.as('manager').putService({ params: { id: value.id }, ifMatch: version, body: fewer }));
  await world.system.windBy(3 * minute);
  const { conflicts } = await rezone(world, 'brooklyn', 'America/Chicago', { zoneChange: 'instant', decision: 'keep' });
  expect([conflicts, await taken()]).toEqual([[], { '23:00': 5 }]);
});

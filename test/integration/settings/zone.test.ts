import { afterAll, beforeAll, expect, test } from 'vitest';
import { day, minute } from '../../support/durations.ts';
import { dataOf, problemOf } from '../../support/outcomes.ts';
import { planned } from '../../support/world/messages.ts';
import { diaryOf, jobOf, putZone, rowOf } from '../../support/world/settings.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const startsOf = async (date: string, ids: string[], locationId = 'brooklyn') =>
  (await diaryOf(world, date, locationId)).filter(({ id }) => ids.includes(id)).map(({ startsAt }) => startsAt);

const startIn = (calendar: string): string | undefined => /DTSTART:(\w+)/.exec(calendar)?.[1];

const byMarco = (startsAt: string) => ({ startsAt, services: [{ serviceId: 'cut', staffId: 'marco' }] });

test('another zone asks what it means for what is booked', async () => {
  const booked = await mustBook(world.api, { startsAt: '2026-11-24T10:00' });
  const asked = problemOf(await putZone(world, 'brooklyn', 'America/Chicago'));
  expect([asked.status, asked.code, asked.affectedTotal]).toEqual([409, 'appointments_affected', 1]);
  expect(asked.affected?.[0]).toMatchObject({ appointmentId: booked.id, why: ['zone_changed'] });
  expect(asked.errors?.map(({ path, allowed }) => [path, allowed])).toEqual([['zoneChange', ['localTime', 'instant']]]);
});

test('keeping the local time moves the moments, the diary and the reminders, by the hour between the zones', async () => {
  // In a row, so that each takes what its neighbour gives up.
  const row = [];
  for (const time of ['09:00', '10:15', '11:30'])
    row.push(await mustBook(world.api, { startsAt: `2026-11-25T${time}` }));
  await world.system.settle();
  const ids = row.map(({ id }) => id);
  expect(await startsOf('2026-11-25', ids)).toEqual(row.map(({ startsAt }) => startsAt));

  const saved = dataOf(await putZone(world, 'brooklyn', 'America/Chicago', { zoneChange: 'localTime' }));
  const job = saved.jobs?.find(({ kind }) => kind === 'rezone')?.id ?? '';
  await world.system.windBy(minute);
  const done = await jobOf(world, job);
  expect(done).toMatchObject({ kind: 'rezone', done: done.total, conflicts: [] });
  const chicago = row.map(({ startsAt }) => startsAt.replace('-05:00', '-06:00'));
  expect(await startsOf('2026-11-25', ids)).toEqual(chicago);
  const [first = ''] = chicago;
  expect(planned(world, { id: ids[0] ?? '' })).toEqual({ reminder: Date.parse(first) - day });

  // Its new time is taken on the diary, and what it gave up is free.
  await world.system.windBy(2 * minute);
  expect((await book(world.api, { startsAt: '2026-11-25T09:00' })).status).toBe(409);
  expect((await book(world.api, { startsAt: '2026-11-25T13:00' })).status).toBe(201);
  // Another moment is another entry in the calendar: each of them hears of it, once.
  await world.system.settle();
  expect(
    world
      .mails(/new time/i)
      .flatMap(({ attachments }) => attachments.map(({ text }) => startIn(text) ?? ''))
      .filter((start) => start.startsWith('20261125'))
      .sort(),
  ).toEqual(['20261125T150000Z', '20261125T161500Z', '20261125T173000Z']);
});

test('cancelling afterwards gives the time back', async () => {
  const booked = await mustBook(world.api, { startsAt: '2026-12-02T10:00' });
  dataOf(await putZone(world, 'brooklyn', 'America/New_York', { zoneChange: 'localTime' }));
  await world.system.windBy(minute);
  const cancelled = await world.api.cancelByLink({ params: { token: booked.token } });
  expect(cancelled.ok && cancelled.data.startsAt).toBe('2026-12-02T10:00:00-05:00');
  await world.system.windBy(2 * minute);
  expect((await book(world.api, { startsAt: '2026-12-02T10:00' })).status).toBe(201);
});

test('keeping the moment changes the clock alone, and asks about what then lies outside the hours', async () => {
  const early = await mustBook(world.api, { startsAt: '2026-12-03T09:00' });
  const asked = problemOf(await putZone(world, 'brooklyn', 'America/Chicago', { zoneChange: 'instant' }));
  expect(asked.errors?.map(({ path }) => path)).toEqual(['decision']);
  expect(asked.affected?.find(({ appointmentId }) => appointmentId === early.id)?.why).toEqual(['location_closed']);
  const saved = dataOf(
    await putZone(world, 'brooklyn', 'America/Chicago', { zoneChange: 'instant', decision: 'keep' }),
  );
  expect(saved.jobs?.map(({ kind }) => kind)).toEqual(['rezone']);
  await world.system.windBy(minute);
  expect(await startsOf('2026-12-03', [early.id])).toEqual(['2026-12-03T08:00:00-06:00']);
  dataOf(await putZone(world, 'brooklyn', 'America/New_York', { zoneChange: 'instant' }));
  await world.system.windBy(minute);
  expect(await startsOf('2026-12-03', [early.id])).toEqual(['2026-12-03T09:00:00-05:00']);
});

test('a time that another has at another location is a conflict: it stays, and is listed', async () => {
  // Marco's home is Brooklyn; on Saturdays he works in Los Feliz, three hours behind.
  const there = await mustBook(world.api, { ...byMarco('2026-12-12T10:00'), locationId: 'los-feliz' });
  const { version, value } = await rowOf(world, 'staff', 'marco');
  const saturdays = {
    ...value.hours,
    brooklyn: { ...value.hours['brooklyn'], sat: [{ from: '09:00', until: '19:00' }] },
  };
  dataOf(
    await world.as('manager').putStaffMember({
      params: { id: 'marco' },
      ifMatch: version,
      body: { value: { ...value, hours: saturdays } },
    }),
  );
  await world.system.windBy(2 * minute);
  // Noon in Brooklyn comes an hour before ten in Los Feliz; noon in Denver's zone would come at eleven there.
  const here = await mustBook(world.api, byMarco('2026-12-12T11:30'));
  const saved = dataOf(await putZone(world, 'brooklyn', 'America/Denver', { zoneChange: 'localTime' }));
  await world.system.windBy(minute);
  const job = await jobOf(world, saved.jobs?.find(({ kind }) => kind === 'rezone')?.id ?? '');
  expect(job).toMatchObject({ done: job.total, conflicts: [here.id] });
  expect(await startsOf('2026-12-12', [there.id], 'los-feliz')).toEqual([there.startsAt]);
  const left = await diaryOf(world, '2026-12-12');
  expect(left.filter(({ id }) => id === here.id).map(({ startsAt }) => Date.parse(startsAt))).toEqual([
    Date.parse(here.startsAt),
  ]);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { day, minute } from '../../support/durations.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { mustBeConsistent, putRows, rowsOf, takenTimes } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { planned } from '../../support/world/messages.ts';
import { jobOf, rezone } from '../../support/world/settings.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(() => world.system.close());

/**
 * A law by which the clocks of `zone` show from now on what those of `law` do: all that stands in the table was written
 * by the clocks of `zone`, and is called `law`.
 */
const pass = async (zone: string, law: string): Promise<void> => {
  await world.system.settle();
  for (const entity of ['Catalogue', 'Appointment', 'Block', 'DiaryPage', 'ZoneRules']) {
    const rows = await rowsOf(world, entity);
    const renamed = rows.map((row) => ({
      ...JSON.parse(JSON.stringify(row).replaceAll(zone, law)),
      ...(row['revision'] ? { revision: randomUUID() } : {}),
      ...(entity === 'ZoneRules' ? { version: '2000a' } : {}),
    }));
    await putRows(world, renamed);
  }
  // Whoever holds the catalogue reads it again after a minute.
  await world.system.windBy(2 * minute);
};

const checks = async () =>
  dataOf(await world.as('owner').listAudit({ query: {} })).entries.filter(
    ({ action }) => action === 'zone_rules.checked',
  );

/** What the hourly schedule does, and the job that it started, done. */
const check = async () => {
  world.system.enqueue({ kind: 'zone-rules' });
  await world.system.windBy(minute);
  const [checked] = await checks();
  const job = await jobOf(world, checked?.details?.['jobs'] ?? '');
  expect(job).toMatchObject({ kind: 'rezone', why: `zone-rules/${process.versions['tz']}`, done: job.total });
  return job;
};

const newTimeMails = () => world.mails(/new time/i);
const startsOn = async (date: string) =>
  (await staff.diary({ date })).appointments.map(({ id, startsAt }) => `${id} ${startsAt}`);

test('a table that meets rules for the first time is looked through once', async () => {
  const booked = await mustBook(world.api, { startsAt: '2026-11-25T10:00' });
  expect((await check()).conflicts).toEqual([]);
  world.system.enqueue({ kind: 'zone-rules' });
  await world.system.windBy(minute);
  expect(await checks()).toHaveLength(1);
  expect((await staff.get(booked.id)).version).toBe(1);
});

test('all keeps the time that was promised, and nobody is told what they know', async () => {
  const date = '2026-12-01';
  const morning = await mustBook(world.api, { startsAt: `${date}T10:00` });
  const lunch = dataOf(await staff.block({ staffId: 'amina', from: `${date}T11:15`, until: `${date}T12:15` }));
  const late = await mustBook(world.api, { startsAt: `${date}T12:15` });
  await pass('America/New_York', 'America/Chicago');
  expect(await startsOn(date)).toEqual([`${morning.id} ${date}T09:00:00-06:00`, `${late.id} ${date}T11:15:00-06:00`]);
  const told = world.mails().length;

  expect((await check()).conflicts).toEqual([]);
  const { blocks } = await staff.diary({ date });
  expect(await startsOn(date)).toEqual([`${morning.id} ${date}T10:00:00-06:00`, `${late.id} ${date}T12:15:00-06:00`]);
  expect(blocks).toMatchObject([{ id: lunch.id, from: `${date}T11:15:00-06:00`, until: `${date}T12:15:00-06:00` }]);
  expect(planned(world, morning)).toEqual({ reminder: Date.parse(`${date}T10:00:00-06:00`) - day });
  expect(world.mails()).toHaveLength(told);
  expect(codeOf(await book(world.api, { startsAt: `${date}T12:15` }))).toBe('time_taken');
  dataOf(await staff.unblock(lunch.id));
  await mustBeConsistent(world);

  // The entry in the client's calendar follows with the next mail.
  await world.system.windTo(Date.parse(`${date}T10:00:00-06:00`) - day + minute);
  const files = world
    .mails()
    .slice(told)
    .flatMap(({ attachments }) => attachments.map(({ text }) => text));
  const file = files.find((text) => text.includes(morning.id)) ?? '';
  expect(file).toMatch(/\nSEQUENCE:1\r?\n/);
  expect(file).toContain('DTSTART:20261201T160000Z');
  await pass('America/Chicago', 'America/New_York');
  await check();
});

test('what stands about midnight stands on the pages of its own days', async () => {
  const [day1, day2] = ['2027-01-13', '2027-01-14'] as const;
  const night = dataOf(await staff.block({ staffId: 'amina', from: `${day1}T23:30`, until: `${day2}T00:30` }));
  const early = dataOf(await staff.block({ staffId: 'priya', from: `${day2}T00:00`, until: `${day2}T00:30` }));
  const late = await staff.book(`${day1}T23:30`, {
    override: { hours: true },
    services: [{ serviceId: 'cut', staffId: 'marco' }],
  });
  await pass('America/New_York', 'America/Chicago');
  expect((await check()).conflicts).toEqual([]);
  const pages = (await takenTimes(world)).map(({ id, date }) => `${id} ${date}`);
  const ofEach = [night, early, late].map(({ id }) => pages.filter((page) => page.startsWith(id)).sort());
  expect(ofEach).toEqual([
    [`${night.id} ${day1}`, `${night.id} ${day2}`],
    [`${early.id} ${day2}`],
    [`${late.id} ${day1}`, `${late.id} ${day2}`],
  ]);
  for (const { id } of [night, early]) dataOf(await staff.unblock(id));
  await mustBeConsistent(world);
  await pass('America/Chicago', 'America/New_York');
  await check();
});

test('of two who were promised one time the later stays where it is, and is listed', async () => {
  const date = '2026-12-08';
  const first = await mustBook(world.api, { startsAt: `${date}T10:00` });
  await pass('America/New_York', 'America/Chicago');
  const second = await mustBook(world.api, { startsAt: `${date}T10:15` });
  expect((await check()).conflicts).toEqual([first.id]);
  expect(await startsOn(date)).toEqual([`${first.id} ${date}T09:00:00-06:00`, `${second.id} ${date}T10:15:00-06:00`]);
  // Once there is room it moves, when all is looked through again two days later.
  dataOf(await staff.mark(second.id, 'cancelled'));
  await world.system.windBy(2 * day);
  expect((await check()).conflicts).toEqual([]);
  expect(await startsOn(date)).toContain(`${first.id} ${date}T10:00:00-06:00`);
  await pass('America/Chicago', 'America/New_York');
  await check();
});

test('a promised time that the new law skips is told, with the first moment after it', async () => {
  // In Bogota no clock is ever changed; in New York this night has no half past two.
  await rezone(world, 'brooklyn', 'America/Bogota', { zoneChange: 'localTime', decision: 'keep' });
  const night = await staff.book('2027-03-14T02:30', { override: { hours: true } });
  const untold = newTimeMails().length;
  await pass('America/Bogota', 'America/New_York');
  await check();
  expect((await staff.get(night.id)).startsAt).toBe('2027-03-14T03:00:00-04:00');
  expect(newTimeMails().length - untold).toBe(1);
});

test('fifty at once are moved once each, however often the work comes', async () => {
  const date = '2027-02-02';
  const minutes = Array.from({ length: 50 }, (_, index) => index * 15);
  const times = minutes.map(
    (at) => `${String(8 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
  );
  const blocks = await Promise.all(
    times.map((time) =>
      staff.block({
        staffId: 'amina',
        from: `${date}T${time}`,
        until: `${date}T${time.replace(/\d\d$/, (m) => String(Number(m) + 14).padStart(2, '0'))}`,
      }),
    ),
  );
  const ids = blocks.map((each) => dataOf(each).id);
  await pass('America/New_York', 'America/Chicago');
  for (let times = 0; times < 50; times += 1) world.system.enqueue({ kind: 'zone-rules' });
  expect((await check()).conflicts).toEqual([]);
  const stand = (await staff.diary({ date })).blocks.filter(({ id }) => ids.includes(id));
  expect(stand.map(({ from }) => from).sort()).toEqual(times.map((time) => `${date}T${time}:00-06:00`));
  await Promise.all(ids.map((id) => staff.unblock(id)));
  await mustBeConsistent(world);
});

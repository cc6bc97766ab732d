// Books by the rules of one Node's time zones and goes on by those of another, on the same data:
// `node test/proof/zone-rules/two-nodes.ts <a Node with older rules>`. See docs/proof.md.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minute } from '../../support/durations.ts';
import { staffOf } from '../../support/world/desk.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

/** British Columbia stays on summer time from the autumn of 2026: 2025b doesn't know it yet, 2026c does. */
const zone = 'America/Vancouver';
const date = '2026-12-01';

const start = (dataDir: string): Promise<World> =>
  startWorld({ dataDir, startAt: Date.parse('2026-11-22T15:00:00Z') }, (catalogue) => {
    for (const location of catalogue.locations) if (location.id === 'brooklyn') location.zone = zone;
  });

const timesIn = async (world: World): Promise<string[]> =>
  (await staffOf(world).diary({ date })).appointments.map(({ startsAt }) => startsAt);

const bookByThese = async (dataDir: string): Promise<void> => {
  const world = await start(dataDir);
  const ten = await mustBook(world.api, { startsAt: `${date}T10:00` });
  await mustBook(world.api, { startsAt: `${date}T17:00` });
  await world.system.settle();
  const told = world.mails().map(({ text }) => text);
  writeFileSync(join(dataDir, 'told.json'), JSON.stringify({ id: ten.id, told, rules: process.versions['tz'] }));
  await world.system.close();
};

const goOnByThese = async (dataDir: string): Promise<void> => {
  const { id, told, rules } = JSON.parse(readFileSync(join(dataDir, 'told.json'), 'utf8'));
  console.log(`Booked by ${rules}, goes on by ${process.versions['tz']}.`);
  assert.match(told.join('\n'), /December 1\D+10:00/);
  const world = await start(dataDir);
  console.log('as read:', await timesIn(world));
  world.system.enqueue({ kind: 'zone-rules' });
  await world.system.windBy(minute);
  const times = await timesIn(world);
  console.log('looked through:', times);
  assert.deepEqual(
    times.map((time) => time.slice(11, 16)),
    ['10:00', '17:00'],
  );
  assert.equal((await book(world.api, { startsAt: `${date}T10:00` })).ok, false);
  await world.system.windTo(Date.parse(times[0] ?? '') - 24 * 60 * minute + minute);
  const since = world.mails().slice(told.length);
  console.log(since.map(({ subject }) => subject));
  assert.ok(since.every(({ subject }) => !/new time/i.test(subject ?? '')));
  const files = since.flatMap(({ attachments }) => attachments.map(({ text }) => text));
  const file = files.find((text) => text.includes(`UID:${id}`)) ?? '';
  assert.match(file, /SEQUENCE:1/);
  await world.system.close();
};

const [first, dataDir] = process.argv.slice(2);
if (first === undefined) throw new Error('Name a Node with older rules of time zones');
if (first === 'book') await bookByThese(dataDir ?? '');
else {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-zones-'));
  execFileSync(first, [import.meta.filename, 'book', dir], { stdio: 'inherit' });
  await goOnByThese(dir);
  rmSync(dir, { recursive: true });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { day, hour } from '../../support/durations.ts';
import { bookAs, complete, consent, planned, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

test('a journey goes on after the system was stopped at any point: nothing is lost, planned twice or sent twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'regulars-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  let world: World = await startWorld({ dataDir });
  onTestFinished(() => world.system.close());
  const restart = async (): Promise<void> => {
    await world.system.close();
    world = await startWorld({ dataDir });
  };

  const email = 'restarted@example.com';
  const booked = await bookAs(world, { email, phone: undefined }, { consents: consent('email') });
  // At once: the booking is committed, its record of the stream may not have been read yet.
  await restart();
  await world.system.settle();
  expect(sentTo(world, email)).toEqual(['email confirmation']);
  const visit = Date.parse(booked.startsAt);
  expect(planned(world, booked)).toEqual({ reminder: visit - day });

  await world.system.windTo(visit - 5 * hour);
  const moved = await world.api.moveByLink({ params: { token: booked.token }, body: { startsAt: '2026-11-27T15:00' } });
  expect(moved.ok).toBe(true);
  await restart();
  await world.system.settle();
  const later = Date.parse('2026-11-27T15:00:00-05:00');
  expect(planned(world, booked)).toEqual({ reminder: later - day });

  await world.system.windTo(later + hour);
  await complete(world, booked.id);
  await restart();
  expect(Object.keys(planned(world, booked)).sort()).toEqual(['come-back', 'review']);
  await world.system.windBy(day);
  await restart();
  await world.system.windBy(60 * day);
  expect(sentTo(world, email)).toEqual([
    'email confirmation',
    'email reminder',
    'email moved',
    'email reminder',
    'email review',
    'email come-back',
  ]);
  expect([world.system.schedules(), world.system.deadLetters(), world.system.failedRecords()]).toEqual([[], [], []]);
});

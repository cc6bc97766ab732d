import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../support/durations.ts';
import { rowsOf } from '../../support/world/booking.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, ({ settings }) => {
    settings.privacyUrl = 'https://salon.example/privacy';
    settings.cancellationPolicy = { en: 'Free until the day before.' };
    settings.retention = { messagesDays: 800, textsDays: 40, clientsMonths: 12 };
  });
});
afterAll(() => world.system.close());

const daysLeft = (row: Record<string, unknown> | undefined, since: string) =>
  Math.round((Number(row?.['expiresAt']) * 1000 - Number(row?.[since])) / day);

describe('what is no longer needed', () => {
  it('goes: the record of a message after the days that the settings say', async () => {
    const { id } = await mustBook(world.api);
    await world.system.settle();
    const [record] = (await rowsOf(world, 'Message')).filter(({ appointmentId }) => appointmentId === id);
    expect(record).toMatchObject({ status: expect.stringMatching(/sent|delivered/) });
    expect(daysLeft(record, 'since')).toBe(800);
  });

  it('goes: the words of a text, in the inbox and in the timeline', async () => {
    const client = { firstName: 'Rosa', phone: '+17185550177', language: 'en' };
    await mustBook(world.api, { startsAt: '2026-11-25T10:00', client });
    world.system.receiveText('+17185550177', 'May I bring my dog?');
    await world.system.settle();
    const said = (row: Record<string, unknown>) => JSON.stringify(row).includes('my dog');
    const [inbox] = (await rowsOf(world, 'ReceivedText')).filter(said);
    const [entry] = (await rowsOf(world, 'TimelineEntry')).filter(said);
    expect([daysLeft(inbox, 'at'), daysLeft(entry, 'at')]).toEqual([40, 40]);
  });

  it('stays: what tells of a visit', async () => {
    const entries = await rowsOf(world, 'TimelineEntry');
    const booked = entries.filter(({ type }) => type === 'appointment.booked' || String(type).endsWith('booked'));
    expect(booked.length).toBeGreaterThan(0);
    for (const row of [...booked, ...(await rowsOf(world, 'Appointment')), ...(await rowsOf(world, 'Client'))])
      expect(row).not.toHaveProperty('expiresAt');
  });
});

it('a mail carries what the business has set', () => {
  const [mail] = world.mails(/booked/);
  expect(mail?.text).toContain(
    'Cancellation policy: Free until the day before.\nPrivacy: https://salon.example/privacy',
  );
});

it('npm run retention lists who was not seen, and deletes nothing', async () => {
  const before = await rowsOf(world, 'Client');
  const { status, stdout } = spawnSync(
    process.execPath,
    ['infra/retention/list.ts', '--table', world.system.tableName, '--endpoint', world.system.dynamoEndpoint],
    { encoding: 'utf8' },
  );
  expect([status, stdout]).toEqual([
    0,
    `0 of ${before.length} clients have not been seen for 12 months. Nothing was deleted.\n`,
  ]);
  expect(await rowsOf(world, 'Client')).toEqual(before);
});

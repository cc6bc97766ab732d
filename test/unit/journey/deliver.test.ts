import { describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import type { Touchpoint } from '../../../shared/business/catalogue.ts';
import { createDeliver } from '../../../shared/journey/deliver.ts';
import { createTouchpointMessage } from '../../../shared/journey/message.ts';
import type { SkipReason } from '../../../shared/messages/contract.ts';
import type { OutgoingMessage } from '../../../shared/messages/message.ts';
import { createComposer } from '../../../shared/messages/outgoing.ts';
import { day, instantOf } from '../../../shared/platform/time/time.ts';
import type { Tokens } from '../../../shared/platform/tokens/tokens.ts';
import { hour } from '../../support/durations.ts';
import { catalogueIndexOf, readerOf, startsAt, visitOf } from '../../support/unit/visits.ts';

const tokens: Tokens = {
  sign: async (purpose, subject) => `${purpose}-${subject}`,
  read: () => Promise.reject(new Error('nothing is verified here')),
  verify: () => Promise.reject(new Error('nothing is verified here')),
  pseudonym: async (_, text) => text,
};

/** A delivery that ends where messages are sent; `sent` is what came through. */
const worldOf = (options: {
  appointment: Appointment;
  others?: Appointment[];
  /** All of its series. */
  series?: Appointment[];
  now: number;
  journey?: Touchpoint[];
}) => {
  const { appointment, others = [], series = [], now, journey } = options;
  const sent: OutgoingMessage[] = [];
  const skipped: SkipReason[] = [];
  const deferred: [string, number][] = [];
  const catalogueIndex = catalogueIndexOf((file) => {
    if (journey) file.journey = journey;
  });
  const catalogue = readerOf(catalogueIndex);
  const clock = () => now;
  const compose = createComposer({ senderAddress: 'hello@salon.example', now: clock });
  const dispatch = {
    send: async (message: OutgoingMessage) => {
      sent.push(message);
      return 'sent' as const;
    },
    skip: async (_: OutgoingMessage, reason: SkipReason) => void skipped.push(reason),
  };
  const deliver = createDeliver({
    catalogue,
    appointments: { get: async () => appointment, ofClient: async () => others, ofSeries: async () => series },
    messages: { ofClient: async () => [] },
    messageOf: createTouchpointMessage({ tokens, publicUrl: 'https://salon.example', now: clock, compose }),
    dispatch,
    schedules: { put: async (name, at) => void deferred.push([name, at]), remove: async () => {} },
    now: clock,
  });
  const touchpoint = (touchpointId: string, more: Partial<Extract<OutboxMessage, { kind: 'touchpoint' }>> = {}) =>
    deliver({ kind: 'touchpoint', appointmentId: appointment.id, touchpointId, sequence: 0, ...more });
  return { touchpoint, sent, skipped, deferred };
};

const before = startsAt - 5 * day;
const series = (index: number, at = startsAt) =>
  visitOf({
    id: `series000000000${index}`,
    startsAt: at,
    contact: { firstName: 'Nadia', phone: '+447700900001', language: 'en' },
    series: { id: 'series0123456789', index, count: 3 },
  });

it('the confirmation of the first of repeating appointments speaks of all', async () => {
  const row = [series(0), series(1, startsAt + 7 * day), series(2, startsAt + 14 * day)];
  const world = worldOf({ appointment: series(0), series: row, now: before });
  await world.touchpoint('confirmation');
  expect(world.sent[0]?.text().text).toMatch(/\nThis is the first of 3 appointments, the last on 8 December\.$/);
});

it('the others are not confirmed one by one', async () => {
  const world = worldOf({ appointment: series(2), now: before });
  expect([await world.touchpoint('confirmation'), world.skipped]).toEqual(['skipped', ['superseded']]);
});

it.each([
  ['moved', {}, 'This is the first of 3 appointments that have been moved, the last on 8 December.'],
  ['cancelled', { status: 'cancelled' }, 'This is the first of 3 appointments that have been cancelled, the last on'],
] as const)('what was %s together the first tells, with how many and until when', async (id, changes, sentence) => {
  const at = (index: number, sequence = 1) => ({
    ...series(index, startsAt + index * 7 * day),
    ...changes,
    sequence,
    together: { sequence: 1, first: { id: series(0).id, sequence: 1 }, count: 3 },
  });
  const row = [at(0), at(1), at(2)];
  const first = worldOf({ appointment: at(0), series: row, now: before });
  expect(await first.touchpoint(id, { sequence: 1 })).toBe('sent');
  expect(first.sent[0]?.text().text).toContain(`\n${sentence}`);
  const mail = Buffer.from(await (first.sent[0] as OutgoingMessage).mail('nadia@example.com')).toString();
  expect(mail.replace(/=\r?\n/g, '')).toContain(sentence.slice(0, 30));
  const second = worldOf({ appointment: at(1), series: row, now: before });
  expect([await second.touchpoint(id, { sequence: 1 }), second.skipped]).toEqual(['skipped', ['superseded']]);
  const changedAgain = worldOf({ appointment: at(1, 2), series: row, now: before });
  expect(await changedAgain.touchpoint(id, { sequence: 2 })).toBe('sent');
  expect(changedAgain.sent[0]?.text().text).not.toContain('first of');
});

describe('where the first of a row has changed before its message goes', () => {
  const first = { id: series(0).id, sequence: 1 };
  const at = (index: number, changes: Partial<Appointment> = {}): Appointment => ({
    ...series(index, startsAt + index * 7 * day),
    status: 'cancelled',
    cancelledAt: before,
    sequence: 1,
    together: { sequence: 1, first, count: 3 },
    ...changes,
  });
  const again = at(0, { status: 'pending', cancelledAt: undefined, sequence: 2 });
  const deliveredOf = async (row: Appointment[], now = before) => {
    const [appointment = series(0)] = row;
    const world = worldOf({ appointment, series: row, now });
    return { ...world, outcome: await world.touchpoint('cancelled', { sequence: 1 }) };
  };

  it('the next that is as it was left speaks for those after it, under the key of the first', async () => {
    const { sent } = await deliveredOf([again, at(1), at(2)]);
    expect(sent[0]?.key).toMatchObject({ appointmentId: first.id, touchpoint: 'cancelled', occurrence: 1 });
    expect(sent[0]?.text().text).toContain('Tue 1 Dec, 11:00');
    expect(sent[0]?.text().text).toContain('the first of 2 appointments that have been cancelled, the last on 8 Dec');
  });

  it('or tells of itself alone, where the others have changed as well', async () => {
    const other = { sequence: 1, first: { id: series(1).id, sequence: 1 }, count: 2 };
    const { sent } = await deliveredOf([again, at(1, { together: other }), at(2)], before + hour);
    expect(sent[0]?.text().text).toContain('Tue 8 Dec, 11:00');
    expect(sent[0]?.text().text).not.toContain('first of');
  });

  it('and where nothing is as it was left, nobody', async () => {
    const { sent, skipped } = await deliveredOf([again, at(1, { sequence: 2 }), at(2, { status: 'pending' })]);
    expect([sent, skipped]).toEqual([[], ['moved']]);
  });

  it('it waits while the others may be on their way, and then tells of those that there are', async () => {
    const part = [at(0), at(1), series(2)];
    const early = await deliveredOf(part, before + 30_000);
    expect([early.outcome, early.sent, early.skipped]).toEqual(['deferred', [], []]);
    expect(early.deferred).toEqual([[`${first.id}.cancelled.1`, before + 60_000]]);
    const { sent } = await deliveredOf(part, before + 60_000);
    expect(sent[0]?.text().text).toContain('the first of 2 appointments');
  });
});

it('a time that is given away unless it is confirmed says until when', async () => {
  const contact = { firstName: 'Nadia', phone: '+447700900001', language: 'en' as const };
  const confirmBy = instantOf('2026-11-20', '18:00', 'Europe/London');
  const world = worldOf({ appointment: visitOf({ confirmBy, contact }), now: before });
  await world.touchpoint('confirmation');
  expect(world.sent[0]?.text().text).toContain("\nPlease confirm by Fri 20 Nov, 18:00, or we'll offer the time");
  // Whoever only holds the booking's answer may have said so.
  const said = worldOf({ appointment: visitOf({ confirmBy, contact, status: 'confirmed' }), now: before });
  await said.touchpoint('confirmation');
  expect(said.sent[0]?.text().text).toContain('Please confirm');
  const confirmed = worldOf({ appointment: visitOf({ contact, status: 'confirmed' }), now: before });
  await confirmed.touchpoint('confirmation');
  expect(confirmed.sent[0]?.text().text).not.toContain('Please confirm');
});

it('what falls into the client’s night waits for the client’s morning, unless staff want it now', async () => {
  const contact = { firstName: 'Nadia', email: 'nadia@example.com', language: 'en' as const, zone: 'Asia/Dhaka' };
  const now = instantOf('2026-11-22', '17:00', 'Europe/London');
  const world = worldOf({ appointment: visitOf({ contact }), now });
  expect(await world.touchpoint('reminder')).toBe('deferred');
  expect(world.deferred).toEqual([['0123456789abcdef.reminder.0', instantOf('2026-11-23', '08:00', 'Asia/Dhaka')]]);
  expect(await world.touchpoint('reminder', { resend: 1, by: 'k3' })).toBe('sent');
  expect(world.sent[0]).toMatchObject({ by: 'k3', key: { touchpoint: 'reminder', occurrence: 0, resend: 1 } });
});

it('advertising by text keeps the law’s hours, also when staff send it again', async () => {
  const contact = { firstName: 'Nadia', phone: '+17185550100', language: 'en' as const, zone: 'America/New_York' };
  const offer: Touchpoint = {
    id: 'offer',
    template: 'come-back',
    anchor: 'end',
    offset: 'PT1H',
    channels: ['sms'],
    when: [],
    purpose: 'marketing',
    quiet: 'ignore',
  };
  const now = instantOf('2026-11-24', '22:30', 'America/New_York');
  const world = worldOf({ appointment: visitOf({ contact, status: 'completed' }), now, journey: [offer] });
  expect([await world.touchpoint('offer'), await world.touchpoint('offer', { resend: 1 })]).toEqual([
    'deferred',
    'deferred',
  ]);
  const morning = instantOf('2026-11-25', '08:00', 'America/New_York');
  expect(world.deferred).toEqual([
    ['0123456789abcdef.offer.0', morning],
    ['0123456789abcdef.offer.0.1', morning],
  ]);
});

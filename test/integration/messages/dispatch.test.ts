import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SystemOptions } from '../../../infra/local/system.ts';
import { day, hour, minute } from '../../support/durations.ts';
import { bookAs, complete, consent, newYork, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

type Faults = NonNullable<SystemOptions['faults']>;
type Call = Parameters<Faults>[0];

let world: World;
let fault: Faults = () => undefined;
/** What the functions asked of SES and SNS. */
let calls: Call[] = [];

beforeAll(async () => {
  world = await startWorld({
    faults: (call) => {
      if (call.service !== 'ses' && call.service !== 'sns') return undefined;
      calls.push(call);
      return fault(call);
    },
  });
});
beforeEach(() => {
  fault = () => undefined;
  calls = [];
});
afterAll(() => world.system.close());

/** The next `times` calls of the service end like this. */
const failing = (
  service: Call['service'],
  times: number,
  ending: { code: string; status: number; when?: 'after' },
): Faults => {
  let left = times;
  return (call) => {
    if (call.service !== service || left === 0) return undefined;
    left -= 1;
    return ending;
  };
};
const forever = Number.POSITIVE_INFINITY;

test('a throttled mail waits until the provider takes it, then goes once', async () => {
  const { system } = world;
  const contact = { email: 'throttled@example.com', phone: '+17185553001' };
  fault = failing('ses', 3, { code: 'Throttling', status: 400 });
  const booked = await bookAs(world, contact, { startsAt: '2026-12-01T10:00' });
  await system.settle();
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: retrying']);
  expect(sentTo(world, contact.email, contact.phone)).toEqual([]);
  await system.windBy(15 * minute);
  expect(sentTo(world, contact.email, contact.phone)).toEqual(['email confirmation']);
  // The SDK did not try by itself: each attempt is one delivery of the queue.
  expect(calls).toHaveLength(4);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: delivered']);
});

test('a provider that will not take it in time leaves a dead letter, not a lost message', async () => {
  const { system } = world;
  const contact = { email: 'paused@example.com', phone: '+17185553002' };
  fault = failing('ses', forever, { code: 'AccountSendingPausedException', status: 400 });
  const booked = await bookAs(world, contact, { startsAt: '2026-12-01T12:00' });
  await system.windBy(hour);
  expect(sentTo(world, contact.email, contact.phone)).toEqual([]);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: retrying']);
  expect(system.deadLetters().map(({ body }) => JSON.parse(body))).toEqual([
    { kind: 'touchpoint', appointmentId: booked.id, touchpointId: 'confirmation', sequence: 0 },
  ]);
});

test('a mail whose answer got lost is not sent again when the report of its delivery comes first', async () => {
  const { system } = world;
  const contact = { email: 'lost@example.com', phone: '+17185553003' };
  fault = failing('ses', forever, { code: 'InternalFailure', status: 500, when: 'after' });
  const booked = await bookAs(world, contact, { startsAt: '2026-12-01T14:00' });
  await system.windBy(hour);
  expect(sentTo(world, contact.email, contact.phone)).toEqual(['email confirmation']);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: delivered']);
});

test('a confirmation whose answer got lost goes once more and no more, and stays unknown if that got lost, too', async () => {
  const { system } = world;
  const contact = { email: undefined, phone: '+17185553004' };
  fault = failing('sns', forever, { code: 'InternalFailure', status: 500, when: 'after' });
  const booked = await bookAs(world, contact, { startsAt: '2026-12-01T16:00' });
  await system.windBy(hour);
  expect(sentTo(world, contact.phone)).toHaveLength(2);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: unknown']);
});

test('an invitation whose answer got lost is never sent again', async () => {
  const { system } = world;
  const contact = { email: undefined, phone: '+17185553005' };
  const booked = await bookAs(world, contact, { startsAt: '2026-12-02T10:00', consents: consent('sms') });
  await system.windTo(Date.parse(booked.endsAt) + 4 * day);
  // Marked so late that the review is not asked for any more.
  await complete(world, booked.id);
  system.mailbox.clear();
  fault = failing('sns', forever, { code: 'InternalFailure', status: 500, when: 'after' });
  await system.windBy(45 * day);
  expect(sentTo(world, contact.phone)).toHaveLength(1);
  expect(world.texts().at(-1)?.headers).toMatchObject({ 'AWS.SNS.SMS.SMSType': 'Promotional' });
  expect(await outcomesOf(world, booked)).toContain('come-back: unknown');
});

test('a refused address makes room for the other channel', async () => {
  const { system } = world;
  const contact = { email: 'refused@example.com', phone: '+17185553006' };
  fault = failing('ses', forever, { code: 'MessageRejected', status: 400 });
  const booked = await bookAs(world, contact, { startsAt: '2027-01-26T10:00' });
  await system.settle();
  expect(sentTo(world, contact.email, contact.phone)).toEqual([
    expect.stringMatching(/^text Linden & Rose: you are booked/),
  ]);
  expect(world.texts().at(-1)?.headers).toMatchObject({ 'AWS.SNS.SMS.SMSType': 'Transactional' });
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: sent']);
});

test('both refused, it has failed, and staff see why', async () => {
  const { system } = world;
  const contact = { email: 'refused-too@example.com', phone: '+17185553007' };
  fault = ({ service }) =>
    service === 'ses' ? { code: 'MessageRejected', status: 400 } : { code: 'OptedOut', status: 400 };
  const booked = await bookAs(world, contact, { startsAt: '2027-01-26T12:00' });
  await system.windBy(hour);
  expect(sentTo(world, contact.email, contact.phone)).toEqual([]);
  expect(await outcomesOf(world, booked)).toEqual([expect.stringMatching(/^confirmation: failed OptedOut/)]);
  expect(calls.map(({ service }) => service)).toEqual(['ses', 'sns']);
});

test('who prefers texts gets texts, and who has only one address gets it there', async () => {
  const { system } = world;
  const both = { email: 'prefers-texts@example.com', phone: '+17185553008', preferredChannel: 'sms' };
  const mailOnly = { email: 'only-mail@example.com', phone: undefined, preferredChannel: 'sms' };
  const textOnly = { email: undefined, phone: '+17185553009', preferredChannel: 'email' };
  await bookAs(world, both, { startsAt: '2027-01-21T10:00' });
  await bookAs(world, mailOnly, { startsAt: '2027-01-21T12:00' });
  await bookAs(world, textOnly, { startsAt: '2027-01-21T14:00' });
  await system.settle();
  expect(sentTo(world, both.email, both.phone)).toEqual([expect.stringMatching(/^text /)]);
  expect(sentTo(world, mailOnly.email)).toEqual(['email confirmation']);
  expect(sentTo(world, textOnly.phone)).toEqual([expect.stringMatching(/^text /)]);
});

test('a message that was being retried when its appointment was moved is not left hanging', async () => {
  const { system, api } = world;
  const contact = { email: 'moved-meanwhile@example.com', phone: '+17185553010' };
  await system.windTo(newYork('2027-01-22T09:00'));
  fault = failing('ses', 1, { code: 'Throttling', status: 400 });
  const { token, ...booked } = await bookAs(world, contact, { startsAt: '2027-01-27T10:00' });
  await system.settle();
  await api.moveByLink({ params: { token }, body: { startsAt: '2027-01-27T14:00' } });
  await system.windBy(hour);
  expect(sentTo(world, contact.email, contact.phone)).toEqual(['email moved']);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: skipped moved', 'moved: delivered']);
});

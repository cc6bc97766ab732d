import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AwsCall, AwsFault } from '../../../infra/local/services/api/server.ts';
import { smsText } from '../../../shared/messages/compose/sms-parts.ts';
import { minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { bookAs, clientIdOf } from '../../support/world/messages.ts';
import { abroad, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let fault: ((call: AwsCall) => AwsFault | undefined) | undefined;

beforeAll(async () => {
  world = await startWorld({ faults: (call) => fault?.(call) }, abroad);
});
afterAll(() => world.system.close());

let days = 0;
const bookWith = async (phone: string, more: Record<string, unknown> = {}) => {
  days += 1;
  const startsAt = `2026-12-${String(days).padStart(2, '0')}T10:00`;
  const booked = await bookAs(world, { phone, email: undefined, ...more }, { startsAt });
  await world.system.settle();
  return booked;
};
const textsTo = (phone: string): string[] =>
  world.system.mailbox.list({ channel: 'text', to: phone }).map(({ text }) => text);

test('the first text to a number of North America says how to stop, and no later one', async () => {
  const phone = '+17185558401';
  const booked = await bookWith(phone);
  await bookWith(phone);
  const texts = textsTo(phone);
  expect(texts.map((text) => text.split('\n').at(-1) === 'Reply STOP to stop.')).toEqual([true, false]);
  const { messages } = dataOf(
    await world
      .as('reception')
      .listMessages({ params: { clientId: await clientIdOf(world, booked) }, query: { appointmentId: booked.id } }),
  );
  expect(messages.map(({ parts }) => parts)).toEqual([smsText(texts[0] ?? '').parts]);
});

test('it says so in the language of the client', async () => {
  await bookWith('+14165558402', { language: 'ru' });
  expect(textsTo('+14165558402')).toEqual([expect.stringMatching(/\nЧтобы отписаться, ответьте STOP\.$/)]);
});

test('a first text that had to be tried again still says so', async () => {
  const phone = '+17185558403';
  let refused = 0;
  fault = ({ service, action }) => {
    if (service !== 'sns' || action !== 'Publish' || refused > 0) return undefined;
    refused += 1;
    return { code: 'Throttling', status: 400 };
  };
  await bookWith(phone);
  await world.system.windBy(10 * minute);
  fault = undefined;
  expect(refused).toBe(1);
  expect(textsTo(phone)).toEqual([expect.stringContaining('Reply STOP to stop.')]);
});

test.each(['+447400123456', '+8801711000071'])('elsewhere no text does: %s', async (phone) => {
  await bookWith(phone);
  expect(textsTo(phone)).toEqual([expect.not.stringContaining('STOP')]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { hour, minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { newcomer } from '../../support/world/booking.ts';
import { bookAs, clientIdOf, complete } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

/** The mail that asks for a review of a visit that was booked with two addresses, so that coming proved neither. */
const asked = async (startsAt: string) => {
  const client = { ...newcomer(), preferredChannel: 'email' };
  const visit = await bookAs(world, client, { startsAt });
  await world.system.windTo(Date.parse(visit.endsAt) + minute);
  await complete(world, visit.id);
  await world.system.windBy(2 * hour);
  const mail = world.system.mailbox.list({ to: client.email }).at(-1);
  const clientId = await clientIdOf(world, visit);
  const states = async () => {
    const { addresses } = dataOf(await world.as('reception').getClient({ params: { clientId } }));
    return Object.fromEntries(addresses.map(({ channel, state }) => [channel, state]));
  };
  return {
    review: /\/r\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '',
    stop: /\/u\/([\w-]+)/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? '',
    states,
  };
};

test('a review proves the address to which its link was sent; looking at the page does not', async () => {
  const { review, states } = await asked('2026-11-24T10:00');
  dataOf(await world.api.getReviewByLink({ params: { token: review }, query: {} }));
  expect(await states()).toEqual({ email: 'given', sms: 'given' });
  const body = { ratings: [{ staffId: 'amina', score: 5 }] };
  for (const _ of [1, 2]) dataOf(await world.api.putReviewByLink({ params: { token: review }, body }));
  expect(await states()).toEqual({ email: 'proven', sms: 'given' });
});

test('who stops what was sent by mistake proves nothing; who wants it again does', async () => {
  const { stop, states } = await asked('2026-11-25T10:00');
  const params = { token: stop };
  dataOf(await world.api.unsubscribe({ params, body: { scope: 'all' } }));
  expect(await states()).toEqual({ email: 'given', sms: 'given' });
  dataOf(await world.api.resumeSubscription({ params }));
  expect(await states()).toEqual({ email: 'proven', sms: 'given' });
});

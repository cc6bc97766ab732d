import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '../../support/durations.ts';
import { bookAs, complete, consent, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const text = expect.stringMatching(/^text Linden & Rose: /);

test('a mail that arrives is recorded as delivered', async () => {
  const { system } = world;
  const booked = await bookAs(world, {}, { startsAt: '2026-11-24T10:00' });
  await system.settle();
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: delivered']);
});

test.each([
  ['does not exist', 'bounce', 'bounced', '2026-11-27T09:00'],
  ['complains', 'complaint', 'complained', '2026-11-27T11:00'],
] as const)(
  'to an address that %s nothing is mailed any more, and texts take over',
  async (_, kind, status, startsAt) => {
    const { system } = world;
    const contact = { email: `${kind}@simulator.amazonses.com`, phone: `+1718555400${kind.length}` };
    const booked = await bookAs(world, contact, { startsAt });
    await system.settle();
    expect(await outcomesOf(world, booked)).toEqual([`confirmation: ${status}`]);
    const moved = await world.api.moveByLink({
      params: { token: booked.token },
      body: { startsAt: `${startsAt.slice(0, 11)}15:00` },
    });
    expect(moved.ok || moved.problem).toBe(true);
    await system.settle();
    await world.api.cancelByLink({ params: { token: booked.token } });
    await system.settle();
    expect(sentTo(world, contact.email, contact.phone)).toEqual(['email confirmation', text, text]);
  },
);

test.each([
  ['gives up on, its mailbox being full', 'full', 'bounced', '2026-12-15T09:00'],
  ['rejects', 'virus', 'failed', '2026-12-15T11:00'],
  ['delivers, and that answers that nobody is there', 'ooto', 'delivered', '2026-12-15T13:00'],
])(
  'a mail that the provider %s shows as such, and the address gets the next one',
  async (_, kind, status, startsAt) => {
    const { system } = world;
    const contact = { email: `${kind}@simulator.amazonses.com`, phone: undefined };
    const booked = await bookAs(world, contact, { startsAt });
    await system.settle();
    expect(await outcomesOf(world, booked)).toEqual([`confirmation: ${status}`]);
    await world.api.cancelByLink({ params: { token: booked.token } });
    await system.settle();
    expect(await outcomesOf(world, booked)).toContain(`cancelled: ${status}`);
  },
);

test('a complaint that was a mistake is taken back, and no other stop with it', async () => {
  const { system } = world;
  const contact = { email: 'mistaken@example.com', phone: undefined };
  const booked = await bookAs(world, contact, { startsAt: '2026-12-16T09:00' });
  await system.settle();
  const [confirmation] = system.mailbox.list({ to: contact.email });
  system.publishFeedback('complaint', confirmation?.id ?? '');
  await system.settle();
  system.publishFeedback('not-spam', confirmation?.id ?? '');
  await system.settle();
  await world.api.cancelByLink({ params: { token: booked.token } });
  await system.settle();
  expect(await outcomesOf(world, booked)).toContainEqual(expect.stringMatching(/^cancelled: (?!skipped)/));
  const other = { email: 'left@example.com', phone: undefined };
  const second = await bookAs(world, other, { startsAt: '2026-12-16T11:00' });
  await system.settle();
  const [mail] = system.mailbox.list({ to: other.email });
  system.publishFeedback('bounce', mail?.id ?? '');
  await system.settle();
  system.publishFeedback('not-spam', mail?.id ?? '');
  await system.settle();
  await world.api.cancelByLink({ params: { token: second.token } });
  await system.settle();
  expect(await outcomesOf(world, second)).toContain('cancelled: skipped suppressed');
});

test('with no other address there is nothing left to send to, and staff see why', async () => {
  const { system } = world;
  const contact = { email: 'gone@example.com', phone: undefined };
  const booked = await bookAs(world, contact, { startsAt: '2026-12-01T10:00' });
  await system.settle();
  const [confirmation] = system.mailbox.list({ to: contact.email });
  system.publishFeedback('bounce', confirmation?.id ?? '');
  await system.settle();
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: bounced']);
  system.publishFeedback('delivery', confirmation?.id ?? '');
  await system.settle();
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: bounced']);
  await system.windTo(Date.parse(booked.startsAt));
  expect(sentTo(world, contact.email)).toEqual(['email confirmation']);
  expect(await outcomesOf(world, booked)).toEqual(['confirmation: bounced', 'reminder: skipped suppressed']);
});

test('the address stays suppressed for whoever books with it next, however it is written', async () => {
  const { system } = world;
  const contact = { email: 'Gone@Example.com', phone: '+17185554200' };
  await bookAs(world, contact, { startsAt: '2026-12-08T10:00' });
  await system.settle();
  expect(sentTo(world, 'gone@example.com', contact.phone)).toEqual(['email confirmation', text]);
});

test('a complaint about an invitation ends reminders to that address, too', async () => {
  const { system } = world;
  const contact = { email: 'annoyed@example.com', phone: undefined };
  const first = await bookAs(world, contact, { startsAt: '2026-12-09T10:00', consents: consent('email') });
  await system.windTo(Date.parse(first.endsAt));
  await complete(world, first.id);
  await system.windBy(43 * day);
  const invitation = system.mailbox.list({ to: contact.email }).at(-1);
  expect(invitation?.tags['message']).toContain('come-back');
  system.publishFeedback('complaint', invitation?.id ?? '');
  await system.settle();
  expect(await outcomesOf(world, first)).toContain('come-back: complained');
  const next = await bookAs(world, contact, { startsAt: '2027-02-02T10:00' });
  await system.windTo(Date.parse(next.startsAt));
  expect(await outcomesOf(world, next)).toEqual(['confirmation: skipped suppressed', 'reminder: skipped suppressed']);
});

test('a report that is none is refused, so that SNS tries again and keeps it; the greeting of SES is taken', async () => {
  const { system } = world;
  const notice = (message: string) => system.invoke('feedback', { Records: [{ Sns: { Message: message } }] });
  await expect(notice('not JSON')).rejects.toThrow();
  await expect(notice('{}')).rejects.toThrow();
  await notice('Successfully validated SNS topic for Amazon SES event publishing.');
  expect(system.failedNotices()).toEqual([]);
});

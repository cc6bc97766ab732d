import { afterAll, beforeAll, expect, test } from 'vitest';
import { smsText } from '../../../shared/messages/compose/sms-parts.ts';
import { dataOf } from '../../support/outcomes.ts';
import { bookAs, clientIdOf, complete, consent, outcomesOf } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

/** A salon that advertises with the words of a reminder, which it has written itself. */
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    for (const touchpoint of catalogue.journey) if (touchpoint.id === 'reminder') touchpoint.purpose = 'marketing';
    catalogue.templates.push({
      ...{ id: 'reminder.en', template: 'reminder', language: 'en', subject: 'New colours' },
      ...{ email: 'Try our new colours at {{business}}: {{link}}', sms: 'New colours! {{link}}' },
    });
  });
});
afterAll(() => world.system.close());

const linkIn = (text: string): string => /https?:\S+\/u\/[\w-]+/.exec(text)?.[0] ?? '';
const press = (url: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });

test('advertising says how to stop in mail and text, whatever words it uses, and the link works', async () => {
  const phone = '+17185558101';
  const email = 'colours@example.com';
  const startsAt = '2026-12-08T10:00';
  const byMail = await bookAs(world, { email, phone: undefined }, { startsAt, consents: consent('email') });
  const byText = await bookAs(
    world,
    { email: undefined, phone },
    { startsAt: '2026-12-08T12:00', consents: consent('sms') },
  );
  await world.system.windTo(Date.parse(byText.startsAt));
  const mail = world.system.mailbox.list({ to: email }).find(({ subject }) => subject === 'New colours');
  const text = world.system.mailbox.list({ channel: 'text', to: phone }).find((sent) => sent.text.includes('colours'));
  expect([mail?.text, mail?.html].map((body) => linkIn(body ?? ''))).toEqual([
    expect.stringContaining('/u/'),
    expect.stringContaining('/u/'),
  ]);
  expect(text?.text).toMatch(/^New colours! \S+\nTo stop: http\S+\/u\/\S+$/);
  const { messages } = dataOf(
    await world
      .as('reception')
      .listMessages({ params: { clientId: await clientIdOf(world, byText) }, query: { appointmentId: byText.id } }),
  );
  expect(messages.find(({ touchpoint }) => touchpoint === 'reminder')?.parts).toBe(smsText(text?.text ?? '').parts);

  for (const url of [linkIn(mail?.text ?? ''), linkIn(text?.text ?? '')]) expect((await press(url)).status).toBe(200);
  const later = { startsAt: '2026-12-15T10:00' };
  const again = await bookAs(world, { email, phone: undefined }, later);
  const againByText = await bookAs(world, { email: undefined, phone }, { startsAt: '2026-12-15T12:00' });
  await world.system.windTo(Date.parse(againByText.startsAt));
  for (const visit of [again, againByText])
    expect(await outcomesOf(world, visit)).toContain('reminder: skipped no_consent');
  expect(byMail.id).not.toBe(again.id);
});

test('a review request by text says how to stop, too', async () => {
  const phone = '+17185558102';
  const visit = await bookAs(world, { email: undefined, phone }, { startsAt: '2026-12-22T10:00' });
  await world.system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  await world.system.windBy(4 * 3_600_000);
  const asked = world.system.mailbox.list({ channel: 'text', to: phone }).at(-1)?.text ?? '';
  expect(asked).toMatch(/\/r\/\S+\nTo stop: http\S+\/u\/\S+$/);
  expect((await press(linkIn(asked))).status).toBe(200);
  const next = await bookAs(world, { email: undefined, phone }, { startsAt: '2026-12-29T10:00' });
  await world.system.windTo(Date.parse(next.endsAt));
  await complete(world, next.id);
  await world.system.windBy(4 * 3_600_000);
  expect(await outcomesOf(world, next)).toContain('review: skipped no_consent');
});

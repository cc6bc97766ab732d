import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { book, bookingOf, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, ({ settings }) => {
    settings.smsCountries = ['US', 'IN'];
    settings.smsIndia = {
      entityId: '1101',
      senderId: 'LINDEN',
      templates: { confirmation: { hi: '1107000000000000001' } },
    };
  });
});
afterAll(() => world.system.close());

const abroad = '+8801712345678';
const reached = ['+19005550123', '+979123456789', '+37061234567', abroad];

test.each(reached)('a form with %s alone is asked for an e-mail, and nothing is booked or sent', async (phone) => {
  const { client } = await bookingOf(world.api);
  const { email: _, ...rest } = { ...client, phone };
  const problem = problemOf(await book(world.api, { startsAt: '2026-12-01T10:00', client: rest }));
  expect([problem.status, problem.errors?.map(({ path }) => path)]).toEqual([422, ['client.email']]);
  await world.system.settle();
  expect(sentTo(world, phone)).toEqual([]);
});

test('with an e-mail it is booked, and written to there, though texts were wished for', async () => {
  const contact = { phone: abroad, email: 'abroad@example.com', preferredChannel: 'sms' };
  await bookAs(world, contact, { startsAt: '2026-12-01T10:00' });
  await world.system.settle();
  expect([sentTo(world, abroad), sentTo(world, contact.email)]).toEqual([[], ['email confirmation']]);
});

test('texts to India carry the ids of their registration, by template and language; others none', async () => {
  const [indian, own] = ['+919876543210', '+17185550199'];
  await bookAs(world, { phone: indian, email: undefined, language: 'hi' }, { startsAt: '2026-12-03T10:00' });
  await bookAs(world, { phone: own, email: undefined }, { startsAt: '2026-12-03T12:00' });
  await world.system.settle();
  const headersTo = (to: string) => world.system.mailbox.list({ to }).map(({ headers }) => headers);
  expect(headersTo(indian)).toEqual([
    {
      'AWS.SNS.SMS.SMSType': 'Transactional',
      'AWS.SNS.SMS.SenderID': 'LINDEN',
      'AWS.MM.SMS.EntityId': '1101',
      'AWS.MM.SMS.TemplateId': '1107000000000000001',
    },
  ]);
  expect(headersTo(own)).toEqual([{ 'AWS.SNS.SMS.SMSType': 'Transactional' }]);
});

test('the desk books with any number; staff see that no text went there', async () => {
  const { id, startsAt } = await staffOf(world).book('2026-12-01T12:00', {
    client: { firstName: 'Nadia', phone: abroad },
  });
  await world.system.settle();
  expect(await outcomesOf(world, { id, startsAt })).toEqual(['confirmation: skipped sms_country']);
  expect(sentTo(world, abroad)).toEqual([]);
});

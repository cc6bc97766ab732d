import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hour } from '../../support/durations.ts';
import { bookAs, clientIdOf } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

// Tuesday 1 December 2026, ten o'clock; a cut by Amina.
const said = {
  bn: { names: ['মঙ্গলবার', '১ ডিসেম্বর', '১০:০০', 'কাট ও ফিনিশ'], digits: /[০-৯]/, short: 'মঙ্গল' },
  hi: { names: ['मंगलवार', '1 दिसंबर', '10:00', 'कट और फ़िनिश'], digits: /[0-9]/, short: 'मंगल' },
  ru: { names: ['вторник', '1 декабря', '10:00', 'Стрижка с укладкой'], digits: /[0-9]/, short: 'вт' },
  en: { names: ['Tuesday', 'December 1', '10:00', 'Cut and finish'], digits: /[0-9]/, short: 'Tue' },
} as const;
const languages = Object.keys(said) as (keyof typeof said)[];
const times = { bn: '2026-12-01T10:00', hi: '2026-12-08T10:00', ru: '2026-12-15T10:00', en: '2026-12-22T10:00' };

test.each(languages)(
  'a client in %s gets the mail in that language, with its digits, and so is the subject',
  async (language) => {
    const { system, catalogue } = world;
    const email = `mail-${language}@example.com`;
    const zone = catalogue.locations[0]?.zone;
    expect(zone).toBe('America/New_York');
    await bookAs(world, { email, phone: undefined, language }, { startsAt: times[language] });
    await system.settle();
    const [mail] = system.mailbox.list({ to: email });
    const { names, digits } = said[language];
    const [weekday, , time, service] = names;
    for (const form of [mail?.text, mail?.html])
      for (const name of [weekday, time, service]) expect(form).toContain(name);
    expect(mail?.subject).toContain(weekday);
    expect(mail?.subject).toMatch(digits);
    expect(mail?.html).toContain(`<html lang="${language}"`);
    if (language === 'bn') expect(mail?.subject).not.toMatch(/[0-9]/);
    if (language === 'bn') expect(mail?.subject).toContain('১ ডিসেম্বর');
  },
);

test.each(languages)('a client in %s gets the text in that language, and its parts are recorded', async (language) => {
  const { system } = world;
  const phone = `+1718555${7001 + languages.indexOf(language)}`;
  const startsAt = `${times[language].slice(0, 11)}13:00`;
  const booked = await bookAs(world, { email: undefined, phone, language }, { startsAt });
  await system.settle();
  const [text] = system.mailbox.list({ to: phone });
  expect(text?.text).toContain(said[language].short);
  // The link of a message is another than that of the answer, for the same appointment.
  expect(text?.text).toContain(`/a/${booked.id}`);
  const listed = await world.as('reception').listMessages({
    params: { clientId: await clientIdOf(world, booked) },
    query: {},
  });
  const [message] = listed.ok ? listed.data.messages : [];
  const plain = language === 'en';
  const length = text?.text.length ?? 0;
  const parts = plain ? (length <= 160 ? 1 : Math.ceil(length / 153)) : length <= 70 ? 1 : Math.ceil(length / 67);
  expect(message).toMatchObject({ status: 'sent', channel: 'sms', parts });
  if (language === 'bn') expect(text?.text.replace(/https?:\S+/, '')).not.toMatch(/[0-9]/);
});

test('the manager hears of a low score in the manager’s language, not the client’s', async () => {
  const { system, api, as } = world;
  const email = 'client-in-hindi@example.com';
  const visit = await bookAs(world, { email, phone: undefined, language: 'hi' }, { startsAt: '2026-12-23T10:00' });
  await system.windTo(Date.parse(visit.endsAt));
  await as('reception').markAppointment({ params: { appointmentId: visit.id }, body: { status: 'completed' } });
  await system.windBy(3 * hour);
  const token = /\/r\/([\w-]+)/.exec(system.mailbox.list({ to: email }).at(-1)?.text ?? '')?.[1] ?? '';
  const words = 'बहुत देर <b>लगी</b>\r\nBcc: someone@example.com';
  await api.putReviewByLink({ params: { token }, body: { ratings: [{ staffId: 'amina', score: 2 }], words } });
  await system.settle();
  const [alert] = system.mailbox.list({ to: 'manager.brooklyn@linden-rose.example' });
  expect(alert?.subject).toMatch(/^2-star review at Linden & Rose Brooklyn from \S/);
  expect(alert?.text).toContain('बहुत देर <b>लगी</b>\nBcc: someone@example. com');
  expect(alert?.html).not.toContain('<b>');
  expect(alert?.headers['bcc']).toBeUndefined();
});

const nasty = [
  '<img src=x onerror=alert(1)>',
  'Anna\r\nBcc: everyone@example.com',
  'Anna\nSubject: Buy now\n\nhello',
  '"Anna" <b>&amp;</b>',
  'Анна\u202Eannan\u0000',
  'Visit https://evil.example/now',
  '=?utf-8?B?QmNjOiB4QGV4YW1wbGUuY29t?=',
  '😀'.repeat(15),
  '{{unsubscribeLink}} {{7*7}}',
];

test.each(nasty.map((name, index) => ({ name, index })))(
  'a name is only a name in a mail and in a text: $name',
  async ({ name, index }) => {
    const { system } = world;
    const email = `nasty-${index}@example.com`;
    const phone = `+1718555${8001 + index}`;
    const startsAt = `2027-01-0${4 + Math.floor(index / 3)}T1${[0, 2, 4][index % 3]}:00`;
    await bookAs(world, { firstName: name, lastName: name, email, phone: undefined }, { startsAt });
    const services = [{ serviceId: 'cut', staffId: 'marco' }];
    await bookAs(world, { firstName: name, email: undefined, phone }, { startsAt, services });
    await system.settle();

    const [mail] = system.mailbox.list({ to: email });
    const raw = mail?.raw ?? '';
    const parsed = await PostalMime.parse(raw);
    const names = parsed.headers.map(({ key }) => key);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((key) => ['bcc', 'cc', 'reply-to'].includes(key))).toEqual([]);
    expect(parsed.to).toEqual([{ name: '', address: email }]);
    expect(parsed.from).toEqual({ name: 'Linden & Rose', address: 'hello@regulars.example' });
    expect(parsed.subject).toMatch(/^You are booked: /);
    expect(mail?.html).not.toMatch(/<img|<b>|onerror=alert\(1\)>/);
    const { origin } = new URL(system.url);
    for (const link of mail?.links ?? []) expect(new URL(link).origin).toBe(origin);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: just these must not be there
    expect(mail?.text).not.toMatch(/[\u0000-\u0008\u202e]/);

    const text = system.mailbox.list({ to: phone }).at(-1);
    expect(text?.channel).toBe('text');
    for (const link of text?.links ?? []) expect(new URL(link).origin).toBe(origin);
  },
);

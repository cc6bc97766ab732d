import { afterAll, beforeAll, expect, test } from 'vitest';
import { dictionaries } from '../../dictionaries.ts';
import { day } from '../../support/durations.ts';
import { agree, bookAs, complete, consent, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

/** A visit with consent, and the invitation that follows it 42 days later. */
const invited = async (email: string, startsAt: string) => {
  const { system } = world;
  const visit = await bookAs(world, { email, phone: undefined }, { startsAt, consents: consent('email') });
  await system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  await system.windBy(43 * day);
  const mail = system.mailbox.list({ to: email }).at(-1);
  if (!mail?.tags['message']?.includes('come-back')) throw new Error('no invitation came');
  const [, url = ''] = /^<(.+)>$/.exec(mail.headers['list-unsubscribe'] ?? '') ?? [];
  return { visit, mail, url, token: url.split('/u/')[1] ?? '' };
};

const state = async (token: string) => {
  const found = await world.api.getSubscription({ params: { token } });
  if (!found.ok) throw new Error(JSON.stringify(found.problem));
  const { marketing, reviews, all } = found.data;
  return { marketing, reviews, all };
};

const form = (body: string, headers = { 'content-type': 'application/x-www-form-urlencoded' }): RequestInit => ({
  method: 'POST',
  headers,
  body,
  redirect: 'manual',
});
const oneClick = form('List-Unsubscribe=One-Click');

test('an invitation carries the two headers, in the form that mail programs read, and the link in its text', async () => {
  const { mail, url } = await invited('headers@example.com', '2026-11-24T10:00');
  expect(url).toMatch(new RegExp(`^${world.system.url}/u/[\\w-]{44}$`));
  expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  expect(mail.raw).toContain(`\r\nList-Unsubscribe: <${url}>\r\n`);
  const [, linked = ''] = /Unsubscribe: (\S+)/.exec(mail.text) ?? [];
  expect(linked).toContain('/u/');
  expect(mail.html).toContain(linked);
  // Only the time is left to choose: the form has the services, the person, the place and the language of the visit.
  const form = mail.links.find((link) => link.includes('/book?')) ?? '';
  const chosen = Object.fromEntries(new URL(form).searchParams);
  expect(chosen).toEqual({ service: 'cut', staff: 'amina', location: 'brooklyn', lang: 'en' });
  expect(await (await fetch(form)).text()).toContain(`<h1>${dictionaries.en.book.headings.time}</h1>`);
});

test('opening the link changes nothing, whoever opens it and however often', async () => {
  const { url, token } = await invited('scanned@example.com', '2027-01-12T10:00');
  for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) await fetch(url, { method });
  await fetch(`${url}?done=all`);
  await fetch(`${url}?List-Unsubscribe=One-Click`);
  await fetch(`${world.system.url}/v1/subscriptions/${token}`);
  await fetch(`${world.system.url}/v1/subscriptions/${token}/one-click`);
  expect(await state(token)).toEqual({ marketing: true, reviews: true, all: true });
});

test('one click of a mail program ends invitations and review requests, without login; a second changes nothing; reminders go on', async () => {
  const email = 'one-click@example.com';
  const { url, token } = await invited(email, '2027-03-02T10:00');
  for (let click = 0; click < 2; click += 1) {
    const answer = await fetch(url, oneClick);
    expect([answer.status, answer.redirected]).toEqual([200, false]);
  }
  expect(await state(token)).toEqual({ marketing: false, reviews: false, all: true });

  const { system } = world;
  const again = await bookAs(world, { email, phone: undefined }, { startsAt: '2027-04-20T10:00' });
  await system.windTo(Date.parse(again.endsAt));
  await complete(world, again.id);
  await system.windBy(45 * day);
  expect(await outcomesOf(world, again)).toEqual([
    'come-back: skipped no_consent',
    'confirmation: delivered',
    'reminder: delivered',
    'review: skipped no_consent',
  ]);
});

test('one click works at the API, too, and there takes nothing else', async () => {
  const { url, token } = await invited('api-click@example.com', '2027-06-08T10:00');
  const address = `${world.system.url}/v1/subscriptions/${token}/one-click`;
  expect((await fetch(address, form('List-Unsubscribe=Yes'))).status).toBe(400);
  expect((await fetch(address, form(''))).status).toBe(400);
  expect((await fetch(address, form('{}', { 'content-type': 'application/json' }))).status).toBe(415);
  expect(await state(token)).toEqual({ marketing: true, reviews: true, all: true });
  expect((await fetch(address, oneClick)).status).toBe(200);
  expect(await state(token)).toEqual({ marketing: false, reviews: false, all: true });
  expect(url).toContain(token);
});

// RFC 8058, 3.2: the body SHOULD be sent as multipart/form-data, and there must be no redirect.
test('one click in the form that the RFC prefers, multipart/form-data, works as well', async () => {
  const { url, token } = await invited('multipart@example.com', '2027-08-03T10:00');
  const body = new FormData();
  body.set('List-Unsubscribe', 'One-Click');
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(200);
  expect(await state(token)).toEqual({ marketing: false, reviews: false, all: true });
});

test('pressing it in a review request ends those, too', async () => {
  const { system } = world;
  const email = 'no-more-reviews@example.com';
  const visitAt = async (startsAt: string) => {
    const visit = await bookAs(world, { email, phone: undefined }, { startsAt });
    await system.windTo(Date.parse(visit.endsAt));
    await complete(world, visit.id);
    await system.windBy(day);
    return visit;
  };
  const first = await visitAt('2027-09-21T10:00');
  expect(await outcomesOf(world, first)).toContain('review: delivered');
  const [, url = ''] =
    /^<(.+)>$/.exec(system.mailbox.list({ to: email }).at(-1)?.headers['list-unsubscribe'] ?? '') ?? [];
  expect((await fetch(url, oneClick)).status).toBe(200);
  const second = await visitAt('2027-09-23T10:00');
  expect(await outcomesOf(world, second)).toContain('review: skipped no_consent');
});

test('consenting anew lifts the opt-out, once it is said in the message that a later booking brings', async () => {
  const email = 'changed-mind@example.com';
  const { token } = await invited(email, '2027-10-05T10:00');
  const stopped = await world.api.unsubscribe({ params: { token }, body: { scope: 'marketing' } });
  expect(stopped.ok && stopped.data).toMatchObject({ channel: 'email', marketing: false, all: true });
  await bookAs(world, { email, phone: undefined }, { startsAt: '2027-11-23T10:00' });
  expect(await state(token)).toEqual({ marketing: false, reviews: false, all: true });
  const ticked = { startsAt: '2027-11-24T10:00', consents: consent('email') };
  await bookAs(world, { email, phone: undefined }, ticked, false);
  expect(await state(token)).toEqual({ marketing: false, reviews: false, all: true });
  await agree(world, email);
  expect(await state(token)).toEqual({ marketing: true, reviews: true, all: true });
});

test('stopping everything ends reminders, too, and only to that address', async () => {
  const { system, api } = world;
  const email = 'leave-me@example.com';
  const { token } = await invited(email, '2027-11-30T10:00');
  for (let press = 0; press < 2; press += 1) {
    const stopped = await api.unsubscribe({ params: { token }, body: { scope: 'all' } });
    expect(stopped.ok && stopped.data).toMatchObject({ marketing: false, all: false });
  }
  system.mailbox.clear();
  const mailOnly = await bookAs(world, { email, phone: undefined }, { startsAt: '2028-01-18T10:00' });
  const phone = '+17185555001';
  const withPhone = await bookAs(world, { email, phone }, { startsAt: '2028-01-18T12:00' });
  await system.windTo(Date.parse(withPhone.startsAt));
  expect(await outcomesOf(world, mailOnly)).toEqual([
    'confirmation: skipped suppressed',
    'reminder: skipped suppressed',
  ]);
  expect(sentTo(world, email)).toEqual([]);
  expect(sentTo(world, phone)).toHaveLength(2);
});

test('nobody is invited without having agreed for that channel', async () => {
  const { system } = world;
  const contact = { email: 'agreed-to-texts@example.com', phone: '+17185555002', preferredChannel: 'sms' };
  const never = await bookAs(world, {}, { startsAt: '2028-01-25T10:00' });
  const texts = await bookAs(world, contact, { startsAt: '2028-01-25T12:00', consents: consent('sms') });
  await system.windTo(Date.parse(texts.endsAt));
  await complete(world, never.id);
  await complete(world, texts.id);
  await system.windBy(45 * day);
  expect(await outcomesOf(world, never)).toContain('come-back: skipped no_consent');
  expect(await outcomesOf(world, texts)).toContain('come-back: sent');
  const invitation = world.texts().at(-1);
  expect([invitation?.to, invitation?.text]).toEqual([
    [contact.phone],
    expect.stringContaining('time for your next visit'),
  ]);

  const token = /\/u\/([\w-]+)/.exec(invitation?.text ?? '')?.[1] ?? '';
  const stopped = await world.api.unsubscribe({ params: { token }, body: {} });
  expect(stopped.ok && stopped.data).toMatchObject({ channel: 'sms', marketing: false, all: true });
});

test('a link of another purpose, a changed one and an expired one are refused, and say nothing', async () => {
  const { api, system } = world;
  const booked = await mustBook(api, { startsAt: '2028-03-14T10:00', consents: consent('email') });
  const { token } = await invited('refused-links@example.com', '2028-03-16T10:00');
  const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  const ofOther = `${booked.id}${token.slice(16)}`;
  for (const bad of [booked.token, changed, ofOther, 'x', `${token}x`, 'A'.repeat(44)]) {
    for (const attempt of [
      api.getSubscription({ params: { token: bad } }),
      api.unsubscribe({ params: { token: bad }, body: { scope: 'all' } }),
      api.unsubscribeOneClick({ params: { token: bad }, body: { 'List-Unsubscribe': 'One-Click' } }),
    ]) {
      const outcome = await attempt;
      expect([outcome.status, outcome.ok || outcome.problem.code]).toEqual([404, 'link_invalid']);
    }
    expect((await fetch(`${system.url}/u/${encodeURIComponent(bad)}`, oneClick)).status).toBe(404);
  }
  expect(await state(token)).toEqual({ marketing: true, reviews: true, all: true });
  await system.windBy(366 * day);
  const late = await api.unsubscribe({ params: { token }, body: { scope: 'all' } });
  expect([late.status, late.ok || late.problem.code]).toEqual([410, 'link_expired']);
});

test('one click holds for the address, whichever client’s it is, until that client agrees anew', async () => {
  const { system } = world;
  const email = 'family@example.com';
  const phone = '+17185555009';
  await bookAs(world, { email: 'own@example.com', phone }, { startsAt: '2029-05-15T10:00' });
  // The second client gives the first one's e-mail, and consents for it, too.
  const visit = await bookAs(
    world,
    { email, phone, preferredChannel: 'email' },
    {
      startsAt: '2029-05-15T12:00',
      consents: consent('email'),
    },
  );
  await system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  const { url } = await invited(email, '2029-05-22T10:00');
  await fetch(url, oneClick);
  await system.windBy(45 * day);
  const again = await bookAs(world, { email, phone }, { startsAt: '2029-09-04T10:00' });
  await system.windTo(Date.parse(again.endsAt));
  await complete(world, again.id);
  await system.windBy(45 * day);
  expect(await outcomesOf(world, again)).toEqual([
    'come-back: skipped no_consent',
    'confirmation: delivered',
    'reminder: delivered',
    // To the phone, where nobody has said no.
    'review: sent',
  ]);
  const anew = await bookAs(world, { email, phone }, { startsAt: '2029-11-06T10:00', consents: consent('email') });
  await system.windTo(Date.parse(anew.endsAt));
  await complete(world, anew.id);
  await system.windBy(45 * day);
  expect(await outcomesOf(world, anew)).toContain('come-back: delivered');
});

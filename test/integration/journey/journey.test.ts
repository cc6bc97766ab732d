import { afterAll, beforeAll, expect, test } from 'vitest';
import { day, hour } from '../../support/durations.ts';
import { bookAs, complete, consent, outcomesOf, planned, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

/** What the page of a link shows, as a reader without a browser sees it. */
const pageText = async (link: string | undefined): Promise<string> => {
  const answer = await fetch(link ?? '');
  return answer.status === 200
    ? (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    : `${answer.status}`;
};

const linkTo = (mail: { links: string[] } | undefined, page: 'a' | 'r' | 'u'): string | undefined =>
  mail?.links.find((link) => link.includes(`/${page}/`));

test('a client books, is reminded, confirms, moves, comes, reviews, and is invited to come back', async () => {
  const { system, api } = world;
  const email = 'journey@example.com';
  const booked = await bookAs(world, { email, phone: '+17185559001' }, { consents: consent('email') });
  const inbox = () => system.mailbox.list({ to: email });
  await system.settle();
  expect(inbox()).toHaveLength(1);
  expect(inbox()[0]?.subject).toBe('You are booked: Tuesday, November 24 at 10:00 AM');
  expect(inbox()[0]?.text).toContain('Cut and finish\nWith Amina Rahman\nLinden & Rose Brooklyn, 214 Court Street');
  expect(inbox()[0]?.attachments.map(({ name, text }) => [name, /SEQUENCE:(\d+)/.exec(text)?.[1]])).toEqual([
    ['appointment.ics', '0'],
  ]);
  const token = linkTo(inbox()[0], 'a')?.split('/a/')[1] ?? '';
  expect(linkTo(inbox()[0], 'a')).toMatch(new RegExp(`^${system.url}/a/[\\w-]{44}$`));
  expect(await pageText(linkTo(inbox()[0], 'a'))).toMatch(/Tuesday, November 24.*10:00/);
  const visit = Date.parse(booked.startsAt);
  expect(planned(world, booked)).toEqual({ reminder: visit - day });

  await system.windTo(visit - day + hour);
  expect(inbox()).toHaveLength(2);
  expect(inbox()[1]?.subject).toBe('Reminder: Tuesday, November 24 at 10:00 AM');
  expect(Math.abs((inbox()[1]?.at ?? 0) - (visit - day))).toBeLessThan(hour);

  const confirmed = await api.confirmByLink({ params: { token } });
  expect(confirmed.ok && confirmed.data.status).toBe('confirmed');

  const moved = await api.moveByLink({ params: { token }, body: { startsAt: '2026-11-27T15:00' } });
  expect(moved.ok && [moved.data.status, moved.data.startsAt]).toEqual(['confirmed', '2026-11-27T15:00:00-05:00']);
  await system.settle();
  expect(inbox()).toHaveLength(3);
  expect(inbox()[2]?.subject).toBe('Your new time: Friday, November 27 at 3:00 PM');
  expect(inbox()[2]?.attachments[0]?.text).toMatch(/^SEQUENCE:1$/m);
  // Every link that was ever sent shows the appointment as it stands.
  for (const mail of inbox()) expect(await pageText(linkTo(mail, 'a'))).toMatch(/Friday, November 27.*3:00/);
  const later = Date.parse('2026-11-27T15:00:00-05:00');
  expect(planned(world, booked)).toEqual({ reminder: later - day });

  await system.windTo(later - hour);
  expect(inbox()).toHaveLength(4);
  expect(inbox()[3]?.subject).toBe('Reminder: Friday, November 27 at 3:00 PM');

  await system.windTo(later + 2 * hour);
  await complete(world, booked.id);
  await system.windBy(day);
  expect(inbox()).toHaveLength(5);
  expect(inbox()[4]?.subject).toBe('How was your visit to Linden & Rose?');
  expect(inbox()[4]?.text).toContain('your visit on November 27');
  const review = linkTo(inbox()[4], 'r') ?? '';
  expect(await pageText(review)).toContain('Amina Rahman');

  const reviewed = await api.putReviewByLink({
    params: { token: review.split('/r/')[1] ?? '' },
    body: { ratings: [{ staffId: 'amina', score: 2 }], words: 'Too short.' },
  });
  expect(reviewed.ok).toBe(true);
  await system.settle();
  const alert = world.mails().at(-1);
  expect([alert?.to, alert?.subject]).toEqual([
    ['manager.brooklyn@linden-rose.example'],
    '2-star review at Linden & Rose Brooklyn from Nadia Karim',
  ]);
  expect(alert?.text).toMatch(/Nadia Karim[\s\S]*Friday, November 27 at 3:00 PM[\s\S]*Too short\./);

  await system.windTo(later + hour + 42 * day + hour);
  expect(inbox()).toHaveLength(6);
  expect(inbox()[5]?.subject).toBe('Time for your next visit to Linden & Rose?');
  expect(inbox()[5]?.text).toContain('Your last visit was on November 27 (Cut and finish).');
  expect(inbox()[5]?.raw).toContain('List-Unsubscribe-Post');
  expect(await pageText(inbox()[5]?.links.find((link) => link.includes('/book?')))).toContain('Linden &amp; Rose');

  await system.windBy(60 * day);
  expect(inbox()).toHaveLength(6);
  expect(sentTo(world, '+17185559001')).toEqual([]);
  expect([system.deadLetters(), system.schedules(), system.failedRecords()]).toEqual([[], [], []]);
});

test('a client who prefers texts gets all of it as texts, with links that work', async () => {
  const { system, api } = world;
  const contact = { email: 'texts@example.com', phone: '+17185559002', preferredChannel: 'sms' };
  const { token, ...visit } = await bookAs(world, contact, { startsAt: '2027-03-30T10:00', consents: consent('sms') });
  await system.settle();
  const later = await api.moveByLink({ params: { token }, body: { startsAt: '2027-03-31T11:00' } });
  expect(later.ok).toBe(true);
  await system.windTo(Date.parse('2027-03-31T12:00:00-04:00'));
  await complete(world, visit.id);
  await system.windBy(day);
  const opened = async () => {
    const links = system.mailbox.list({ to: contact.phone }).flatMap((text) => text.links);
    return Promise.all(links.map(async (link) => (await fetch(link)).status));
  };
  // In the confirmation a second one, by which to say yes to what was ticked.
  expect(await opened()).toEqual([200, 200, 200, 200, 200, 200]);
  await system.windBy(50 * day);
  // The page of an appointment is open for a month after it; the review and the way to stop for longer.
  expect(await opened()).toEqual([410, 410, 410, 410, 200, 200, 200, 200]);
  const texts = system.mailbox.list({ to: contact.phone }).map(({ text }) => text);
  const [booked, moved, reminder, review, comeBack] = texts;
  expect(texts).toHaveLength(5);
  expect(booked).toMatch(/^Linden & Rose: you are booked for Tue, Mar 30, 10:00/);
  expect(moved).toMatch(/moved to Wed, Mar 31, 11:00/);
  expect(reminder).toMatch(/reminder: Wed, Mar 31, 11:00/);
  expect(review).toMatch(/thank you for your visit on March 31/);
  expect(comeBack).toMatch(/time for your next visit/);
  expect(sentTo(world, contact.email)).toEqual([]);
});

/** A visit on the morning of the date, completed; the client has agreed to be invited. */
const visitOn = async (contact: Record<string, string>, date: string, serviceId = 'cut') => {
  const visit = await bookAs(world, contact, {
    startsAt: `${date}T10:00`,
    services: [{ serviceId, staffId: 'amina' }],
    consents: consent('email'),
  });
  await world.system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  return visit;
};
/** The first Tuesday at least a week from now, by the wound clock; or so many weeks after it. */
const tuesday = (weeks = 0): string => {
  const from = new Date(world.system.clock.now() + (7 + 7 * weeks) * day);
  return new Date(from.getTime() + ((9 - from.getUTCDay()) % 7) * day).toISOString().slice(0, 10);
};
const weeksAfter = (date: string, weeks: number): string =>
  new Date(Date.parse(date) + weeks * 7 * day).toISOString().slice(0, 10);

const invitations = (email: string) => sentTo(world, email).filter((each) => each.endsWith('come-back')).length;

test('nobody is invited who has something booked', async () => {
  const contact = { email: 'booked-again@example.com', phone: '+17185559003' };
  const visit = await visitOn(contact, tuesday());
  await bookAs(world, contact, { startsAt: `${tuesday(7)}T14:00` });
  await world.system.windBy(45 * day);
  expect(await outcomesOf(world, visit)).toContain('come-back: skipped has_booking');
  expect(invitations(contact.email)).toBe(0);
});

test('nobody is invited who sits in the chair at that very moment', async () => {
  const contact = { email: 'in-the-chair@example.com', phone: '+17185559004' };
  const visit = await visitOn(contact, tuesday());
  // To the hour six weeks later: the invitation falls due when the next visit ends, before anybody has marked it.
  const next = await bookAs(world, contact, {
    startsAt: `${weeksAfter(visit.startsAt.slice(0, 10), 6)}T10:00`,
  });
  await world.system.windTo(Date.parse(next.endsAt) + hour);
  expect(await outcomesOf(world, visit)).toContain('come-back: skipped has_booking');
  expect(invitations(contact.email)).toBe(0);
});

test('a later visit with the same service takes over: one invitation, counted from that one', async () => {
  const contact = { email: 'came-sooner@example.com', phone: '+17185559005' };
  const first = await visitOn(contact, tuesday());
  const second = await visitOn(contact, weeksAfter(first.startsAt.slice(0, 10), 3));
  await world.system.windBy(30 * day);
  expect(await outcomesOf(world, first)).toContain('come-back: skipped superseded');
  expect(invitations(contact.email)).toBe(0);
  await world.system.windBy(15 * day);
  expect(await outcomesOf(world, second)).toContain('come-back: delivered');
  expect(invitations(contact.email)).toBe(1);
});

test('a later visit with another service does not, and a cancelled booking doesn’t count', async () => {
  const { system, api } = world;
  const contact = { email: 'other-service@example.com', phone: '+17185559006' };
  const first = await visitOn(contact, tuesday());
  await visitOn(contact, weeksAfter(first.startsAt.slice(0, 10), 1), 'blow-dry');
  const { token } = await bookAs(world, contact, { startsAt: `${tuesday(7)}T14:00` });
  await api.cancelByLink({ params: { token } });
  await system.windTo(Date.parse(first.endsAt) + 43 * day);
  expect(await outcomesOf(world, first)).toContain('come-back: delivered');
  expect(invitations(contact.email)).toBe(1);
});

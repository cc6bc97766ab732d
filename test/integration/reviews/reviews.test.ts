import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles } from '../../../shared/platform/http/contract.ts';
import { day, hour, minute } from '../../support/durations.ts';
import { bookAs, complete, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const manager = 'manager.brooklyn@linden-rose.example';

let visits = 0;

/** A completed visit by a client of its own, on a day of its own, and the token of the mail that asks for the review. */
const visited = async (services = [{ serviceId: 'cut', staffId: 'amina' }]) => {
  const { system } = world;
  // Tuesdays from 1 December on; the salon is closed on none of them.
  const date = new Date(Date.UTC(2026, 11, 1) + visits * 7 * day).toISOString().slice(0, 10);
  visits += 1;
  const email = `reviewer${visits}@example.com`;
  const visit = await bookAs(world, { email, phone: undefined }, { startsAt: `${date}T10:00`, services });
  await system.windTo(Date.parse(visit.endsAt) + minute);
  await complete(world, visit.id);
  await system.windBy(2 * hour);
  const mail = system.mailbox.list({ to: email }).at(-1);
  const token = /\/r\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  return { visit, token, mail };
};

const amina = (score: number) => [{ staffId: 'amina', score }];

const put = (token: string, ratings: { staffId: string; score: number }[], words?: string) =>
  world.api.putReviewByLink({ params: { token }, body: { ratings, ...(words === undefined ? {} : { words }) } });

/** The score or the code of the problem. */
const answerTo = async (outcome: ReturnType<typeof put>) => {
  const answer = await outcome;
  return answer.ok ? answer.data.review?.ratings.map(({ score }) => score).join() : answer.problem.code;
};

const alerts = async (): Promise<number> => {
  await world.system.settle();
  return sentTo(world, manager).length;
};

test('before the review the link shows whom to rate; afterwards the same page has the review', async () => {
  const { token, visit } = await visited();
  const open = async () => {
    const found = await world.api.getReviewByLink({ params: { token }, query: {} });
    return found.ok ? found.data : found.problem;
  };
  const before = await open();
  expect(before).toEqual({
    firstName: 'Nadia',
    language: 'en',
    business: 'Linden & Rose',
    visitedAt: visit.startsAt,
    staff: [{ id: 'amina', name: 'Amina Rahman', services: ['Cut and finish'] }],
    publicReviewUrl: 'https://reviews.example/linden-rose-brooklyn',
  });
  const given = await put(token, amina(4), '  Lovely.\r\nThank you  ');
  expect(given.ok && given.data).toMatchObject({
    ...before,
    review: { ratings: amina(4), words: 'Lovely.\nThank you' },
  });
  expect(await open()).toEqual(given.ok && given.data);
});

test('whatever the score, everyone is shown the same public link', async () => {
  const links = [];
  for (const score of [1, 3, 5]) {
    const { token } = await visited();
    const given = await put(token, amina(score));
    links.push(given.ok && given.data.publicReviewUrl);
  }
  expect(new Set(links)).toEqual(new Set(['https://reviews.example/linden-rose-brooklyn']));
});

test('one visit has one review, which can be changed for a week and no longer', async () => {
  const { system, as } = world;
  const { token, visit } = await visited();
  const first = await put(token, amina(5), 'Fine.');
  expect(first.ok && first.data.changeableUntil?.slice(0, 10)).toBe(
    new Date(Date.parse(first.ok ? (first.data.review?.at ?? '') : '') + 7 * day).toISOString().slice(0, 10),
  );
  await system.windBy(6 * day);
  expect(await answerTo(put(token, amina(4), 'Fine, but for the coffee.'))).toBe('4');
  // The week runs from the first version: changing it doesn't lengthen it.
  await system.windBy(day - minute);
  expect(await answerTo(put(token, amina(3)))).toBe('3');
  await system.windBy(2 * minute);
  expect(await answerTo(put(token, amina(5)))).toBe('review_closed');
  expect(await answerTo(put(token, amina(3)))).toBe('review_closed');
  visits += 1;
  const month = visit.startsAt.slice(0, 7);
  const listed = await as('owner').listReviews({ query: { locationId: 'brooklyn', month } });
  const own = listed.ok ? listed.data.reviews.filter(({ appointmentId }) => appointmentId === visit.id) : [];
  expect(own).toHaveLength(1);
  expect(own[0]).toMatchObject({ ratings: amina(3), date: visit.startsAt.slice(0, 10) });
});

test('a visit with two people needs a score for each of them, once, and for nobody else', async () => {
  const { token } = await visited([
    { serviceId: 'cut', staffId: 'amina' },
    { serviceId: 'beard', staffId: 'marco' },
    { serviceId: 'gloss', staffId: 'amina' },
  ]);
  const open = await world.api.getReviewByLink({ params: { token }, query: {} });
  expect(open.ok && open.data.staff.map(({ id, services }) => [id, services.length])).toEqual([
    ['amina', 2],
    ['marco', 1],
  ]);
  const marco = { staffId: 'marco', score: 4 };
  expect(await answerTo(put(token, amina(5)))).toBe('unprocessable');
  expect(await answerTo(put(token, [marco]))).toBe('unprocessable');
  expect(await answerTo(put(token, [...amina(5), ...amina(4), marco]))).toBe('unprocessable');
  expect(await answerTo(put(token, [...amina(5), marco, { staffId: 'priya', score: 5 }]))).toBe('unprocessable');
  expect(await answerTo(put(token, [marco, ...amina(5)]))).toBe('4,5');
});

test.each([0, 6, 2.5, -1, 'five', null, undefined])('a score of %s is refused by name', async (score) => {
  const { token } = await visited();
  const outcome = await put(token, [{ staffId: 'amina', score: score as number }]);
  expect([outcome.status, outcome.ok || outcome.problem.errors?.[0]?.path]).toEqual([400, 'ratings[0].score']);
});

test('words too long, no scores and a page of scores are refused', async () => {
  const { token } = await visited();
  expect(await answerTo(put(token, amina(5), 'x'.repeat(2001)))).toBe('invalid_request');
  expect(await answerTo(put(token, []))).toBe('invalid_request');
  expect(
    await answerTo(
      put(
        token,
        Array.from({ length: 9 }, () => ({ staffId: 'amina', score: 5 })),
      ),
    ),
  ).toBe('invalid_request');
  expect(await answerTo(put(token, amina(5), 'x'.repeat(2000)))).toBe('5');
});

test('a low score tells the manager at once and once', async () => {
  const before = await alerts();
  const { token, visit } = await visited();
  await put(token, amina(3), 'It was cold.');
  expect(await alerts()).toBe(before + 1);
  const mail = world.system.mailbox.list({ to: manager }).at(-1);
  expect(mail?.subject).toMatch(/^3-star review at Linden & Rose Brooklyn from \S/);
  expect(mail?.text).toContain('It was cold.');
  expect(mail?.text).toContain('Nadia Karim');
  expect(mail?.at).toBeLessThan(Date.parse(visit.endsAt) + 3 * hour);
  await put(token, amina(3), 'It was cold.');
  expect(await alerts()).toBe(before + 1);
});

test('the manager hears when a score turns low, once a day however often it does', async () => {
  const before = await alerts();
  const { token } = await visited();
  const told = [];
  for (const score of [5, 2, 1, 5, 1, 2, 4, 3, 5, 1, 5, 1]) {
    expect(await answerTo(put(token, amina(score)))).toBe(String(score));
    told.push((await alerts()) - before);
  }
  expect(told).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  await world.system.windBy(day);
  await put(token, amina(5));
  expect((await alerts()) - before).toBe(1);
  await put(token, amina(1));
  expect((await alerts()) - before).toBe(2);
});

test('a low score that was raised before the manager heard of it leaves the day open for a later one', async () => {
  const before = await alerts();
  const { token } = await visited();
  await Promise.all([put(token, amina(1)), put(token, amina(5))]);
  await world.system.settle();
  await put(token, amina(5));
  await put(token, amina(2));
  expect((await alerts()) - before).toBe(1);
});

test('words of a review bring the manager no link to press', async () => {
  const { token } = await visited();
  await put(token, amina(1), 'See http://evil.example/pay, www.evil.example or ask@evil.example at 10.30');
  await alerts();
  const mail = world.system.mailbox.list({ to: manager }).at(-1);
  expect(mail?.text).toContain('See http: evil. example/pay, www. evil. example or ask@evil. example at 10.30');
  expect(`${mail?.text}${mail?.html}`).not.toMatch(/evil\.example/);
});

test('the same review sent fifty times at once is one review, and fifty same answers', async () => {
  const before = await alerts();
  const { token } = await visited();
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => put(token, amina(2), 'Twice pressed.')));
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(outcomes.map((outcome) => outcome.ok && JSON.stringify(outcome.data))).size).toBe(1);
  expect(await alerts()).toBe(before + 1);
});

test('fifty different reviews at once: the last that was accepted stands, the others know that they lost', async () => {
  const { token } = await visited();
  const words = Array.from({ length: 50 }, (_, index) => `Version ${index}`);
  const outcomes = await Promise.all(words.map((text) => put(token, amina(5), text)));
  const lost = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem.code]));
  expect(lost.filter((code) => code !== 'changed_meanwhile' && code !== 'busy')).toEqual([]);
  const accepted = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.data.review?.words] : []));
  expect(accepted.length).toBeGreaterThan(0);
  const stands = await world.api.getReviewByLink({ params: { token }, query: {} });
  expect(accepted).toContain(stands.ok && stands.data.review?.words);
});

test('the link is good only for a visit that took place', async () => {
  const { as, system, api } = world;
  const { token, visit } = await visited();
  const missed = await bookAs(world, {}, { startsAt: `${visit.startsAt.slice(0, 10)}T16:00` });
  // As from another visit: the signature covers whose link it is.
  const forged = missed.id + token.slice(16);
  for (const bad of [forged, missed.token, 'x', `${token}x`]) {
    expect(await answerTo(put(bad, amina(1)))).toBe('link_invalid');
    const opened = await api.getReviewByLink({ params: { token: bad }, query: {} });
    expect([opened.status, opened.ok || opened.problem.code]).toEqual([404, 'link_invalid']);
  }
  await system.windTo(Date.parse(missed.startsAt) + minute);
  await as('reception').markAppointment({ params: { appointmentId: missed.id }, body: { status: 'no_show' } });
  await system.windTo(Date.parse(visit.endsAt) + 61 * day);
  expect(await answerTo(put(token, amina(1)))).toBe('link_expired');
  visits += 9;
});

test('owners and managers list the reviews of a location by month, newest first; others don’t', async () => {
  const { as, system } = world;
  const { token, visit } = await visited();
  await put(token, amina(4), 'Last of all.');
  const month = visit.startsAt.slice(0, 7);
  const query = { locationId: 'brooklyn', month };
  for (const role of roles) {
    const listed = await as(role).listReviews({ query });
    const may = role === 'owner' || role === 'manager';
    expect([role, listed.status]).toEqual([role, may ? 200 : 403]);
  }
  expect((await fetch(`${system.url}/v1/reviews?locationId=brooklyn&month=${month}`)).status).toBe(401);
  const listed = await as('manager').listReviews({ query });
  const reviews = listed.ok ? listed.data.reviews : [];
  expect(reviews[0]).toMatchObject({ appointmentId: visit.id, words: 'Last of all.' });
  const instants = reviews.map(({ at }) => Date.parse(at));
  expect(instants).toEqual(instants.toSorted((a, b) => b - a));
  const elsewhere = await as('manager').listReviews({ query: { ...query, locationId: 'los-feliz' } });
  expect(elsewhere.ok && elsewhere.data.reviews).toEqual([]);
  expect((await as('manager').listReviews({ query: { ...query, locationId: 'nowhere' } })).status).toBe(422);
  expect((await as('manager').listReviews({ query: { ...query, month: '2026-13' } })).status).toBe(400);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { day, hour, minute, second } from '../../support/durations.ts';
import {
  type Browser,
  browserAt,
  codeNow,
  enrol,
  passwordOf,
  type Reply,
  signedIn,
} from '../../support/world/browser.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());
// What strangers did before is forgotten by then.
beforeEach(() => world.system.windBy(3 * hour));

const reception = 'reception@example.com';
const staff = 'staff@example.com';
let strangers = 0;
/** A browser that nobody knows, in a household of its own. */
const stranger = (): Browser => {
  strangers += 1;
  return browserAt(world.system.url, `127.9.${Math.floor(strangers / 250)}.${1 + (strangers % 250)}`);
};
const guess = (email: string): Promise<Reply> => stranger().signIn(email, 'some password of a list');
const reached = (replies: readonly Reply[]): number => replies.filter(({ code }) => code === 'sign_in_failed').length;
const rights = (browser: Browser, email: string) => browser.signIn(email, passwordOf(world, email));

describe('strangers who guess', () => {
  test('100 times from 100 places get five guesses, and keep neither a known browser nor a known household out', async () => {
    const home = '127.1.0.1';
    const known = browserAt(world.system.url, home);
    expect((await rights(known, reception)).status).toBe(200);
    expect((await known.end()).status).toBe(200);
    await world.system.windBy(29 * day);

    const replies: Reply[] = [];
    for (let round = 0; round < 10; round += 1)
      replies.push(...(await Promise.all(Array.from({ length: 10 }, () => guess(reception)))));
    expect(reached(replies)).toBe(5);
    expect(replies.filter(({ code }) => code === 'too_many_requests')).toHaveLength(95);

    // Cognito itself shuts everybody out for one second after five failures.
    await world.system.windBy(second);
    const travelling = browserAt(world.system.url, '127.1.0.2');
    travelling.holding(known.cookie('device'), 'device');
    expect((await rights(travelling, reception)).status).toBe(200);
    expect((await rights(browserAt(world.system.url, home), reception)).status).toBe(200);
    // Right as the password is, elsewhere one waits for a minute.
    const abroad = await rights(browserAt(world.system.url, '127.1.0.3'), reception);
    expect([abroad.code, Number(abroad.body['retryAfter']) <= 60]).toEqual(['too_many_requests', true]);
    await world.system.windBy(minute);
    expect((await rights(browserAt(world.system.url, '127.1.0.3'), reception)).status).toBe(200);
  });

  test('for a whole day get 11 guesses in its first hour and 98 in all, and the person gets in at any time of it', async () => {
    const known = browserAt(world.system.url, '127.1.1.1');
    const begun = world.system.clock.now();
    const passed = () => world.system.clock.now() - begun;
    let [inHour, inDay, refused] = [0, 0, 0];
    expect((await rights(known, staff)).status).toBe(200);
    while (passed() < day) {
      const { code, body } = await guess(staff);
      if (code === 'sign_in_failed') {
        inDay += 1;
        inHour += passed() < hour ? 1 : 0;
        continue;
      }
      expect(code).toBe('too_many_requests');
      refused += 1;
      if (refused % 8 === 0) {
        await world.system.windBy(2 * second);
        expect([refused, (await rights(known, staff)).status]).toEqual([refused, 200]);
        await world.system.windBy((Number(body['retryAfter']) - 2) * second);
      } else await world.system.windBy(Number(body['retryAfter']) * second);
    }
    expect([inHour, inDay]).toEqual([11, 98]);
  });

  test('at the code of an authenticator keep its holder out as little', async () => {
    const email = 'manager@example.com';
    const browser = await signedIn(world, email);
    const secret = await enrol(world, browser, email);
    const thief = stranger();
    const replies: Reply[] = [];
    for (let tried = 0; tried < 20; tried += 1) {
      const asked = await rights(thief, email);
      if (asked.body['session'])
        replies.push(await stranger().ask('/answer', { session: asked.body['session'], code: '000000' }));
    }
    expect(replies.filter(({ code }) => code === 'code_refused').length).toBeLessThanOrEqual(5);
    expect(replies.some(({ code }) => code === 'too_many_requests')).toBe(true);
    await world.system.windBy(minute / 2);
    const asked = await rights(browser, email);
    const answered = await browser.ask('/answer', { session: asked.body['session'], code: codeNow(world, secret) });
    expect(answered.status).toBe(200);
  });

  test('may not shut out who has no browser left that is known: a code from a mail makes it known', async () => {
    await Promise.all(Array.from({ length: 20 }, () => guess(staff)));
    const newPhone = stranger();
    expect(await rights(newPhone, staff)).toMatchObject({ code: 'too_many_requests' });
    expect((await newPhone.ask('/forgot', { email: staff })).status).toBe(202);
    const code = /\d{6}/.exec(world.mails(/verification code/).at(-1)?.text ?? '')?.[0] ?? '';
    const newPassword = 'chosen far from home today';
    expect((await newPhone.ask('/reset', { email: staff, code, newPassword })).status).toBe(200);
    await world.system.windBy(2 * second);
    expect((await newPhone.signIn(staff, newPassword)).status).toBe(200);
  });
});

describe('whoever is known', () => {
  test('has ten tries in a row, then pauses, however well the browser is known', async () => {
    const browser = await signedIn(world, reception);
    const wrong = () => browser.signIn(reception, 'mistyped again and again');
    const replies: Reply[] = [];
    for (let tried = 0; tried < 14; tried += 1) replies.push(await wrong());
    expect(reached(replies)).toBe(10);
    expect(await rights(browser, reception)).toMatchObject({ code: 'too_many_requests' });
  });

  test('is known under the own name alone, and by no cookie of one’s own making', async () => {
    const colleague = await signedIn(world, staff);
    await Promise.all(Array.from({ length: 20 }, () => guess(reception)));
    const elsewhere = stranger();
    const device = colleague.cookie('device') ?? '';
    for (const forged of [device, `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}`, 'device=x', undefined]) {
      elsewhere.holding(forged, 'device');
      expect(await rights(elsewhere, reception)).toMatchObject({ code: 'too_many_requests' });
    }
  });

  test('shares the browser of a desk with others, each known by their own', async () => {
    const desk = browserAt(world.system.url, '127.1.2.1');
    for (const email of [reception, staff]) expect((await rights(desk, email)).status).toBe(200);
    const moved = browserAt(world.system.url, '127.1.2.2');
    moved.holding(desk.cookie('device'), 'device');
    await Promise.all(Array.from({ length: 10 }, () => [guess(reception), guess(staff)]).flat());
    await world.system.windBy(second);
    for (const email of [reception, staff]) expect((await rights(moved, email)).status).toBe(200);
    // A cookie says nothing to who reads it.
    expect(desk.cookie('device')).toMatch(/^device=[\w.-]{243}$/);
  });
});

test('an unknown address is refused like a known one, and failures count for the alarm without a name in a log', async () => {
  const failures = () => world.system.logs().filter((line) => line.includes('"SignInFailed":1')).length;
  const before = failures();
  const replies = await Promise.all(Array.from({ length: 14 }, () => guess('guessed@example.com')));
  expect([reached(replies), failures() - before]).toEqual([5, 14]);
  const logs = world.system.logs().join('\n');
  for (const secret of ['guessed@example.com', 'some password of a list']) expect(logs).not.toContain(secret);
});

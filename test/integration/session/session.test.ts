import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day, minute, second } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { dropRows, rowsOf } from '../../support/world/booking.ts';
import { type Browser, browserAt, codeNow, enrol, passwordOf, remove, signedIn } from '../../support/world/browser.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const reception = 'reception@example.com';
const claimsOf = (token: unknown) => JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());
const asks = (token: string, path: string) =>
  fetch(`${world.system.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
const newcomer = (email: string) => {
  world.system.invite(email);
  return passwordOf(world, email);
};

describe('signing in', () => {
  test('answers a token for a quarter of an hour, and a cookie that no script and no other site gets', async () => {
    const browser = browserAt(world.system.url);
    const { status, body, setCookie } = await browser.signIn(reception.toUpperCase(), passwordOf(world, reception));
    expect([status, body['needsAuthenticator']]).toEqual([200, false]);
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'idToken', 'needsAuthenticator']);
    expect(Date.parse(String(body['expiresAt'])) - world.system.clock.now()).toBeLessThanOrEqual(15 * minute);
    expect(setCookie).toMatch(/^session=[\w-]{40,}; Path=\/v1\/session; HttpOnly; SameSite=Strict; Max-Age=2592000$/);
    expect((await asks(String(body['idToken']), '/v1/me')).status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(browser.cookie()?.split('=')[1]);
  });

  test('refuses a wrong password, an unknown address and one who was shut out in the same words', async () => {
    const removed = 'gone@example.com';
    const password = newcomer(removed);
    const browser = browserAt(world.system.url);
    const asked = await browser.signIn(removed, password);
    await browser.ask('/answer', { session: asked.body['session'], newPassword: 'a password of theirs' });
    await remove(world, removed);
    const replies = await Promise.all([
      browserAt(world.system.url).signIn(reception, 'not the password at all'),
      browserAt(world.system.url).signIn('nobody@example.com', 'not the password at all'),
      browserAt(world.system.url).signIn(removed, 'a password of theirs'),
    ]);
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect(replies[0]).toMatchObject({ status: 403, code: 'sign_in_failed', setCookie: undefined });
  });

  test('is refused to pages of other sites, whatever they know', async () => {
    const browser = browserAt(world.system.url);
    const body = { email: reception, password: passwordOf(world, reception) };
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(await browser.ask('', body, { 'sec-fetch-site': site })).toMatchObject({ status: 403, code: 'forbidden' });
    expect(browser.cookie()).toBeUndefined();
    const held = await signedIn(world, reception);
    const refused = await held.ask('/refresh', undefined, { 'sec-fetch-site': 'cross-site' });
    expect(refused).toMatchObject({ status: 403, code: 'forbidden', setCookie: undefined });
    expect((await held.end()).status).toBe(200);
    // Programs and old browsers don't say.
    const program = await fetch(`${world.system.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(program.status).toBe(200);
  });

  test('after an invitation asks for a password of one’s own, once', async () => {
    const email = 'invited@example.com';
    const browser = browserAt(world.system.url);
    const { body } = await browser.signIn(email, newcomer(email));
    expect([body['challenge'], browser.cookie()]).toEqual(['new_password', undefined]);
    const answer = (more: object) => browser.ask('/answer', { session: body['session'], ...more });
    expect(await answer({ newPassword: 'short' })).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await answer({ code: '123456' })).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await answer({})).toMatchObject({ status: 400 });
    expect(await answer({ newPassword: 'quite another password' })).toMatchObject({ status: 200 });
    expect(await answer({ newPassword: 'yet another password' })).toMatchObject({ status: 401, code: 'signed_out' });
    expect((await browser.signIn(email, 'quite another password')).status).toBe(200);
  });

  test('takes no session of its own making', async () => {
    const browser = browserAt(world.system.url);
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const session of ['x', forged({}), forged(['sms', 'a', 'b'])])
      expect(await browser.ask('/answer', { session, code: '123456' })).toMatchObject({ code: 'invalid_request' });
    const unknown = forged(['code', claimsOf((await signedIn(world, reception)).token()).sub, 'guessed', []]);
    expect(await browser.ask('/answer', { session: unknown, code: '123456' })).toMatchObject({ code: 'signed_out' });
  });
});

describe('a session', () => {
  test('renews its token and its cookie; the one before is good for a minute more', async () => {
    const browser = await signedIn(world, reception);
    const first = browser.cookie();
    await world.system.windBy(14 * minute);
    const renewed = await browser.ask('/refresh');
    expect([renewed.status, claimsOf(renewed.body['idToken'])['cognito:groups']]).toEqual([200, ['reception']]);
    const next = browser.cookie();
    expect(next).not.toBe(first);
    // A second tab, whose answer comes later.
    browser.holding(first);
    expect((await browser.ask('/refresh')).status).toBe(200);
    await world.system.windBy(minute + second);
    browser.holding(first);
    expect(await browser.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
    expect(browser.cookie()).toBeUndefined();
    browser.holding(next);
    expect((await browser.ask('/refresh')).status).toBe(200);
  });

  test('is renewed by two tabs at once, and both go on', async () => {
    const one = await signedIn(world, reception);
    const other = browserAt(world.system.url);
    other.holding(one.cookie());
    const both = () => Promise.all([one.ask('/refresh'), other.ask('/refresh')]);
    expect((await both()).map(({ status }) => status)).toEqual([200, 200]);
    await world.system.windBy(5 * minute);
    expect((await both()).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('ends with signing out, for whoever has a copy of its cookie, too', async () => {
    const browser = await signedIn(world, reception);
    const copy = browser.cookie();
    const ended = await browser.end();
    expect([ended.status, ended.setCookie]).toEqual([
      200,
      'session=; Path=/v1/session; HttpOnly; SameSite=Strict; Max-Age=0',
    ]);
    browser.holding(copy);
    expect(await browser.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
    expect((await browser.end()).status).toBe(200);
  });

  test('ends after thirty days, however often it was renewed', async () => {
    const browser = await signedIn(world, reception);
    await world.system.windBy(29 * day);
    expect((await browser.ask('/refresh')).status).toBe(200);
    await world.system.windBy(day + minute);
    expect(await browser.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
  });

  test('ends for who is removed or signed out by the owner, at the next renewal', async () => {
    const email = 'leaver@example.com';
    const browser = browserAt(world.system.url);
    const { body } = await browser.signIn(email, newcomer(email));
    expect(
      (await browser.ask('/answer', { session: body['session'], newPassword: 'a password for a while' })).status,
    ).toBe(200);
    expect((await browser.ask('/refresh')).status).toBe(200);
    await remove(world, email);
    expect(await browser.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
    expect(browser.cookie()).toBeUndefined();
  });

  test('without a cookie is none', async () => {
    const browser = browserAt(world.system.url);
    expect(await browser.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
    browser.holding('session=invented; other=1');
    expect(await browser.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
  });
});

describe('an owner', () => {
  const owner = 'owner@example.com';

  test('without an authenticator may turn one on, ask who they are, and nothing else', async () => {
    const browser = browserAt(world.system.url);
    const { body } = await browser.signIn(owner, passwordOf(world, owner));
    expect(body['needsAuthenticator']).toBe(true);
    expect(claimsOf(body['idToken'])['cognito:groups']).toEqual(['enrolling']);
    const statusOf = async (path: string) => (await asks(browser.token(), path)).status;
    expect(await statusOf('/v1/me')).toBe(200);
    for (const path of ['/v1/settings', '/v1/people', '/v1/audit', '/v1/inbox', '/v1/diary?locationId=brooklyn'])
      expect([path, await statusOf(path)]).toEqual([path, 403]);
    const change = { password: passwordOf(world, owner), newPassword: 'a longer password than that' };
    expect(await browser.ask('/password', change)).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await browser.ask('/refresh')).body['needsAuthenticator']).toBe(true);
  });

  test('turns it on by a code that it shows, works, and signs in by a code from then on, each once', async () => {
    const early = await signedIn(world, owner);
    const browser = await signedIn(world, owner);
    expect(await browser.ask('/authenticator', { password: 'somebody at the screen' })).toMatchObject({
      status: 403,
      code: 'sign_in_failed',
    });
    const started = await browser.ask('/authenticator', { password: passwordOf(world, owner) });
    const secret = String(started.body['secret']);
    expect(started.body['uri']).toBe(`otpauth://totp/Regulars:owner%40example.com?secret=${secret}&issuer=Regulars`);
    const wrong = codeNow(world, 'A'.repeat(32));
    expect(await browser.ask('/authenticator/confirm', { code: wrong })).toMatchObject({ code: 'code_refused' });
    const code = codeNow(world, secret);
    const confirmed = await browser.ask('/authenticator/confirm', { code });
    expect(confirmed).toMatchObject({ status: 200, body: { needsAuthenticator: false } });
    expect((await asks(browser.token(), '/v1/settings')).status).toBe(200);
    // A session that began without a code, perhaps with a stolen password, never gets the role.
    for (const each of [early, browser]) expect((await each.ask('/refresh')).code).toBe('signed_out');

    const again = browserAt(world.system.url);
    const asked = await again.signIn(owner, passwordOf(world, owner));
    expect([asked.body['challenge'], again.cookie()]).toEqual(['code', undefined]);
    const answer = (given: string) => again.ask('/answer', { session: asked.body['session'], code: given });
    // The code that turned it on is used up.
    expect(await answer(code)).toMatchObject({ status: 403, code: 'code_refused' });
    await world.system.windBy(minute);
    const later = codeNow(world, secret);
    expect(await answer(later)).toMatchObject({ status: 200, body: { needsAuthenticator: false } });
    expect((await asks(again.token(), '/v1/settings')).status).toBe(200);

    const thief = browserAt(world.system.url);
    const { body } = await thief.signIn(owner, passwordOf(world, owner));
    expect(await thief.ask('/answer', { session: body['session'], code: later })).toMatchObject({
      code: 'code_refused',
    });
  });

  test('gets no authenticator of somebody else, who has signed in on the same browser since', async () => {
    const manager = await signedIn(world, 'manager@example.com');
    await enrol(world, manager, 'manager@example.com');
    const browser = await signedIn(world, reception);
    browser.holding(manager.cookie());
    expect(await browser.ask('/authenticator', { password: passwordOf(world, reception) })).toMatchObject({
      status: 401,
      code: 'signed_out',
    });
  });
});

describe('a password', () => {
  const staff = 'staff@example.com';

  test('is changed by who knows it; that signs out everywhere', async () => {
    const here = await signedIn(world, staff);
    const elsewhere = await signedIn(world, staff);
    const change = (password: string) => here.ask('/password', { password, newPassword: 'the next one, as long' });
    expect(await change('a guess of somebody')).toMatchObject({ status: 403, code: 'sign_in_failed' });
    expect(await change(passwordOf(world, staff))).toMatchObject({ status: 200 });
    for (const browser of [here, elsewhere])
      expect(await browser.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
    expect((await here.signIn(staff, 'the next one, as long')).status).toBe(200);
  });

  test('that was forgotten is chosen anew by a code from a mail, once; nobody learns who is known', async () => {
    const browser = browserAt(world.system.url);
    const [known, unknown] = [
      await browser.ask('/forgot', { email: staff }),
      await browser.ask('/forgot', { email: 'nobody@example.com' }),
    ];
    expect(known).toEqual(unknown);
    expect(known.status).toBe(202);
    const [mail, ...more] = world.mails(/verification code/);
    expect([mail?.to, more]).toEqual([[staff], []]);
    const code = /\d{6}/.exec(mail?.text ?? '')?.[0] ?? '';
    const wrong = code === '000000' ? '000001' : '000000';
    const reset = (email: string, given: string) =>
      browser.ask('/reset', { email, code: given, newPassword: 'remembered from now on' });
    const refused = await reset(staff, wrong);
    expect(refused).toMatchObject({ status: 403, code: 'code_refused' });
    expect(await reset('nobody@example.com', code)).toEqual(refused);
    expect((await reset(staff, code)).status).toBe(200);
    expect(await reset(staff, code)).toEqual(refused);
    expect((await browser.signIn(staff, 'remembered from now on')).status).toBe(200);
  });

  test('is refused where somebody would try it first, whichever way it is chosen', async () => {
    const email = 'marco.bellini@example.com';
    const owner = world.as('owner', 'first-owner@example.com');
    const { sub } = dataOf(await owner.invitePerson({ body: { email, role: 'staff', staffId: 'marco' } }));
    const browser = browserAt(world.system.url);
    const asked = await browser.signIn(email, passwordOf(world, email));
    const refused = [
      ['1qaz2wsx3edc4rfv', 'is known from leaks'],
      [`at ${world.catalogue.settings.name} again`, 'must not contain'],
      ['marco.bellini and I', 'must not contain'],
      ['aaaaaaaaaaaaaaaaaa', 'must have at least 5'],
    ] as const;
    const ways = (newPassword: string) => ({
      invited: () => browser.ask('/answer', { session: asked.body['session'], newPassword }),
      reset: () => browser.ask('/reset', { email, code: '123456', newPassword }),
      changed: () => browser.ask('/password', { password: good, newPassword }),
    });
    const good = 'tomatoes ripen in August';
    const mustRefuse = async (way: 'invited' | 'reset' | 'changed', [password, why]: readonly [string, string]) => {
      const { status, code, body } = await ways(password)[way]();
      expect([password, status, code]).toEqual([password, 422, 'unprocessable']);
      expect(body['errors']).toMatchObject([{ path: 'newPassword', message: expect.stringContaining(why) }]);
    };
    for (const each of refused) await mustRefuse('invited', each);
    // Tied to a row of staff, whose name is another.
    await mustRefuse('invited', ['the hair of BELLINI', 'must not contain']);
    expect((await ways(good).invited()).status).toBe(200);
    for (const each of refused) await mustRefuse('changed', each);
    for (const each of refused) await mustRefuse('reset', each);
    expect(claimsOf(browser.token()).sub).toBe(sub);
    // A stranger learns no name of who has an address.
    const named = 'the long hair of Rahman';
    dataOf(await owner.changePerson({ params: { sub }, body: { staffId: 'amina' } }));
    const stranger = await browserAt(world.system.url).ask('/reset', { email, code: '123456', newPassword: named });
    expect(stranger.code).toBe('code_refused');
    expect((await ways(named).changed()).code).toBe('unprocessable');
  });

  const meStatus = async (token: string) => (await asks(token, '/v1/me')).status;
  const signedOut = async () => (await rowsOf(world, 'SignedOut')).map(({ sub }) => sub);
  const resetBy = async (browser: Browser, email: string, newPassword: string) => {
    const before = world.mails(/verification code/).length;
    expect((await browser.ask('/forgot', { email })).status).toBe(202);
    expect(world.mails(/verification code/)).toHaveLength(before + 1);
    const code = /\d{6}/.exec(world.mails(/verification code/).at(-1)?.text ?? '')?.[0] ?? '';
    expect((await browser.ask('/reset', { email, code, newPassword })).status).toBe(200);
  };
  /** A function goes by what it has read of a person for a minute. */
  const aWhile = () => world.system.windBy(minute);

  test('that was chosen anew by mail ends every session and every token, but not what begins the moment after', async () => {
    const [thief, other] = [await signedIn(world, reception), await signedIn(world, reception)];
    await world.system.windBy(second);
    expect((await thief.ask('/refresh')).status).toBe(200);
    expect(await meStatus(thief.token())).toBe(200);
    const browser = browserAt(world.system.url);
    await resetBy(browser, reception, 'the thief does not know this');
    expect((await browser.signIn(reception, 'the thief does not know this')).status).toBe(200);
    await aWhile();
    for (const each of [thief, other]) {
      const token = each.token();
      expect(await meStatus(token)).toBe(401);
      expect(await each.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });
      expect(each.cookie()).toBeUndefined();
    }
    expect([await meStatus(browser.token()), (await browser.ask('/refresh')).status]).toEqual([200, 200]);
  });

  test('does so, too, for who has never signed in here, an authenticator or not', async () => {
    const manager = 'manager@example.com';
    const held = await signedIn(world, reception);
    await dropRows(world, 'KnownSignIn');
    await world.system.windBy(second);
    await resetBy(browserAt(world.system.url), reception, 'the third one of the desk');
    expect(await held.ask('/refresh')).toMatchObject({ status: 401, code: 'signed_out' });

    // She has turned one on above.
    const before = await signedOut();
    await resetBy(browserAt(world.system.url), manager, 'five words for a new start');
    const { sub } = claimsOf(world.system.token('manager', manager));
    expect([before.includes(sub), (await signedOut()).includes(sub)]).toEqual([false, true]);
  });

  test('that was changed ends tokens that are out, too', async () => {
    const email = 'changes@example.com';
    const browser = browserAt(world.system.url);
    const asked = await browser.signIn(email, newcomer(email));
    const first = 'the first of their passwords';
    await browser.ask('/answer', { session: asked.body['session'], newPassword: first });
    const { sub } = claimsOf(browser.token());
    const owner = world.as('owner', 'first-owner@example.com');
    dataOf(await owner.changePerson({ params: { sub }, body: { role: 'reception' } }));
    await aWhile();
    expect((await browser.ask('/refresh')).status).toBe(200);
    const token = browser.token();
    expect(await meStatus(token)).toBe(200);
    await world.system.windBy(second);
    const newPassword = 'the second of their passwords';
    expect((await browser.ask('/password', { password: first, newPassword })).status).toBe(200);
    await aWhile();
    expect(await meStatus(token)).toBe(401);
    expect((await browser.signIn(email, newPassword)).status).toBe(200);
    expect(await meStatus(browser.token())).toBe(200);
  });

  // IAM denies the function these partitions, since strangers can call it; no engine here enforces that.
  test('is signed in with, reset and changed without a write to what people may do, or to the audit', async () => {
    const guarded = async () => [...(await rowsOf(world, 'Person')), ...(await rowsOf(world, 'AuditEntry'))];
    const browser = browserAt(world.system.url);
    const before = await guarded();
    await resetBy(browser, staff, 'nothing but a new password');
    expect((await browser.signIn(staff, 'nothing but a new password')).status).toBe(200);
    const change = { password: 'nothing but a new password', newPassword: 'and then another one of them' };
    expect((await browser.ask('/password', change)).status).toBe(200);
    expect(await guarded()).toEqual(before);
  });
});

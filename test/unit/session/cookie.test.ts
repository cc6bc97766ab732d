import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../../shared/platform/ids.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { packChallenge, unpackChallenge } from '../../../shared/session/challenge.ts';
import { createSessionCookie } from '../../../shared/session/cookie.ts';
import { createKnownDevice } from '../../../shared/session/limits/known-device.ts';

describe('the cookie of a session', () => {
  const { tokenIn, keeping, dropping } = createSessionCookie({ secure: true });

  test('is of TLS alone where browsers come by it, out of reach of scripts and other sites, for thirty days', () => {
    const attributes = '; Path=/v1/session; HttpOnly; SameSite=Strict; Secure; Max-Age=';
    expect(keeping('eyJ.a-b_c')).toBe(`__Secure-session=eyJ.a-b_c${attributes}2592000`);
    expect(dropping).toBe(`__Secure-session=${attributes}0`);
  });

  test('is found among others, and only under its own name', () => {
    expect(tokenIn(['language=bn', '__Secure-session=eyJ.x'])).toBe('eyJ.x');
    for (const cookies of [undefined, [], ['session=eyJ.x'], ['__Secure-session='], ['x__Secure-session=eyJ']])
      expect(tokenIn(cookies)).toBeUndefined();
  });

  test.each(['a;b', 'a\r\nb', 'a b', '"a"', 'ü', 'a'.repeat(3_801), ''])('never carries %j', (value) => {
    expect(() => keeping(value)).toThrow();
    expect(tokenIn([`__Secure-session=${value}`])).toBeUndefined();
  });
});

describe('the cookie of a known device', () => {
  const start = Date.parse('2026-11-30T10:00:00Z');
  let at = start;
  const tokens = createTokens({ load: async () => [Buffer.alloc(32, 7).toString('base64')] }, () => at);
  const { idOf, keeping } = createKnownDevice({ tokens, random: systemRandom, now: () => at, secure: true });
  const pairOf = (setCookie: string) => setCookie.split(';')[0] ?? '';

  test('is of TLS alone, out of reach of scripts and other sites, and good for ninety days', async () => {
    const setCookie = await keeping([], ['ana@example.com', 'sub-1']);
    expect(setCookie).toMatch(
      /^__Secure-device=[\w.-]{121}; Path=\/v1\/session; HttpOnly; SameSite=Strict; Secure; Max-Age=7776000$/,
    );
    const cookies = ['language=bn', pairOf(setCookie)];
    const id = await idOf(cookies, 'ana@example.com');
    expect([id?.length, await idOf(cookies, 'sub-1'), await idOf(cookies, 'eve@example.com')]).toEqual([
      16,
      id,
      undefined,
    ]);
    at = start + 91 * 86_400_000;
    expect(await idOf(cookies, 'ana@example.com')).toBeUndefined();
    at = start;
  });

  test('keeps the eight people who signed in last, each once', async () => {
    let cookies: string[] = [];
    for (let person = 0; person < 10; person += 1)
      for (const _ of [1, 2]) cookies = [pairOf(await keeping(cookies, [`p${person}@example.com`, `sub-${person}`]))];
    const known = await Promise.all(Array.from({ length: 10 }, (_, person) => idOf(cookies, `sub-${person}`)));
    expect(known.map((id) => id !== undefined)).toEqual([...Array(2).fill(false), ...Array(8).fill(true)]);
    expect(cookies[0]?.length).toBeLessThan(1_024);
  });
});

test('a challenge comes back as it went out, and nothing else passes for one', () => {
  const challenge = { asks: 'code', username: 'sub-1', session: 'AYAB', words: [] } as const;
  expect(unpackChallenge(packChallenge(challenge))).toEqual(challenge);
  const invited = { ...challenge, asks: 'new_password', words: ['silva'] } as const;
  expect(unpackChallenge(packChallenge(invited))).toEqual(invited);
  for (const text of ['', 'x', Buffer.from('["sms","a","b"]').toString('base64url'), 'W10', 'bnVsbA'])
    expect(() => unpackChallenge(text)).toThrow('session');
});

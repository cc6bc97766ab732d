import type { EndSessions } from '../people/end-sessions.ts';
import { enrolling } from '../platform/http/contract.ts';
import { Problem } from '../platform/http/problems.ts';
import { isoUtc } from '../platform/time/time.ts';
import { packChallenge, unpackChallenge } from './challenge.ts';
import type { SignedInAnswer, StepAnswer } from './contract.ts';
import type { Browser, SessionCookie } from './cookie.ts';
import type { Attempts } from './limits/attempts.ts';
import type { KnownDevice } from './limits/known-device.ts';
import type { Mails } from './limits/mails.ts';
import { mustBeStrong } from './passwords/strong.ts';
import { wordsOf } from './passwords/weak.ts';
import type { PoolTokens, SignInPool, Step } from './pool.ts';
import { signedOut, signInFailed } from './problems.ts';

/** Dependencies of whatever is done with a session. */
export interface SessionDeps {
  pool: SignInPool;
  attempts: Attempts;
  cookie: SessionCookie;
  device: KnownDevice;
  mails: Mails;
  /** Whether the person's session is over that began at a second since 1970, which the pool may not know. */
  isEnded: (sub: string, beganAt: number) => Promise<boolean>;
  endSessions: EndSessions;
  /** Keeps what others read beside the `sub`. */
  keepName: (sub: string, email: string) => Promise<void>;
  /** Names that a password must not contain: the business's, and that of a person, where somebody is named. */
  namesFor: (sub?: string) => Promise<{ business: string | undefined; person?: string | undefined }>;
}

interface Claims {
  sub: string;
  email?: string;
  /** Seconds since 1970: of signing in, and of this token. */
  auth_time?: number;
  iat: number;
  /** Seconds since 1970. */
  exp: number;
  'cognito:groups'?: readonly string[];
}

/** The claims of a token that has just come from the pool, so nobody need verify it. */
export const claimsOf = ({ idToken }: PoolTokens): Claims =>
  JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8'));

/** Second since 1970 at which the session began. */
const beganAt = ({ auth_time: began, iat }: Claims): number => began ?? iat;

export const signedInView = (tokens: PoolTokens): SignedInAnswer => {
  const { exp, 'cognito:groups': groups = [] } = claimsOf(tokens);
  return {
    idToken: tokens.idToken,
    expiresAt: isoUtc(exp * 1000),
    needsAuthenticator: groups.includes(enrolling),
  };
};

/** Renews the tokens by the cookie of a browser, and sets it anew. */
export const createRenew =
  ({ pool, attempts, cookie, isEnded }: SessionDeps) =>
  /** `sub`: of the person whose session it must be. Throws signed_out, too_many_requests, busy. */
  async ({ sourceIp, cookies, setCookie }: Browser, sub?: string): Promise<PoolTokens> => {
    const held = cookie.tokenIn(cookies);
    if (held === undefined) throw new Problem(signedOut);
    await attempts.admitRenewal(sourceIp);
    const signOut = (): never => {
      setCookie(cookie.dropping);
      throw new Problem(signedOut);
    };
    const tokens = await pool.renew(held).catch((error: unknown) => {
      if (error instanceof Problem && error.code === signedOut.code) return signOut();
      throw error;
    });
    const { refreshToken = held } = tokens;
    const claims = claimsOf(tokens);
    const { sub: owner } = claims;
    if (await isEnded(owner, beganAt(claims))) {
      await pool.revoke(refreshToken).catch(() => {});
      return signOut();
    }
    setCookie(cookie.keeping(refreshToken));
    // Another person has signed in on this browser since.
    if (sub !== undefined && sub !== owner) throw new Problem(signedOut);
    return { ...tokens, refreshToken };
  };

/** Lets staff in, keeps them in, and out again. */
export const createSignIn = (deps: SessionDeps) => {
  const { pool, attempts, cookie, device, isEnded, namesFor, keepName } = deps;
  const renew = createRenew(deps);

  /** Knows the browser and its household for the person's next attempts. */
  const remember = async (browser: Browser, claims: Claims): Promise<void> => {
    const email = claims.email?.toLowerCase();
    await Promise.all([
      attempts.remember(browser, claims.sub, email),
      email === undefined ? undefined : keepName(claims.sub, email),
    ]);
    browser.setCookie(await device.keeping(browser.cookies, [claims.sub, ...(email ? [email] : [])]));
  };

  const stepView = async (browser: Browser, step: Step): Promise<StepAnswer> => {
    if ('challenge' in step) return { challenge: step.challenge.asks, session: packChallenge(step.challenge) };
    const { tokens } = step;
    const { refreshToken } = tokens;
    if (!refreshToken) throw new Error('The pool let somebody in without a refresh token');
    const claims = claimsOf(tokens);
    if (await isEnded(claims.sub, beganAt(claims))) {
      await pool.revoke(refreshToken).catch(() => {});
      throw new Problem(signInFailed);
    }
    await remember(browser, claims);
    browser.setCookie(cookie.keeping(refreshToken));
    return signedInView(tokens);
  };

  return {
    /** Throws sign_in_failed, too_many_requests, busy. */
    async signIn(browser: Browser, { email, password }: { email: string; password: string }): Promise<StepAnswer> {
      const attempt = await attempts.admit(browser, 'sign-in', email);
      const step = await pool.signIn(email, password);
      await attempt.succeeded();
      if (!('challenge' in step) || step.challenge.asks !== 'new_password') return stepView(browser, step);
      const words = wordsOf({ email, ...(await namesFor(step.challenge.username)) });
      return stepView(browser, { challenge: { ...step.challenge, words } });
    },

    /** Throws invalid_request, code_refused, unprocessable, signed_out, too_many_requests, busy. */
    async answer(
      browser: Browser,
      { session, newPassword, code }: { session: string; newPassword?: string | undefined; code?: string | undefined },
    ): Promise<StepAnswer> {
      const challenge = unpackChallenge(session);
      const [field, secret] =
        challenge.asks === 'code' ? (['code', code] as const) : (['newPassword', newPassword] as const);
      if (secret === undefined) {
        const message = 'is what was asked for';
        throw new Problem('invalid_request', { detail: `${field} ${message}`, errors: [{ path: field, message }] });
      }
      if (challenge.asks === 'new_password') mustBeStrong(secret, challenge.words ?? []);
      const attempt = await attempts.admit(browser, 'sign-in', challenge.username);
      const step = await pool.answer(challenge, secret);
      await attempt.succeeded();
      return stepView(browser, step);
    },

    /** Throws signed_out, too_many_requests, busy. */
    refresh: async (browser: Browser): Promise<SignedInAnswer> => signedInView(await renew(browser)),

    /** Ends the session; without one it does nothing. Throws too_many_requests, busy, then the cookie stays for another try. */
    async end({ sourceIp, cookies, setCookie }: Browser): Promise<void> {
      const held = cookie.tokenIn(cookies);
      if (held === undefined) return;
      await attempts.admitRenewal(sourceIp);
      await pool.revoke(held).catch((error: unknown) => {
        if (!(error instanceof Problem) || error.code !== signedOut.code) throw error;
      });
      setCookie(cookie.dropping);
    },
  };
};

import type { StaffIdentity } from '../platform/http/server.ts';
import type { SignedInAnswer } from './contract.ts';
import type { Browser } from './cookie.ts';
import { createRenew, type SessionDeps, signedInView } from './sign-in.ts';

const issuer = 'Regulars';

/** Text of the QR code that authenticator apps read. */
const uriOf = (account: string, secret: string): string =>
  `otpauth://totp/${issuer}:${encodeURIComponent(account)}?secret=${secret}&issuer=${issuer}`;

/** Turns on what makes codes: the second factor. */
export const createAuthenticator = (deps: SessionDeps) => {
  const { pool, attempts } = deps;
  const renew = createRenew(deps);
  return {
    /**
     * Asks for the password, since whoever sits down at a screen that somebody left could else put their own
     * authenticator in place of the one that is on. Throws sign_in_failed, signed_out, too_many_requests, busy.
     */
    async start(
      browser: Browser,
      { id, email = '' }: StaffIdentity,
      password: string,
    ): Promise<{ secret: string; uri: string }> {
      const attempt = await attempts.admit(browser, 'sign-in', email);
      const step = await pool.signIn(email, password);
      await attempt.succeeded();
      // It was for the password alone.
      if ('tokens' in step && step.tokens.refreshToken) await pool.revoke(step.tokens.refreshToken);
      const secret = await pool.newSecret(await renew(browser, id));
      return { secret, uri: uriOf(email, secret) };
    },

    /**
     * Answers a token that has the role, and ends all sessions: one of them may have begun with a stolen password, and the
     * pool would give it the role without a code. Throws code_refused, signed_out, too_many_requests, busy.
     */
    async confirm(browser: Browser, { id }: StaffIdentity, code: string): Promise<SignedInAnswer> {
      const attempt = await attempts.admit(browser, 'sign-in', id);
      const tokens = await renew(browser, id);
      await pool.turnOnAuthenticator(tokens, code);
      await attempt.succeeded();
      // The pool decides anew, at each renewal, which roles a token has.
      const renewed = await pool.renew(tokens.refreshToken ?? '');
      await pool.signOutEverywhere(renewed);
      browser.setCookie(deps.cookie.dropping);
      return signedInView(renewed);
    },
  };
};

import type { StaffIdentity } from '../platform/http/server.ts';
import type { Browser } from './cookie.ts';
import { mustBeStrong } from './passwords/strong.ts';
import { wordsOf } from './passwords/weak.ts';
import { claimsOf, createRenew, type SessionDeps } from './sign-in.ts';

/** An address that nobody can have (RFC 2606), for which the pool sends nothing. */
const nobody = 'nobody@regulars.invalid';

/** Lets people choose another password: by a code from a mail, or by the one that they have. */
export const createPassword = (deps: SessionDeps) => {
  const { pool, attempts, cookie, device, mails, endSessions, namesFor } = deps;
  const renew = createRenew(deps);

  /** The person, who has not signed in here for long: the pool names nobody for an address alone. */
  const subBySigningIn = async (email: string, password: string): Promise<string | undefined> => {
    const step = await pool.signIn(email, password).catch(() => undefined);
    if (step === undefined) return undefined;
    if ('challenge' in step) return step.challenge.username;
    const { refreshToken } = step.tokens;
    if (refreshToken) await pool.revoke(refreshToken).catch(() => {});
    return claimsOf(step.tokens).sub;
  };

  return {
    /** Tells nobody whether somebody has the address. Throws too_many_requests, busy. */
    async forgot(browser: Browser, email: string): Promise<void> {
      await attempts.admit(browser, 'mail', email);
      // Asks the pool either way, so that the answer takes the same time.
      await pool.forgot((await mails(email)) ? email : nobody);
    },

    /** Ends all sessions, for one of them may be why. Throws code_refused, unprocessable, too_many_requests, busy. */
    async reset(
      browser: Browser,
      { email, code, newPassword }: { email: string; code: string; newPassword: string },
    ): Promise<void> {
      // A stranger may ask this: names of people would tell who has the address.
      mustBeStrong(newPassword, wordsOf({ email, ...(await namesFor()) }));
      const attempt = await attempts.admit(browser, 'reset', email);
      await pool.reset(email, code, newPassword);
      await attempt.succeeded();
      const sub = (await attempts.subOf(email)) ?? (await subBySigningIn(email, newPassword));
      if (sub !== undefined) await endSessions(sub);
      // Whoever reads the person's mail is no stranger: a flood of strangers' attempts must not keep them out.
      browser.setCookie(await device.keeping(browser.cookies, [email.toLowerCase()]));
    },

    /** Ends all sessions, for one of them may be why. Throws sign_in_failed, unprocessable, signed_out, busy. */
    async change(
      browser: Browser,
      { id, email }: StaffIdentity,
      { password, newPassword }: { password: string; newPassword: string },
    ): Promise<void> {
      mustBeStrong(newPassword, wordsOf({ email, ...(await namesFor(id)) }));
      const attempt = await attempts.admit(browser, 'sign-in', id);
      const tokens = await renew(browser, id);
      await pool.changePassword(tokens, password, newPassword);
      await attempt.succeeded();
      await Promise.all([endSessions(id), pool.signOutEverywhere(tokens)]);
      browser.setCookie(cookie.dropping);
    },
  };
};

import { AwsError } from '../api/aws-error.ts';

/** Failures after which each further one shuts the user out, twice as long each time. */
const free = 5;
const longestMs = 15 * 60_000;

/**
 * Cognito's own lockout: after five wrong passwords a user is shut out for a second, then for 2, 4, 8 …, up to a quarter
 * of an hour, wherever the next attempt comes from; attempts meanwhile count for nothing. A right password, or a quarter
 * of an hour without an attempt, ends it (Amazon Cognito Developer Guide, "Lockout behavior for failed sign-in attempts").
 */
export const createLockout = (now: () => number) => {
  const failed = new Map<string, { count: number; until: number; lastAt: number }>();
  return {
    /** Throws NotAuthorizedException where the user is shut out. */
    check(sub: string): void {
      const held = failed.get(sub);
      if (!held) return;
      if (held.until > now()) throw new AwsError('NotAuthorizedException', 'Password attempts exceeded');
      if (now() - held.lastAt >= longestMs) failed.delete(sub);
    },
    fail(sub: string): void {
      const count = (failed.get(sub)?.count ?? 0) + 1;
      const shut = count < free ? 0 : Math.min(longestMs, 1000 * 2 ** (count - free));
      failed.set(sub, { count, until: now() + shut, lastAt: now() });
    },
    succeed: (sub: string): void => {
      failed.delete(sub);
    },
  };
};

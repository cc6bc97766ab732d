import { sessionDays } from './contract.ts';

/** Browser of whoever asks. */
export interface Browser {
  sourceIp: string;
  cookies: readonly string[];
  setCookie: (cookie: string) => void;
}

/** Everything that a refresh token of the pool consists of, and nothing that would end a cookie. */
const harmless = /^[\w.~+/=-]{1,3800}$/;

/**
 * The cookie that holds the refresh token: no script reads it, no other site's request brings it, and it goes to the
 * routes of the session alone, for which the prefix `__Host-` has no room. `secure`: whether browsers come by TLS.
 */
export const createSessionCookie = ({ secure }: { secure: boolean }) => {
  // With the prefix no page without TLS can set it.
  const name = secure ? '__Secure-session' : 'session';
  const attributes = `Path=/v1/session; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    /** The refresh token of a request; undefined where there is none. */
    tokenIn: (cookies: readonly string[] = []): string | undefined =>
      cookies
        .filter((cookie) => cookie.startsWith(`${name}=`))
        .map((cookie) => cookie.slice(name.length + 1))
        .find((value) => harmless.test(value)),
    keeping: (refreshToken: string): string => {
      if (!harmless.test(refreshToken)) throw new Error('The pool’s refresh token does not fit into a cookie');
      return `${name}=${refreshToken}; ${attributes}; Max-Age=${sessionDays * 86_400}`;
    },
    dropping: `${name}=; ${attributes}; Max-Age=0`,
  };
};
export type SessionCookie = ReturnType<typeof createSessionCookie>;

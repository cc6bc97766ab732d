import * as z from 'zod';
import { Problem } from '../platform/http/problems.ts';

/** A question of the pool that stands between a right password and a token. */
export interface Challenge {
  asks: 'new_password' | 'code';
  /** The user's name in the pool, which is the `sub`: an answer may not name the email address. */
  username: string;
  /** The pool's own. */
  session: string;
  /** Words that a new password must not contain: of the person, who alone gets them. */
  words?: readonly string[] | undefined;
}

const packed = z.tuple([
  z.enum(['new_password', 'code']),
  z.string().min(1).max(254),
  z.string().max(3_000),
  z.array(z.string().max(254)).max(20),
]);

/** One text for whoever signs in to hand back. It proves nothing by itself: the pool checks what is in it. */
export const packChallenge = ({ asks, username, session, words = [] }: Challenge): string =>
  Buffer.from(JSON.stringify([asks, username, session, words])).toString('base64url');

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Throws invalid_request, which names `session`. */
export const unpackChallenge = (text: string): Challenge => {
  const { data } = packed.safeParse(parsed(text));
  if (data) return { asks: data[0], username: data[1], session: data[2], words: data[3] };
  const message = 'is not the session of a challenge';
  throw new Problem('invalid_request', { detail: `session: ${message}`, errors: [{ path: 'session', message }] });
};

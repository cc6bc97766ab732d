import { randomBytes } from 'node:crypto';
import { AwsError } from '../api/aws-error.ts';

/** Session of a user on one device; its refresh token changes at each renewal. */
export interface LocalSession {
  id: string;
  sub: string;
  /** In milliseconds, as `until`. */
  beganAt?: number;
  until: number;
  /** Refresh tokens, and for each that was replaced until when it is still good. */
  tokens: { token: string; goodUntil?: number }[];
}

/** Sessions of the pool's users. */
export interface SessionBook {
  begin(sub: string): { session: LocalSession; refreshToken: string };
  /** Session of a refresh token with a new one; throws NotAuthorizedException, RefreshTokenReuseException. */
  renew(refreshToken: string): { session: LocalSession; refreshToken: string };
  /** Throws NotAuthorizedException for one that is over. */
  need(id: string): LocalSession;
  end(refreshToken: string): void;
  endAll(sub: string): void;
  state(): LocalSession[];
}

const lifetimeMs = 30 * 86_400_000;
/** As the stack has it: for an answer that got lost on its way. */
const graceMs = 60_000;

const newToken = (): string => randomBytes(48).toString('base64url');

export const createSessionBook = (
  now: () => number,
  changed: () => void,
  state: readonly LocalSession[] = [],
): SessionBook => {
  const sessions = new Map(state.map((session) => [session.id, session]));
  const over = () => new AwsError('NotAuthorizedException', 'Refresh Token has been revoked');
  const drop = (gone: (session: LocalSession) => boolean): void => {
    for (const session of sessions.values()) if (gone(session)) sessions.delete(session.id);
    changed();
  };
  const holderOf = (refreshToken: string) =>
    [...sessions.values()].find(({ tokens }) => tokens.some(({ token }) => token === refreshToken));
  const isLive = ({ until }: LocalSession): boolean => until > now();

  return {
    begin: (sub) => {
      drop((session) => !isLive(session));
      const refreshToken = newToken();
      const session = {
        id: newToken(),
        sub,
        beganAt: now(),
        until: now() + lifetimeMs,
        tokens: [{ token: refreshToken }],
      };
      sessions.set(session.id, session);
      return { session, refreshToken };
    },
    renew: (refreshToken) => {
      const session = holderOf(refreshToken);
      if (!session || !isLive(session)) throw over();
      const held = session.tokens.find(({ token }) => token === refreshToken);
      if (held?.goodUntil !== undefined && held.goodUntil <= now())
        throw new AwsError('RefreshTokenReuseException', 'Refresh token has been invalidated');
      const next = newToken();
      const tokens = session.tokens.map((each) => (each === held ? { goodUntil: now() + graceMs, ...each } : each));
      const renewed = { ...session, tokens: [...tokens, { token: next }] };
      sessions.set(session.id, renewed);
      changed();
      return { session: renewed, refreshToken: next };
    },
    need: (id) => {
      const session = sessions.get(id);
      if (!session || !isLive(session)) throw new AwsError('NotAuthorizedException', 'Access Token has been revoked');
      return session;
    },
    end: (refreshToken) => {
      const id = holderOf(refreshToken)?.id;
      drop((session) => session.id === id);
    },
    endAll: (sub) => drop((session) => session.sub === sub),
    state: () => [...sessions.values()],
  };
};

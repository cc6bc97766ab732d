import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../http/problems.ts';
import type { Clock } from '../time/clock.ts';
import { type Instant, minute } from '../time/time.ts';

/**
 * Permission that a token gives its holder; a token of one purpose is no good for another. Declared where such tokens are signed, as
 * `export const …Purpose`; a test holds that no two are the same.
 */
export type Purpose = string;

/** The newest first: it signs; all of them verify. */
export interface Keyring {
  load(): Promise<readonly string[]>;
}

export interface Tokens {
  /** `subject`: an id of 16 characters. 44 characters, fit for a path and a text message. */
  sign(purpose: Purpose, subject: string, expiresAt: Instant): Promise<string>;
  /** Throws link_invalid, or link_expired when it was once good. */
  verify<P extends Purpose>(
    token: string,
    ...purposes: P[]
  ): Promise<{ purpose: P; subject: string; expiresAt: Instant }>;
  /** Does what `verify` does, also once the token has expired: whoever asks judges that. */
  read<P extends Purpose>(
    token: string,
    ...purposes: P[]
  ): Promise<{ purpose: P; subject: string; expiresAt: Instant }>;
  /** Always the same 16 characters for a text, from which nobody without the key can tell it. Another key gives others. */
  pseudonym(purpose: Purpose, text: string): Promise<string>;
}

const signature = (key: string, purpose: Purpose, claim: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64')).update(`${purpose}.${claim}`).digest('base64url').slice(0, 22);

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export const createTokens = (keyring: Keyring, now: Clock): Tokens => {
  const signingKey = async (): Promise<string> => {
    const [key] = await keyring.load();
    if (!key) throw new Error('There is no signing key');
    return key;
  };
  const read = async <P extends Purpose>(token: string, ...purposes: P[]) => {
    const parts = /^([0-9a-z]{16})([0-9a-z]{6})([\w-]{22})$/.exec(token);
    if (!parts) throw new Problem('link_invalid');
    const [, subject = '', expiry = '', signed = ''] = parts;
    const keys = await keyring.load();
    const purpose = purposes.find((candidate) =>
      keys.some((key) => same(signature(key, candidate, subject + expiry), signed)),
    );
    if (!purpose) throw new Problem('link_invalid');
    return { purpose, subject, expiresAt: Number.parseInt(expiry, 36) * minute };
  };
  return {
    read,
    async sign(purpose, subject, expiresAt) {
      const key = await signingKey();
      const claim =
        subject +
        Math.ceil(expiresAt / minute)
          .toString(36)
          .padStart(6, '0');
      return claim + signature(key, purpose, claim);
    },
    async verify(token, ...purposes) {
      const found = await read(token, ...purposes);
      if (found.expiresAt <= now()) throw new Problem('link_expired');
      return found;
    },
    pseudonym: async (purpose, text) => signature(await signingKey(), purpose, text).slice(0, 16),
  };
};

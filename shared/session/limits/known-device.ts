import { createHash } from 'node:crypto';
import { newId, type Random } from '../../platform/ids.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { day } from '../../platform/time/time.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';

const knownDevicePurpose = 'known-device';

/** Days for which a browser is known by somebody’s last sign-in on it. */
const knownDays = 90;
/** Two names for each person, and the eight who share a desk. */
const maxEntries = 16;
/** Id of the device, and the signature that ties it to a name. */
const entryPattern = /^[0-9a-z]{16}[\w-]{44}$/;
const idLength = 16;

/** The signed part: 80 bits of the id and the name, in the letters that a token takes. */
const subjectOf = (id: string, name: string): string => {
  const digest = createHash('sha256').update(`${id}.${name}`).digest('hex').slice(0, 20);
  return BigInt(`0x${digest}`).toString(36).padStart(16, '0');
};

interface DeviceDeps {
  tokens: Pick<Tokens, 'sign' | 'verify'>;
  random: Random;
  now: Clock;
  /** Whether browsers come by TLS. */
  secure: boolean;
}

/**
 * The cookie by which a browser is known where somebody has signed in before. It stays after signing out and lets nobody
 * in: it only earns its holder an allowance of attempts that no stranger can use up.
 */
export const createKnownDevice = ({ tokens, random, now, secure }: DeviceDeps) => {
  const cookieName = secure ? '__Secure-device' : 'device';

  const entriesIn = (cookies: readonly string[]): string[] =>
    cookies
      .filter((cookie) => cookie.startsWith(`${cookieName}=`))
      .flatMap((cookie) => cookie.slice(cookieName.length + 1).split('.'))
      .filter((entry) => entryPattern.test(entry))
      .slice(0, maxEntries);

  const isOf = async (entry: string, name: string): Promise<boolean> => {
    const { subject } = await tokens
      .verify(entry.slice(idLength), knownDevicePurpose)
      .catch(() => ({ subject: undefined }));
    return subject === subjectOf(entry.slice(0, idLength), name);
  };

  /** The entry that knows the name. */
  const entryOf = async (entries: readonly string[], name: string): Promise<string | undefined> => {
    for (const entry of entries) if (await isOf(entry, name)) return entry;
    return undefined;
  };

  return {
    /** Id of the device, where somebody of that name has signed in on it within ninety days. */
    idOf: async (cookies: readonly string[], name: string): Promise<string | undefined> =>
      (await entryOf(entriesIn(cookies), name))?.slice(0, idLength),

    /** The cookie that makes the browser known for the names, and keeps whom it knows already: the latest eight people. */
    async keeping(cookies: readonly string[], names: readonly string[]): Promise<string> {
      const before = entriesIn(cookies);
      const replaced = await Promise.all(names.map((name) => entryOf(before, name)));
      const id = newId(random);
      const signed = await Promise.all(
        names.map((name) => tokens.sign(knownDevicePurpose, subjectOf(id, name), now() + knownDays * day)),
      );
      const entries = [...signed.map((token) => id + token), ...before.filter((entry) => !replaced.includes(entry))];
      const value = entries.slice(0, maxEntries).join('.');
      const attributes = `Path=/v1/session; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
      return `${cookieName}=${value}; ${attributes}; Max-Age=${knownDays * 86_400}`;
    },
  };
};
export type KnownDevice = ReturnType<typeof createKnownDevice>;

import { type ParameterStore, readParameter } from '../../shared/platform/aws/parameters.ts';
import type { Random } from '../../shared/platform/ids.ts';
import type { Instant } from '../../shared/platform/time/time.ts';
import { keysRetentionMs } from '../../shared/platform/tokens/keyring.ts';
import { type DatedKey, datedKeysOf, linkKeysText, newLinkKey } from '../../shared/platform/tokens/link-keys.ts';

/** Milliseconds after which every function verifies by a new key: twice as long as one keeps what it has read. */
export const settlingTime = 2 * keysRetentionMs;

type RetiredKey = DatedKey & { retiredAt: Instant };

/** The day in UTC. */
export const dateOf = (instant: Instant): string => new Date(instant).toISOString().slice(0, 10);

/** Says why the keys are left as they are, and what to do. */
export class NotRotated extends Error {}

/**
 * The key that signs, then the others, each with the instant at which it retired. One without a date retired when the
 * parameter was last changed at the latest: it is from before there were dates, or waits for its turn to sign.
 */
const read = async (store: ParameterStore, parameter: string): Promise<[DatedKey, ...RetiredKey[]]> => {
  const found = await readParameter(store, parameter);
  if (!found)
    throw new NotRotated(`There is no parameter ${parameter}: deploy the stack first, or check the table's name.`);
  const [{ key: signing = '' } = {}, ...others] = datedKeysOf(found.value);
  return [{ key: signing }, ...others.map(({ key, retiredAt = found.modifiedAt * 1000 }) => ({ key, retiredAt }))];
};

const write = async (store: ParameterStore, parameter: string, keys: readonly (string | DatedKey)[]): Promise<void> => {
  await store('PutParameter', { Name: parameter, Value: linkKeysText(keys), Type: 'SecureString', Overwrite: true });
};

/**
 * Puts a new key behind those that are there, so that functions verify by it and none signs with it yet; answers it.
 * Once more after an interruption is fine: a key that never signed does no harm.
 */
export const addKey = async (store: ParameterStore, parameter: string, random: Random): Promise<string> => {
  const keys = await read(store, parameter);
  const key = newLinkKey(random);
  await write(store, parameter, [...keys, key]);
  return key;
};

/** Puts keys of another table's links behind those that are there, so that functions verify by them. They have retired. */
export const addVerifyingKeys = async (
  store: ParameterStore,
  parameter: string,
  others: readonly DatedKey[],
): Promise<void> => {
  const keys = await read(store, parameter);
  const added = others.filter((other) => !keys.some(({ key }) => key === other.key));
  await write(store, parameter, [...keys, ...added]);
};

/**
 * Puts the key first, so that it signs from `now`; the one that signed retires, and goes on to verify with the others.
 * Throws NotRotated where the key is gone.
 */
export const signWith = async (store: ParameterStore, parameter: string, key: string, now: Instant): Promise<void> => {
  const [signing, ...retired] = await read(store, parameter);
  if (signing.key === key) return;
  if (!retired.some((each) => each.key === key))
    throw new NotRotated('Somebody else has changed the keys meanwhile; nothing is rotated. Begin again.');
  const others = retired.filter((each) => each.key !== key);
  await write(store, parameter, [key, { key: signing.key, retiredAt: now }, ...others]);
};

/**
 * Drops the keys that retired at least `life` milliseconds ago: no link that they signed is good any more. `dropped` tells
 * how many; `nextAt` is when the next can be dropped. Throws NotRotated where there are old keys, and none can be.
 */
export const dropOldKeys = async (
  store: ParameterStore,
  parameter: string,
  { now, life }: { now: Instant; life: number },
): Promise<{ dropped: number; nextAt: Instant | undefined }> => {
  const [signing, ...retired] = await read(store, parameter);
  const kept = retired.filter(({ retiredAt }) => now < retiredAt + life);
  const dropped = retired.length - kept.length;
  const nextAt = kept.length > 0 ? Math.min(...kept.map(({ retiredAt }) => retiredAt + life)) : undefined;
  if (dropped === 0 && nextAt !== undefined) {
    throw new NotRotated(
      `Links that the old keys signed may be good until ${dateOf(nextAt)}; drop them then, or use --leaked now.`,
    );
  }
  if (dropped > 0) await write(store, parameter, [signing, ...kept]);
  return { dropped, nextAt };
};

/** A new key in place of all others: every link that is out is refused within `keysRetentionMs`. */
export const replaceKeys = async (store: ParameterStore, parameter: string, random: Random): Promise<void> => {
  await read(store, parameter);
  await write(store, parameter, [newLinkKey(random)]);
};

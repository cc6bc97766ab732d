import { type Parameter, type ParameterStore, readParameter } from '../../shared/platform/aws/parameters.ts';
import type { Random } from '../../shared/platform/ids.ts';
import { keysRetentionMs } from '../../shared/platform/tokens/keyring.ts';
import { linkKeysOf, linkKeysText, newLinkKey } from '../../shared/platform/tokens/link-keys.ts';

/** Milliseconds after which every function verifies by a new key: twice as long as one keeps what it has read. */
export const settlingTime = 2 * keysRetentionMs;

/** Says why the keys are left as they are, and what to do. */
export class NotRotated extends Error {}

const read = async (store: ParameterStore, parameter: string): Promise<Parameter & { keys: string[] }> => {
  const found = await readParameter(store, parameter);
  if (!found)
    throw new NotRotated(`There is no parameter ${parameter}: deploy the stack first, or check the table's name.`);
  return { ...found, keys: linkKeysOf(found.value) };
};

const write = async (store: ParameterStore, parameter: string, keys: readonly string[]): Promise<void> => {
  await store('PutParameter', { Name: parameter, Value: linkKeysText(keys), Type: 'SecureString', Overwrite: true });
};

/**
 * Puts a new key behind those that are there, so that functions verify by it and none signs with it yet; answers it.
 * Once more after an interruption is fine: a key that never signed does no harm.
 */
export const addKey = async (store: ParameterStore, parameter: string, random: Random): Promise<string> => {
  const { keys } = await read(store, parameter);
  const key = newLinkKey(random);
  await write(store, parameter, [...keys, key]);
  return key;
};

/** Puts keys of another table's links behind those that are there, so that functions verify by them. */
export const addVerifyingKeys = async (
  store: ParameterStore,
  parameter: string,
  others: readonly string[],
): Promise<void> => {
  const { keys } = await read(store, parameter);
  await write(store, parameter, [...new Set([...keys, ...others])]);
};

/** Puts the key first, so that it signs; the others go on to verify. Throws NotRotated where it is gone. */
export const signWith = async (store: ParameterStore, parameter: string, key: string): Promise<void> => {
  const { keys } = await read(store, parameter);
  if (!keys.includes(key))
    throw new NotRotated('Somebody else has changed the keys meanwhile; nothing is rotated. Begin again.');
  await write(store, parameter, [key, ...keys.filter((each) => each !== key)]);
};

/**
 * Leaves the key that signs as the only one; answers how many are dropped. Throws NotRotated where the keys changed
 * less than `life` milliseconds ago: links that an old key signed may still be good.
 */
export const dropOldKeys = async (
  store: ParameterStore,
  parameter: string,
  { now, life }: { now: number; life: number },
): Promise<number> => {
  const { keys, modifiedAt } = await read(store, parameter);
  const [first = '', ...old] = keys;
  if (old.length === 0) return 0;
  const from = modifiedAt * 1000 + life;
  if (now < from) {
    throw new NotRotated(
      `Links that the old keys signed may be good until ${new Date(from).toISOString().slice(0, 10)}; drop them then, or use --leaked now.`,
    );
  }
  await write(store, parameter, [first]);
  return old.length;
};

/** A new key in place of all others: every link that is out is refused within `keysRetentionMs`. */
export const replaceKeys = async (store: ParameterStore, parameter: string, random: Random): Promise<void> => {
  await read(store, parameter);
  await write(store, parameter, [newLinkKey(random)]);
};

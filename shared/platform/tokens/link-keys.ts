import { type ParameterStore, readParameter } from '../aws/parameters.ts';
import type { Random } from '../ids.ts';

/** The parameter that holds the keys of a table's links; whoever adopts the table finds them by it. */
export const linkKeysParameter = (tableName: string): string => `/regulars/${tableName}/link-keys`;

/** Limit of a standard parameter, which is free. */
const maxBytes = 4096;

/** 256 random bits in base64. */
export const newLinkKey = (random: Random): string => Buffer.from(random(32)).toString('base64');

/** The parameter's value: JSON, the newest first. Throws where it is too long for a parameter. */
export const linkKeysText = (keys: readonly string[]): string => {
  const text = JSON.stringify(keys);
  if (keys.length === 0 || Buffer.byteLength(text) > maxBytes)
    throw new Error(`${keys.length} keys do not fit into a parameter: at least one, at most ${maxBytes} bytes`);
  return text;
};

/** Throws where the value is no list of keys; the error doesn't quote it. */
export const linkKeysOf = (value: string): string[] => {
  let keys: unknown;
  try {
    keys = JSON.parse(value);
  } catch {}
  const isList = Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string' && key !== '');
  if (!isList) throw new Error('The parameter of the link keys holds no JSON list of keys');
  return keys as string[];
};

/** Reads the keys that a parameter holds. Throws where there is none, which deploying makes. */
export const linkKeysIn = (store: ParameterStore, parameter: string) => async (): Promise<readonly string[]> => {
  const found = await readParameter(store, parameter);
  if (!found) throw new Error(`There is no parameter ${parameter}: deploying the stack makes it`);
  return linkKeysOf(found.value);
};

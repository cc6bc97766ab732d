import { type ParameterStore, readParameter } from '../aws/parameters.ts';
import type { Random } from '../ids.ts';
import type { Instant } from '../time/time.ts';

/** The parameter that holds the keys of a table's links; whoever adopts the table finds them by it. */
export const linkKeysParameter = (tableName: string): string => `/regulars/${tableName}/link-keys`;

/** Limit of a standard parameter, which is free. */
const maxBytes = 4096;

/** 256 random bits in base64. */
export const newLinkKey = (random: Random): string => Buffer.from(random(32)).toString('base64');

export interface DatedKey {
  key: string;
  /** Instant at which another key began to sign in its place; absent of the one that signs, and in values from before there were dates. */
  retiredAt?: Instant | undefined;
}

const invalid = () => new Error('The parameter of the link keys holds no JSON list of keys');

const isKey = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A key alone, or with its date: `{ "key": "…", "retiredAt": "2026-11-24T10:00:00.000Z" }`. */
const datedKeyOf = (entry: unknown): DatedKey => {
  if (isKey(entry)) return { key: entry };
  const { key, retiredAt } = (entry ?? {}) as { key?: unknown; retiredAt?: unknown };
  const instant = typeof retiredAt === 'string' ? Date.parse(retiredAt) : Number.NaN;
  if (!isKey(key) || Number.isNaN(instant)) throw invalid();
  return { key, retiredAt: instant };
};

/** The parameter's value: JSON, the key that signs first. Throws where it is too long for a parameter. */
export const linkKeysText = (keys: readonly (string | DatedKey)[]): string => {
  const text = JSON.stringify(
    keys.map((each) => {
      const { key, retiredAt } = typeof each === 'string' ? { key: each } : each;
      return retiredAt === undefined ? key : { key, retiredAt: new Date(retiredAt).toISOString() };
    }),
  );
  if (keys.length === 0 || Buffer.byteLength(text) > maxBytes)
    throw new Error(`${keys.length} keys do not fit into a parameter: at least one, at most ${maxBytes} bytes`);
  return text;
};

/** Throws where the value is no list of keys; the error doesn't quote it. */
export const datedKeysOf = (value: string): DatedKey[] => {
  let entries: unknown;
  try {
    entries = JSON.parse(value);
  } catch {}
  if (!Array.isArray(entries) || entries.length === 0) throw invalid();
  return entries.map(datedKeyOf);
};

/** As `datedKeysOf`, for who signs and verifies. */
export const linkKeysOf = (value: string): string[] => datedKeysOf(value).map(({ key }) => key);

/** Reads the keys that a parameter holds. Throws where there is none, which deploying makes. */
export const linkKeysIn = (store: ParameterStore, parameter: string) => async (): Promise<readonly string[]> => {
  const found = await readParameter(store, parameter);
  if (!found) throw new Error(`There is no parameter ${parameter}: deploying the stack makes it`);
  return linkKeysOf(found.value);
};

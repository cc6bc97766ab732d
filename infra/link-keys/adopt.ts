import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ParameterStore, readParameter } from '../../shared/platform/aws/parameters.ts';
import { datedKeysOf, linkKeysParameter } from '../../shared/platform/tokens/link-keys.ts';
import { createParameter, keysInTable } from './ensure.ts';
import { addVerifyingKeys } from './rotate.ts';

/**
 * Place of the keys of an adopted table's links: `own`, under its name; `copied` there, from those of a table that it
 * was restored from; `added` to its own, from those of a table that somebody named; `in table`, from where deploying
 * takes them over; `none`: deploying makes new ones.
 */
export type LinkKeysFound = { kind: 'own' | 'in table' | 'none' } | { kind: 'copied' | 'added'; from: string };

/** Says that the table that somebody named has no keys. */
export class NoKeysThere extends Error {}

/**
 * `named`: the table whose keys signed the links that are out, where somebody says so; throws NoKeysThere where it has
 * none. `sources`: the tables whose keys may have, the likeliest first.
 */
export const adoptLinkKeys = async (deps: {
  store: ParameterStore;
  dynamo: DynamoDBClient;
  tableName: string;
  named?: string | undefined;
  sources: readonly string[];
}): Promise<LinkKeysFound> => {
  const { store, dynamo, tableName, named, sources } = deps;
  const own = linkKeysParameter(tableName);
  const wanted = named === undefined ? undefined : await readParameter(store, linkKeysParameter(named));
  if (named !== undefined && !wanted)
    throw new NoKeysThere(`There is no parameter ${linkKeysParameter(named)}: which table are the links of?`);
  if (await readParameter(store, own)) {
    if (named === undefined || !wanted) return { kind: 'own' };
    await addVerifyingKeys(store, own, datedKeysOf(wanted.value));
    return { kind: 'added', from: named };
  }
  for (const from of named === undefined ? sources : [named, ...sources]) {
    const found = await readParameter(store, linkKeysParameter(from));
    if (!found) continue;
    await createParameter(store, own, found.value);
    return { kind: 'copied', from };
  }
  return { kind: (await keysInTable(dynamo, tableName)) ? 'in table' : 'none' };
};

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ParameterStore, readParameter } from '../../shared/platform/aws/parameters.ts';
import { linkKeysParameter } from '../../shared/platform/tokens/link-keys.ts';
import { createParameter, keysInTable } from './ensure.ts';

/**
 * Where the keys of an adopted table's links are: `own`, under its name; `copied` there, from those of a table that it
 * was restored from; `in table`, from where deploying takes them over; `none`: deploying makes new ones.
 */
export type LinkKeysFound = { kind: 'own' | 'in table' | 'none' } | { kind: 'copied'; from: string };

/** `sources`: the tables whose keys may have signed the links that are out, the likeliest first. */
export const adoptLinkKeys = async (deps: {
  store: ParameterStore;
  dynamo: DynamoDBClient;
  tableName: string;
  sources: readonly string[];
}): Promise<LinkKeysFound> => {
  const { store, dynamo, tableName, sources } = deps;
  const own = linkKeysParameter(tableName);
  if (await readParameter(store, own)) return { kind: 'own' };
  for (const from of sources) {
    const found = await readParameter(store, linkKeysParameter(from));
    if (!found) continue;
    await createParameter(store, own, found.value);
    return { kind: 'copied', from };
  }
  return { kind: (await keysInTable(dynamo, tableName)) ? 'in table' : 'none' };
};

import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type ParameterStore, readParameter } from '../../shared/platform/aws/parameters.ts';
import type { Random } from '../../shared/platform/ids.ts';
import { linkKeysText, newLinkKey } from '../../shared/platform/tokens/link-keys.ts';

/** The item in which the table itself held the keys before there was a parameter. */
export const keysItem = { pk: 'KEYS', sk: 'LINKS' } as const;

/** Says that the table's keys can't be taken over, and what to do. */
export class KeysUnreadable extends Error {}

/** The keys that an older stack left in its table, the newest first; undefined where there are none. Throws KeysUnreadable. */
export const keysInTable = async (dynamo: DynamoDBClient, tableName: string): Promise<string[] | undefined> => {
  const { Item } = await dynamo.send(
    new GetItemCommand({
      TableName: tableName,
      Key: { pk: { S: keysItem.pk }, sk: { S: keysItem.sk } },
      ConsistentRead: true,
    }),
  );
  if (!Item) return undefined;
  const keys = Item['keys']?.L?.map(({ S }) => S ?? '');
  if (!keys?.length || keys.includes('')) {
    throw new KeysUnreadable(
      `The item ${keysItem.pk} / ${keysItem.sk} of the table ${tableName} must hold its \`keys\` as a list of text. Repair it; ` +
        'or delete it to begin with a new key, and the links that are out stop working.',
    );
  }
  return keys;
};

/** Creates the parameter as a SecureString; false where there is one already, which stays as it is. */
export const createParameter = async (store: ParameterStore, name: string, value: string): Promise<boolean> => {
  try {
    await store('PutParameter', {
      Name: name,
      Value: value,
      Type: 'SecureString',
      Description: 'Signs the links in messages of Regulars; npm run rotate-links changes it',
      Overwrite: false,
    });
    return true;
  } catch (error) {
    if ((error as Error).name === 'ParameterAlreadyExists') return false;
    throw error;
  }
};

/**
 * Makes sure that there is a parameter of link keys. One that is there stays as it is; else it takes over the table's
 * own keys, so that links that are out stay good; else it holds a new one.
 */
export const ensureLinkKeys = async (deps: {
  store: ParameterStore;
  dynamo: DynamoDBClient;
  tableName: string;
  parameter: string;
  random: Random;
}): Promise<'found' | 'taken over' | 'made'> => {
  const { store, dynamo, tableName, parameter, random } = deps;
  if (await readParameter(store, parameter)) return 'found';
  const left = await keysInTable(dynamo, tableName);
  const created = await createParameter(store, parameter, linkKeysText(left ?? [newLinkKey(random)]));
  if (!created) return 'found';
  return left ? 'taken over' : 'made';
};

import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../shared/platform/ids.ts';
import { createKeyring, keysKept } from '../../../shared/platform/tokens/keyring.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

let started: TestTable;
let now = Date.parse('2026-11-24T10:00:00Z');
beforeEach(async () => {
  started = await startTable();
});
afterEach(() => started.close());

const warmFunction = () => createKeyring(started.table, systemRandom, () => now);
const document = () => started.table.getDocumentClient();
const TableName = () => started.table.getName();
const stored = async () =>
  (await document().send(new GetCommand({ TableName: TableName(), Key: { pk: 'KEYS', sk: 'LINKS' } }))).Item;
const rotateTo = async (keys: readonly string[]) =>
  document().send(new PutCommand({ TableName: TableName(), Item: { ...(await stored()), keys } }));

describe('signing keys', () => {
  test('are made once, however many functions need them first', async () => {
    const loaded = await Promise.all(Array.from({ length: 20 }, () => warmFunction().load()));
    expect(new Set(loaded.map((keys) => keys.join())).size).toBe(1);
    expect(Buffer.from(loaded[0]?.[0] ?? '', 'base64')).toHaveLength(32);
    expect((await stored())?.['keys']).toEqual(loaded[0]);
  });

  test('made by a faster function hold, even for one that has seen that there were none', async () => {
    const fast = warmFunction();
    let first = true;
    started.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'PutItemCommand' && first) {
            first = false;
            await fast.load();
          }
          return next(args);
        },
      { step: 'initialize', name: 'race' },
    );
    const slow = await warmFunction().load();
    expect(first).toBe(false);
    expect(slow).toEqual(await fast.load());
    expect((await stored())?.['keys']).toEqual(slow);
  });

  test('are read once in a while, not with every request', async () => {
    const keyring = warmFunction();
    const [first = ''] = await keyring.load();
    await rotateTo(['bmV3', first]);
    expect(await keyring.load()).toEqual([first]);
    now += keysKept;
    expect(await keyring.load()).toEqual(['bmV3', first]);
  });

  test('are rotated without a link ever failing', async () => {
    const tokens = [warmFunction(), warmFunction()].map((keyring) => createTokens(keyring, () => now));
    const expiresAt = now + 1_000_000_000;
    const links: string[] = [];
    const allWork = async () => {
      for (const each of tokens) links.push(await each.sign('manage', '0123456789abcdef', expiresAt));
      for (const each of tokens) for (const link of links) await each.verify(link, 'manage');
    };
    await allWork();
    const [old = ''] = (await stored())?.['keys'] ?? [];
    await rotateTo([old, 'bmV3']);
    await allWork();
    now += 2 * keysKept;
    await allWork();
    await rotateTo(['bmV3', old]);
    now += keysKept / 2;
    await allWork();
    now += 2 * keysKept;
    await allWork();
    expect(links.at(-1)).not.toBe(links[0]);
  });
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adoptLinkKeys, NoKeysThere } from '../../../infra/link-keys/adopt.ts';
import { ensureLinkKeys, KeysUnreadable } from '../../../infra/link-keys/ensure.ts';
import { addKey, dropOldKeys, NotRotated, replaceKeys, signWith } from '../../../infra/link-keys/rotate.ts';
import { type AwsCall, type AwsFault, type Emulator, startEmulator } from '../../../infra/local/services/api/server.ts';
import { ssmService } from '../../../infra/local/services/api/ssm.ts';
import { createParameterBook, type ParameterBook } from '../../../infra/local/services/parameters.ts';
import { createParameterStore, type ParameterStore, readParameter } from '../../../shared/platform/aws/parameters.ts';
import { systemRandom } from '../../../shared/platform/ids.ts';
import { createKeyring, keysRetentionMs } from '../../../shared/platform/tokens/keyring.ts';
import {
  datedKeysOf,
  linkKeysIn,
  linkKeysOf,
  linkKeysParameter,
  linkKeysText,
} from '../../../shared/platform/tokens/link-keys.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

let started: TestTable;
let emulator: Emulator;
let book: ParameterBook;
let store: ParameterStore;
let calls: AwsCall[] = [];
let fault: (call: AwsCall) => AwsFault | undefined;
let now = Date.parse('2026-11-24T10:00:00Z');
const refused: unknown[] = [];

const parameter = () => linkKeysParameter(started.table.getName());
const stored = () => linkKeysOf(book.get(parameter()).value);
const change = (keys: readonly string[]) => book.put(parameter(), linkKeysText(keys), { overwrite: true });
const ensure = (random = systemRandom) =>
  ensureLinkKeys({
    store,
    dynamo: started.client,
    tableName: started.table.getName(),
    parameter: parameter(),
    random,
  });
const warmFunction = () =>
  createKeyring(
    linkKeysIn(store, parameter()),
    () => now,
    (error) => refused.push(error),
  );

beforeEach(async () => {
  started = await startTable();
  book = createParameterBook(
    () => now,
    () => {},
  );
  calls = [];
  fault = () => undefined;
  refused.length = 0;
  emulator = await startEmulator({ ssm: ssmService(book) }, (call) => {
    calls.push(call);
    return fault(call);
  });
  store = createParameterStore(started.client.config, emulator.endpoint('ssm'));
});
afterEach(async () => {
  await emulator.close();
  await started.close();
});

describe('the parameter of the link keys', () => {
  test('is created once, with 256 random bits, however many create it at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => ensure()));
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'found')).toHaveLength(19);
    expect(stored()).toHaveLength(1);
    expect(Buffer.from(stored()[0] ?? '', 'base64')).toHaveLength(32);
    expect(book.get(parameter())).toMatchObject({ type: 'SecureString', version: 1 });
  });

  test('takes over the keys that an older stack left in the table', async () => {
    const keys = ['bmV3', 'b2xk'];
    const Item = { pk: 'KEYS', sk: 'LINKS', entity: 'Keys', keys };
    await started.table.getDocumentClient().send(new PutCommand({ TableName: started.table.getName(), Item }));
    expect(await ensure()).toBe('taken over');
    expect(stored()).toEqual(keys);
  });

  test.each([
    ['text that is empty', ['b2xk', '']],
    ['something else than text', ['b2xk', 7]],
    ['no list', 'b2xk'],
    ['an empty list', []],
    ['nothing', undefined],
  ])('is not made from a table’s keys that hold %s', async (_, keys) => {
    const Item = { pk: 'KEYS', sk: 'LINKS', entity: 'Keys', ...(keys === undefined ? {} : { keys }) };
    await started.table.getDocumentClient().send(new PutCommand({ TableName: started.table.getName(), Item }));
    await expect(ensure()).rejects.toThrow(KeysUnreadable);
    const adopting = adoptLinkKeys({
      store,
      dynamo: started.client,
      tableName: started.table.getName(),
      sources: [],
    });
    await expect(adopting).rejects.toThrow(/KEYS \/ LINKS of the table .* list of text/);
    expect(await readParameter(store, parameter())).toBeUndefined();
  });

  test('is never overwritten, neither by the table’s keys nor by new ones', async () => {
    await ensure();
    const [key = ''] = stored();
    change(['bmV3', key]);
    const Item = { pk: 'KEYS', sk: 'LINKS', entity: 'Keys', keys: ['b2xk'] };
    await started.table.getDocumentClient().send(new PutCommand({ TableName: started.table.getName(), Item }));
    expect(await ensure()).toBe('found');
    expect(stored()).toEqual(['bmV3', key]);
  });

  test('is not shown in the clear to who does not ask for it', async () => {
    await ensure();
    const { Parameter } = await store<{ Parameter: { Value: string } }>('GetParameter', { Name: parameter() });
    expect(Parameter.Value).not.toContain(stored()[0]);
  });

  test('holds a list of keys and nothing else', () => {
    const dated = JSON.stringify(['bmV3', { key: 'b2xk', retiredAt: '2026-11-24T10:00:00.000Z' }]);
    expect(linkKeysOf(dated)).toEqual(['bmV3', 'b2xk']);
    expect(linkKeysText(datedKeysOf(dated))).toBe(dated);
    const entries = ['1', '""', 'null', '{ "key": "b2xk" }', '{ "key": "b2xk", "retiredAt": "once" }', '{ "key": "" }'];
    for (const value of ['', '{}', '[]', 'null', '"key"', ...entries.map((entry) => `["bmV3", ${entry}]`)])
      expect(() => linkKeysOf(value)).toThrow(/no JSON list/);
    expect(() => linkKeysText([])).toThrow(/at least one/);
    expect(() => linkKeysText(Array.from({ length: 100 }, () => 'x'.repeat(44)))).toThrow(/at most 4096 bytes/);
  });
});

describe('rotating', () => {
  const life = 100 * 86_400_000;

  test('adds a key that verifies, then lets it sign, then drops the old one when its links have expired', async () => {
    await ensure();
    const [old = ''] = stored();
    const key = await addKey(store, parameter(), systemRandom);
    expect(stored()).toEqual([old, key]);
    await signWith(store, parameter(), key, now);
    expect(stored()).toEqual([key, old]);
    await expect(dropOldKeys(store, parameter(), { now: now + life - 1, life })).rejects.toThrow(NotRotated);
    expect(stored()).toEqual([key, old]);
    expect(await dropOldKeys(store, parameter(), { now: now + life, life })).toEqual({ dropped: 1 });
    expect(stored()).toEqual([key]);
    expect(await dropOldKeys(store, parameter(), { now, life })).toEqual({ dropped: 0 });
  });

  const rotate = async (): Promise<string> => {
    const key = await addKey(store, parameter(), systemRandom);
    await signWith(store, parameter(), key, now);
    return key;
  };

  test('lets each old key go when its own links have expired, however often there was another since', async () => {
    await ensure();
    const second = await rotate();
    const firstRetired = now;
    now += life / 2;
    const third = await rotate();
    const secondRetired = now;
    now = firstRetired + life;
    const outcome = await dropOldKeys(store, parameter(), { now, life });
    expect(outcome).toEqual({ dropped: 1, nextAt: secondRetired + life });
    expect(stored()).toEqual([third, second]);
    now = secondRetired + life - 1;
    await expect(dropOldKeys(store, parameter(), { now, life })).rejects.toThrow(NotRotated);
    now += 1;
    expect(await dropOldKeys(store, parameter(), { now, life })).toEqual({ dropped: 1 });
    expect(stored()).toEqual([third]);
  });

  test('counts old keys without a date from the last change before the first one that gives dates', async () => {
    await ensure();
    change(['bmV3', 'b2xk']);
    const changed = now;
    now += life / 2;
    const key = await rotate();
    expect(stored()).toEqual([key, 'bmV3', 'b2xk']);
    await expect(dropOldKeys(store, parameter(), { now: changed + life - 1, life })).rejects.toThrow(NotRotated);
    const outcome = await dropOldKeys(store, parameter(), { now: changed + life, life });
    expect(outcome).toEqual({ dropped: 1, nextAt: now + life });
    expect(stored()).toEqual([key, 'bmV3']);
  });

  test('may be begun again after an interruption', async () => {
    await ensure();
    const [old = ''] = stored();
    const left = await addKey(store, parameter(), systemRandom);
    const key = await addKey(store, parameter(), systemRandom);
    await signWith(store, parameter(), key, now);
    expect(stored()).toEqual([key, old, left]);
  });

  test('stops where another has rotated meanwhile', async () => {
    await ensure();
    const kept = stored();
    const key = await addKey(store, parameter(), systemRandom);
    change(kept);
    await expect(signWith(store, parameter(), key, now)).rejects.toThrow(/Begin again/);
    expect(stored()).toEqual(kept);
  });

  test('makes no parameter where there is none', async () => {
    await expect(addKey(store, parameter(), systemRandom)).rejects.toThrow(NotRotated);
    await expect(replaceKeys(store, parameter(), systemRandom)).rejects.toThrow(NotRotated);
    expect(await readParameter(store, parameter())).toBeUndefined();
  });

  test('of leaked keys leaves none of them', async () => {
    await ensure();
    const [leaked] = stored();
    await replaceKeys(store, parameter(), systemRandom);
    expect(stored()).toHaveLength(1);
    expect(stored()).not.toContain(leaked);
  });
});

describe('a table that is adopted', () => {
  const adopt = (...sources: string[]) =>
    adoptLinkKeys({ store, dynamo: started.client, tableName: started.table.getName(), sources });

  test('has its keys under its name', async () => {
    await ensure();
    const keys = stored();
    book.put(linkKeysParameter('old'), linkKeysText(['b2xk']), { type: 'SecureString', overwrite: false });
    expect(await adopt('old')).toEqual({ kind: 'own' });
    expect(stored()).toEqual(keys);
  });

  test('gets those of the table that it was restored from, and deploying leaves them', async () => {
    book.put(linkKeysParameter('old'), linkKeysText(['b2xk']), { type: 'SecureString', overwrite: false });
    expect(await adopt('older', 'old')).toEqual({ kind: 'copied', from: 'old' });
    expect(stored()).toEqual(['b2xk']);
    expect(await ensure()).toBe('found');
  });

  test('verifies by those of a table that somebody names, too, and says where there are none', async () => {
    await ensure();
    const keys = stored();
    book.put(linkKeysParameter('named'), linkKeysText(['b2xk']), { type: 'SecureString', overwrite: false });
    const adoptWith = (named: string) =>
      adoptLinkKeys({ store, dynamo: started.client, tableName: started.table.getName(), named, sources: [] });
    expect(await adoptWith('named')).toEqual({ kind: 'added', from: 'named' });
    expect(await adoptWith('named')).toEqual({ kind: 'added', from: 'named' });
    expect(stored()).toEqual([...keys, 'b2xk']);
    await expect(adoptWith('nobody')).rejects.toThrow(NoKeysThere);
  });

  test('of an older stack has them in itself', async () => {
    const Item = { pk: 'KEYS', sk: 'LINKS', entity: 'Keys', keys: ['b2xk'] };
    await started.table.getDocumentClient().send(new PutCommand({ TableName: started.table.getName(), Item }));
    expect(await adopt('old')).toEqual({ kind: 'in table' });
    expect(await ensure()).toBe('taken over');
  });

  test('may have none', async () => {
    expect(await adopt()).toEqual({ kind: 'none' });
    expect(await readParameter(store, parameter())).toBeUndefined();
  });
});

describe('reading it', () => {
  test('goes on after one that failed, was throttled, or got no answer', async () => {
    await ensure();
    const { value } = book.get(parameter());
    for (const each of [
      { code: 'InternalServerError', status: 500 },
      { code: 'ThrottlingException', status: 400 },
    ]) {
      let first = true;
      fault = () => {
        const strikes = first;
        first = false;
        return strikes ? each : undefined;
      };
      expect((await readParameter(store, parameter()))?.value).toBe(value);
    }
  });

  test('gives up after three attempts, and at once where asking again is of no use', async () => {
    await ensure();
    calls = [];
    fault = () => ({ code: 'InternalServerError', status: 500 });
    await expect(readParameter(store, parameter())).rejects.toMatchObject({ name: 'InternalServerError' });
    expect(calls).toHaveLength(3);
    calls = [];
    fault = () => ({ code: 'AccessDeniedException', status: 400 });
    await expect(readParameter(store, parameter())).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(calls).toHaveLength(1);
  });

  test('answers undefined where there is none', async () => {
    expect(await readParameter(store, '/regulars/another/link-keys')).toBeUndefined();
  });
});

describe('a function', () => {
  test('reads the keys once in a while, not with every request', async () => {
    await ensure();
    const keyring = warmFunction();
    const [first = ''] = await keyring.load();
    change(['bmV3', first]);
    expect(await keyring.load()).toEqual([first]);
    now += keysRetentionMs;
    expect(await keyring.load()).toEqual(['bmV3', first]);
  });

  test('reads them once for all requests that wait for them', async () => {
    await ensure();
    calls = [];
    const keyring = warmFunction();
    await Promise.all(Array.from({ length: 20 }, () => keyring.load()));
    expect(calls).toHaveLength(1);
  });

  test('keeps the old ones where reading fails, says so, and asks again soon', async () => {
    await ensure();
    const keyring = warmFunction();
    const [first = ''] = await keyring.load();
    change(['bmV3', first]);
    now += keysRetentionMs;
    fault = () => ({ code: 'AccessDeniedException', status: 400 });
    calls = [];
    expect(await keyring.load()).toEqual([first]);
    expect(await keyring.load()).toEqual([first]);
    expect(calls).toHaveLength(1);
    expect(refused).toEqual([expect.objectContaining({ name: 'AccessDeniedException' })]);
    fault = () => undefined;
    now += keysRetentionMs / 5;
    expect(await keyring.load()).toEqual(['bmV3', first]);
  });

  test('fails where the first reading fails, and recovers with the next', async () => {
    await ensure();
    const keyring = warmFunction();
    fault = () => ({ code: 'AccessDeniedException', status: 400 });
    await expect(keyring.load()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    fault = () => undefined;
    expect(await keyring.load()).toEqual(stored());
  });

  test('sees keys rotated without a link ever failing, until the old key is dropped', async () => {
    await ensure();
    const tokens = [warmFunction(), warmFunction()].map((keyring) => createTokens(keyring, () => now));
    const expiresAt = now + 1_000_000_000;
    const links: string[] = [];
    const allWork = async () => {
      for (const each of tokens) links.push(await each.sign('manage', '0123456789abcdef', expiresAt));
      for (const each of tokens) for (const link of links) await each.verify(link, 'manage');
    };
    await allWork();
    const [old = ''] = stored();
    change([old, 'bmV3']);
    await allWork();
    now += 2 * keysRetentionMs;
    await allWork();
    change(['bmV3', old]);
    now += keysRetentionMs / 2;
    await allWork();
    now += 2 * keysRetentionMs;
    await allWork();
    const [first = ''] = links;
    const last = links.at(-1) ?? '';
    expect(last).not.toBe(first);

    change(['bmV3']);
    now += keysRetentionMs;
    for (const each of tokens) {
      await expect(each.verify(first, 'manage')).rejects.toMatchObject({ code: 'link_invalid' });
      await each.verify(last, 'manage');
    }
  });
});

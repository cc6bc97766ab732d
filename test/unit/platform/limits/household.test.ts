import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { householdKey, householdOf } from '../../../../shared/platform/limits/household.ts';
import { createTokens } from '../../../../shared/platform/tokens/tokens.ts';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:0'],
  ['2001:db8:1:2ff::1', '2001:db8:1:200'],
  ['2001:0db8:0001:0302:ffff::', '2001:db8:1:300'],
  ['2001:DB8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::', 'fe80:0:0:0'],
])('%s is counted as %s', (address, household) => {
  expect(householdOf(address)).toBe(household);
});

const tokensOf = (key: number) =>
  createTokens({ load: async () => [Buffer.alloc(32, key).toString('base64')] }, () => 0);
const keyOf = (address: string, key = 1) => householdKey(tokensOf(key), address);

it('a household has one name, which tells nobody the address who hasn’t the key', async () => {
  expect(await keyOf('2001:db8:1:2ff::1')).toBe(await keyOf('2001:db8:1:200:9::'));
  expect(await keyOf('203.0.113.7')).not.toBe(await keyOf('203.0.113.8'));
  expect(await keyOf('203.0.113.7')).not.toBe(await keyOf('203.0.113.7', 2));
  const guessed = createHash('sha256').update('203.0.113.7').digest('base64url');
  expect(guessed.startsWith((await keyOf('203.0.113.7')).slice(0, 8))).toBe(false);
  expect(await keyOf('203.0.113.7')).toMatch(/^[\w-]{16}$/);
});

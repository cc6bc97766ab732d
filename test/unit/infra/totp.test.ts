import { expect, test } from 'vitest';
import { codeAt, newSecret, stepOf } from '../../../infra/local/services/pool/totp.ts';

/** `12345678901234567890`, the secret of RFC 6238, appendix B, of whose eight digits the last six count here. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %d the code is %s', (at, code) => {
  expect(codeAt(secret, at * 1000)).toBe(code);
});

test('a code is good half a minute early or late, once', () => {
  const now = 1_234_567_890_000;
  const step = Math.floor(now / 30_000);
  for (const off of [-1, 0, 1]) expect(stepOf(secret, codeAt(secret, now + off * 30_000), now, 0)).toBe(step + off);
  for (const off of [-2, 2]) expect(stepOf(secret, codeAt(secret, now + off * 30_000), now, 0)).toBeUndefined();
  expect(stepOf(secret, codeAt(secret, now), now, step)).toBeUndefined();
});

test('secrets are of the alphabet that authenticators take, and never the same', () => {
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSecret()).not.toBe(newSecret());
});

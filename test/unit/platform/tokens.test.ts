import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokens, type Purpose } from '../../../shared/platform/tokens/tokens.ts';
import { minute } from '../../support/durations.ts';

const now = Date.parse('2026-11-24T10:00:00Z');
const [oldKey, newKey] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
const tokensWith = (keys: readonly string[], at = now) => createTokens({ load: async () => keys }, () => at);
const tokens = tokensWith([oldKey]);
const subject = '0123456789abcdef';
const refused = (code: string) => expect.objectContaining({ code });

describe('a token', () => {
  test('gives back what was signed', async () => {
    const token = await tokens.sign('manage', subject, now + 30 * minute);
    expect(await tokens.verify(token, 'manage')).toEqual({ purpose: 'manage', subject, expiresAt: now + 30 * minute });
  });

  test('is 44 characters that need no escape in a path', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: now, max: now + 20 * 365 * 1440 * minute }), async (expiresAt) => {
        expect(await tokens.sign('review', subject, expiresAt)).toMatch(/^[\w-]{44}$/);
      }),
      { numRuns: 50 },
    );
  });

  test('of one purpose is no good for another', async () => {
    const purposes: Purpose[] = ['manage', 'review', 'stop-email', 'stop-sms', 'form'];
    for (const signed of purposes) {
      const token = await tokens.sign(signed, subject, now + minute);
      for (const wanted of purposes.filter((purpose) => purpose !== signed)) {
        await expect(tokens.verify(token, wanted)).rejects.toEqual(refused('link_invalid'));
      }
    }
  });

  test('and a pseudonym have nothing in common, whatever the text', async () => {
    const token = await tokens.sign('manage', subject, now + minute);
    const [claim, signed] = [token.slice(0, 22), token.slice(22)];
    expect(signed).not.toContain(await tokens.pseudonym('household', claim));
    expect(await tokens.pseudonym('household', claim)).toBe(await tokens.pseudonym('household', claim));
    expect(await tokens.pseudonym('household', claim)).not.toBe(
      await tokensWith([newKey]).pseudonym('household', claim),
    );
  });

  test('tells which of several purposes it has', async () => {
    const token = await tokens.sign('stop-sms', subject, now + minute);
    expect((await tokens.verify(token, 'stop-email', 'stop-sms')).purpose).toBe('stop-sms');
  });

  test('works until the minute in which it expires, and is then called expired, not invalid', async () => {
    const token = await tokens.sign('manage', subject, now + minute);
    expect((await tokensWith([oldKey], now + minute - 1).verify(token, 'manage')).subject).toBe(subject);
    await expect(tokensWith([oldKey], now + minute).verify(token, 'manage')).rejects.toEqual(refused('link_expired'));
  });

  test('never expires before it was meant to', async () => {
    const expiresAt = now + 90_001;
    const token = await tokens.sign('manage', subject, expiresAt);
    const { expiresAt: kept } = await tokensWith([oldKey], expiresAt - 1).verify(token, 'manage');
    expect(kept).toBeGreaterThanOrEqual(expiresAt);
  });

  test('with any character changed is invalid', async () => {
    const token = await tokens.sign('manage', subject, now + minute);
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'a' ? 'b' : 'a';
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      await expect(tokens.verify(changed, 'manage')).rejects.toEqual(refused('link_invalid'));
    }
  });

  test('cannot be given a longer life by whoever holds it', async () => {
    const short = await tokens.sign('manage', subject, now + minute);
    const long = await tokens.sign('review', subject, now + 1000 * minute);
    await expect(tokens.verify(short.slice(0, 16) + long.slice(16, 22) + short.slice(22), 'manage')).rejects.toEqual(
      refused('link_invalid'),
    );
  });

  test('in any other form is invalid, never a crash', async () => {
    const real = await tokens.sign('manage', subject, now + minute);
    for (const text of [
      '',
      'x',
      real.slice(1),
      `${real}a`,
      ` ${real}`,
      `${real}\n`,
      real.toUpperCase(),
      '../../etc',
      'ক'.repeat(44),
    ]) {
      await expect(tokens.verify(text, 'manage')).rejects.toEqual(refused('link_invalid'));
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60, unit: 'binary' }), async (text) => {
        await expect(tokens.verify(text, 'manage')).rejects.toEqual(refused('link_invalid'));
      }),
    );
  });
});

describe('when keys are rotated', () => {
  test('what the old key signed still works, and the new key signs', async () => {
    const before = await tokens.sign('manage', subject, now + minute);
    const rotated = tokensWith([newKey, oldKey]);
    expect((await rotated.verify(before, 'manage')).subject).toBe(subject);
    const after = await rotated.sign('manage', subject, now + minute);
    expect((await tokensWith([newKey]).verify(after, 'manage')).subject).toBe(subject);
    await expect(tokens.verify(after, 'manage')).rejects.toEqual(refused('link_invalid'));
  });

  test('what a removed key signed no longer works', async () => {
    const before = await tokens.sign('manage', subject, now + minute);
    await expect(tokensWith([newKey]).verify(before, 'manage')).rejects.toEqual(refused('link_invalid'));
  });

  test('nothing is signed or accepted without a key', async () => {
    const token = await tokens.sign('manage', subject, now + minute);
    await expect(tokensWith([]).sign('manage', subject, now)).rejects.toThrow('no signing key');
    await expect(tokensWith([]).verify(token, 'manage')).rejects.toEqual(refused('link_invalid'));
  });
});

import { describe, expect, it } from 'vitest';
import { emptyEntry, withKey } from '../../../../web/booking/choice/entry.ts';

const keyed = (key: string): string =>
  withKey(emptyEntry('token-of-the-form', key), (bytes) => new Uint8Array(bytes).fill(7)).key;

describe('the key of a form', () => {
  it.each(['key-of-the-form', 'a'.repeat(8), 'A_'.repeat(32)])('stays: %s', (key) => {
    expect(keyed(key)).toBe(key);
  });

  it.each(['', 'short', 'a'.repeat(65), 'key of the form', 'schlüssel-der-form'])('is made anew: "%s"', (key) => {
    expect(keyed(key)).toMatch(/^[0-9a-z]{16}$/);
  });
});

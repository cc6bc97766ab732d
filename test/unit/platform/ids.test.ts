import { expect, test } from 'vitest';
import { id } from '../../../shared/platform/fields.ts';
import { newId, systemRandom } from '../../../shared/platform/ids.ts';

test('an id is 16 characters that people do not mistake for one another', () => {
  const made = Array.from({ length: 500 }, () => newId(systemRandom));
  expect(made.every((text) => /^[0-9abcdefghjkmnpqrstvwxyz]{16}$/.test(text))).toBe(true);
  expect(made.every((text) => id.safeParse(text).success)).toBe(true);
  expect(new Set(made).size).toBe(500);
});

test('an id is made from 80 bits of chance, every character as likely as another', () => {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index);
  const counts = new Map<string, number>();
  for (let start = 0; start < 256; start += 16) {
    for (const character of newId(() => all.slice(start, start + 16)))
      counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(new Set(counts.values())).toEqual(new Set([8]));
  expect(counts.size).toBe(32);
});

test('an id asks for just the chance that it needs', () => {
  const asked: number[] = [];
  newId((bytes) => {
    asked.push(bytes);
    return new Uint8Array(bytes);
  });
  expect(asked).toEqual([16]);
});

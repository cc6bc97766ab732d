import { describe, expect, test } from 'vitest';
import { hashedPasswords } from '../../../infra/passwords/hashed.ts';
import { minPasswordLength } from '../../../shared/session/contract.ts';
import { commonPasswords } from '../../../shared/session/passwords/common.ts';
import { weakness, wordsOf } from '../../../shared/session/passwords/weak.ts';

describe('a password that somebody would try first', () => {
  test.each([
    '1qaz2wsx3edc4rfv',
    '123456789qwerty',
    'passwordpassword',
    'PasswordPassword',
    'qwertyuiop12345',
    'Password Password',
    'momsanaladventure',
  ])('is refused, known from leaks: %s', (password) => {
    expect(weakness(password, [])).toBe('is known from leaks; choose another one');
  });

  test.each(['aaaaaaaaaaaaaaaa', '1212121212121212', 'abcdabcdabcdabcd'])(
    'is refused, of few characters: %s',
    (password) => {
      expect(weakness(password, [])).toMatch(/^(?:must have at least 5 different characters|is known)/);
    },
  );

  const words = wordsOf({ email: 'ana.silva@linden-rose.example', business: 'Linden & Rose', person: 'Ana Silva Jo' });
  test.each([
    'I love LINDEN and ROSE not: Linden & Rose 2026!',
    'lindenrose-lindenrose',
    'ana.silva is my name',
    'my name is ana silva',
    'ANASILVAANASILVA1',
    'here comes Silva again',
  ])('is refused, with a name or an address in it: %s', (password) => {
    expect(weakness(password, words)).toBe(
      'must not contain the name of the business, your own name or your email address',
    );
  });

  test.each([
    'four words that nobody guesses',
    'roses are red in any garden',
    'banana boats at noon, joking',
    'সকালবেলা চা খাই রোজ আটটায়',
    'пять слов, которых не угадать',
  ])('is anything else: %s', (password) => {
    expect(weakness(password, words)).toBeUndefined();
  });

  test('holds no word of a name so short that it stands in others by chance', () => {
    expect(words.toSorted()).toEqual(['anasilva', 'anasilvajo', 'anasilvalindenroseexample', 'lindenrose', 'silva']);
  });
});

test('the list has at least the 3,000 that ASVS 6.2.4 asks for, in order, and seldom takes another for one of them', () => {
  const hashes = Buffer.from(commonPasswords, 'base64');
  const prefixes = Array.from({ length: hashes.length / 4 }, (_, index) => hashes.readUInt32BE(index * 4));
  expect(prefixes.length).toBeGreaterThan(9_000);
  expect(prefixes).toEqual([...new Set(prefixes)].toSorted((one, other) => one - other));
  const taken = Array.from({ length: 20_000 }, (_, number) => `a passphrase with the number ${number}`).filter(
    (password) => weakness(password, []) !== undefined,
  );
  expect(taken.length).toBeLessThanOrEqual(2);
});

test('a list is written once each, in small letters, without what is too short', () => {
  const text = 'Known From Leaks 1\r\nknown from leaks 1\nshort\nanother one, long\n';
  expect(hashedPasswords(text, minPasswordLength)).toHaveLength(2 * 4);
});

import { describe, expect, it } from 'vitest';
import { languages } from '../../../shared/platform/fields.ts';
import { createFormat, type Plural } from '../../../web/i18n/format.ts';
import { dictionaries } from '../../dictionaries.ts';

type Leaf = [path: string, value: unknown];

const leaves = (value: unknown, path = ''): Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => leaves(each, path ? `${path}.${key}` : key))
    : [[path, value]];

const isPlural = (value: unknown): value is Plural => typeof value === 'object' && value !== null && 'other' in value;

const plurals = (value: unknown, path = ''): [string, Plural][] =>
  isPlural(value)
    ? [[path, value]]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => plurals(each, `${path}.${key}`))
      : [];

/** Keys of plural forms differ from language to language by right. */
const keys = (language: (typeof languages)[number]): string[] =>
  leaves(dictionaries[language])
    .map(([path]) => path.replace(/\.(zero|one|two|few|many|other)$/, ''))
    .filter((path, index, all) => all.indexOf(path) === index)
    .sort();

describe.each(languages)('%s', (language) => {
  it('has every text, and none of its own', () => {
    expect(keys(language)).toEqual(keys('en'));
  });

  it('has no empty text', () => {
    for (const [path, value] of leaves(dictionaries[language]))
      if (typeof value === 'string') expect(value.trim(), path).not.toBe('');
  });

  it('gives each form that its plural rules tell apart', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [path, forms] of plurals(dictionaries[language]))
      expect(Object.keys(forms).sort(), path).toEqual([...pluralCategories].sort());
  });

  it('is written in its own script', () => {
    const script = {
      en: /[A-Za-z]/,
      bn: /\p{Script=Bengali}/u,
      hi: /\p{Script=Devanagari}/u,
      ru: /\p{Script=Cyrillic}/u,
    };
    for (const [path, value] of leaves(dictionaries[language]))
      if (typeof value === 'string') expect(value, path).toMatch(script[language]);
  });

  it('puts every name and moment that it is given into the sentence', () => {
    for (const [path, value] of leaves(dictionaries[language])) {
      if (typeof value !== 'function') continue;
      const given = ['¹', '²', '³'].slice(0, value.length);
      const said = [value(...given)].flat().join('');
      for (const each of given) expect(said, path).toContain(each);
    }
  });
});

describe('plurals', () => {
  it('are right in Russian', () => {
    const format = createFormat('ru', 'GB');
    const { minutes } = dictionaries.ru;
    expect([1, 2, 5, 11, 21, 22, 25].map((n) => format.count(n, minutes))).toEqual([
      '1 минуту',
      '2 минуты',
      '5 минут',
      '11 минут',
      '21 минуту',
      '22 минуты',
      '25 минут',
    ]);
  });

  it('take zero for one in Hindi and for many in English', () => {
    expect(createFormat('hi', 'IN').count(0, dictionaries.hi.review.star)).toBe('0 सितारा');
    expect(createFormat('en', 'GB').count(0, dictionaries.en.review.star)).toBe('0 stars');
  });
});

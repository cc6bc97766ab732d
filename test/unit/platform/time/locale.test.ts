import { expect, it } from 'vitest';
import { localeOf } from '../../../../shared/platform/time/locale.ts';

const written = (country: string | undefined) =>
  new Intl.DateTimeFormat(localeOf('en', country), { timeZone: 'UTC', day: 'numeric', month: 'long' }).format(0);

it.each(['BD', 'RU', 'NP', 'KZ', 'LK', 'GB', 'IN', 'DE', undefined])('English in %s puts the day first', (country) => {
  expect(written(country)).toBe('1 January');
});

it('English in the USA puts the month first', () => {
  expect(written('US')).toBe('January 1');
});

it.each(['bn', 'hi', 'ru'] as const)('%s is itself wherever it is read', (language) => {
  for (const country of ['US', 'GB', 'BD', 'ZZ'])
    expect(localeOf(language, country)).toMatch(new RegExp(`^${language}`));
});

import type { Language } from '../fields.ts';
import { memoByKey } from '../memo.ts';

const inCountry = memoByKey((locale: string): string => {
  const known = new Intl.DateTimeFormat(locale).resolvedOptions().locale;
  return known === 'en' ? 'en-001' : known;
});

/**
 * BCP 47 tag by which dates and numbers are written for a language in a country (ISO 3166). English differs by country;
 * where it has no form of its own, that of the world, not of the USA.
 */
export const localeOf = (language: Language, country: string | undefined): string => {
  if (country) return inCountry(`${language}-${country}`);
  return language === 'en' ? 'en-001' : language;
};

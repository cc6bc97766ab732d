import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { parsePhoneNumberFromString as bundledParse } from '../../../infra/bundled/phone-library.ts';
import { readingOnly } from '../../../infra/bundled/phone-metadata.ts';

const plans = readingOnly();
type Parse = typeof parsePhoneNumberFromString;

const read = (parse: Parse, data: typeof metadata, text: string, defaultCountry: CountryCode) => {
  const parsed = parse(text, { defaultCountry, extract: false }, data);
  return parsed && { number: parsed.number, ext: parsed.ext, country: parsed.country, possible: parsed.isPossible() };
};

/** As people write it: in their country, from abroad, too short, too long, with an extension. */
const waysToWrite = (country: CountryCode): string[] => {
  const national = examples[country] ?? '2025550142';
  const plan = metadata.countries[country] as unknown as [string, string, ...unknown[]];
  const trunk = (plan[5] as string | 0 | undefined) || '0';
  const international = `+${plan[0]}${national}`;
  return [
    national,
    trunk + national,
    international,
    `+${plan[0]} (0)${national}`,
    `00${plan[0]}${national}`,
    plan[0] + national,
    national.slice(0, -1),
    national.slice(0, -3),
    `${national}1`,
    `${national}123`,
    `${national} ext. 12`,
    national.replace(/(..)/g, '$1-'),
    ...[...'123456789'].map((digit) => digit + national.slice(1)),
  ];
};

describe('the lighter phone library of the bundles', () => {
  it.each(getCountries(metadata))('reads numbers of %s as the whole one does', (country) => {
    for (const text of waysToWrite(country))
      for (const defaultCountry of [country, 'GB', 'US', 'BD'] as const)
        expect(read(bundledParse, plans, text, defaultCountry), `${text} in ${defaultCountry}`).toEqual(
          read(parsePhoneNumberFromString, metadata, text, defaultCountry),
        );
  });

  it('reads numbers of no country, too', () => {
    for (const text of ['+80012345678', '+882 16 123456', '+979 1 2345 6789', '+870 773 111632', '+999 123'])
      expect(read(bundledParse, plans, text, 'GB')).toEqual(read(parsePhoneNumberFromString, metadata, text, 'GB'));
  });

  it('is lighter by more than half', () => {
    expect(JSON.stringify(plans).length).toBeLessThan(JSON.stringify(metadata).length / 2);
  });
});

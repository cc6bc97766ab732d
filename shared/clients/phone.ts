import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { unprocessable } from '../platform/http/problems.ts';

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** The digits of every script lie in rows of ten, zero first. */
const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code < 0x80) return digit;
    let before = 0;
    while (isDigit(code - before - 1)) before += 1;
    return String(before % 10);
  });

/**
 * A number as people write or copy it, in the spelling that the library reads: digits and a plus of ASCII, the plus in
 * front (right-to-left text ends with it), without invisible characters, and without the word before it (`tel:`, `Mob.`).
 */
const plain = (text: string): string =>
  asciiDigits(text)
    .replace(/(?:\p{Cf}|[\ufe00-\ufe0f])/gu, '')
    .replace(/[\uff0b\ufe62\u207a]/g, '+')
    .trim()
    .replace(/^\p{L}{2,12}\.?:?\s*(?=[+(\d])/u, '')
    .replace(/^([\d\s().-]+)\+$/, '+$1');

/**
 * Beginnings of numbers that cost whoever calls or texts them, and belong to a country all the same: premium rate, and the
 * United Kingdom's personal numbers. From the plans as Google's libphonenumber has them (`premiumRate`, `personalNumber`),
 * whose types are not in the small metadata. Satellite and international premium (+870, +881, +882, +883, +979) belong to
 * no country, so no list of countries lets them in.
 */
const costly = [
  '+1900',
  '+4470',
  '+4487',
  '+449',
  '+3389',
  '+3980',
  '+3989',
  '+34803',
  '+34806',
  '+34807',
  '+61190',
  '+7809',
  '+46900',
];
/** Territories whose numbers can't be told from those of the country in whose plan they lie. */
const within: Readonly<Record<string, string>> = {
  ...{ AX: 'FI', SJ: 'NO', VA: 'IT', EH: 'MA', IM: 'GB' },
  ...{ BL: 'GP', MF: 'GP', CC: 'AU', CX: 'AU' },
};

const planOf = (country: string) => metadata.countries[country as CountryCode] as unknown[] | undefined;

const isCostly = (phone: string): boolean => costly.some((beginning) => phone.startsWith(beginning));

/**
 * Whether texts may go to a number in E.164: those of the countries (ISO 3166) alone, and none that costs. A number that
 * fits no country's plan closely counts as one of its country code's.
 */
export const isTextable = (phone: string, countries: readonly string[]): boolean => {
  const parsed = parsePhoneNumberFromString(phone, { extract: false }, metadata);
  if (!parsed || isCostly(phone)) return false;
  const { country: of, countryCallingCode } = parsed;
  if (of) return countries.some((country) => (within[country] ?? country) === of || country === of);
  return countries.some((country) => planOf(country)?.[0] === countryCallingCode);
};

/** Positions at which a plan of libphonenumber-js (metadata version 4) keeps the prefix to dial abroad, and its pattern. */
const abroadAt = 1;
const patternAt = 2;

/**
 * Whether the plan of its country, or of its country code, can hold a number. The pattern is the plan's widest: whether
 * the number is assigned is not asked, since plans change faster than libraries.
 */
const fitsPlan = ({ country, countryCallingCode: code, nationalNumber }: PhoneNumber): boolean => {
  const { nonGeographic, country_calling_codes: countriesOf } = metadata;
  const of = country ?? countriesOf[code]?.[0];
  const plan = of ? planOf(of) : ((nonGeographic as Record<string, unknown>)[code] as unknown[] | undefined);
  return new RegExp(`^(?!0+$)(?:${plan?.[patternAt]})$`).test(nationalNumber);
};

/** `+48 022 …` without the 0 that is dialled at home; undefined where none follows a country code. */
const withoutTrunk = (text: string): string | undefined => {
  const digits = text.replace(/[^\d+]/g, '');
  const length = [1, 2, 3].find((count) => digits.slice(1, count + 1) in metadata.country_calling_codes) ?? 0;
  const code = digits.slice(0, length + 1);
  return length && digits.startsWith(`${code}0`) ? code + digits.slice(code.length + 1) : undefined;
};

/** 00 is a plus, also where another prefix is dialled; but 001 is the prefix itself where it is dialled (Singapore). */
const withPlus = (text: string, country: string): string => {
  const dialled = new RegExp(`^(?:${planOf(country)?.[abroadAt]})$`);
  return dialled.test('001') && /^\(?\s*001/.test(text) ? text : text.replace(/^\(?\s*00\s*(?=[1-9])/, '+');
};

const bracketedTrunk = /\(\s*0\s*\)/;

/**
 * Ways to read what was written, the likeliest first. After a country code stands no 0 (`+48 (0) 22 …`) but in some
 * countries (Italy). Mexico dialled 1 after its country code, 044 and 045 before mobiles, until 2019.
 */
const readings = (text: string, country: string): string[] => {
  const international = withPlus(text, country).replace(/^\+\s*52\s*1(?=(?:\D*\d){10}$)/, '+52 ');
  if (!international.startsWith('+'))
    return country === 'MX' ? [text, text.replace(/^\(?04[45]\)?(?=(?:\D*\d){10}$)/, '')] : [text];
  const trunkLess = international.replace(bracketedTrunk, '');
  return [trunkLess, international.replace(bracketedTrunk, '0'), withoutTrunk(international) ?? text, text];
};

/**
 * E.164 of a number as people write it; without a country code it is read as one of `country` (ISO 3166). A number that
 * the plan of its country can't hold (too short, all zeros) is none. Throws unprocessable.
 */
export const normalisePhone = (text: string, country: string, path: string): string => {
  const options = { defaultCountry: country as CountryCode, extract: false };
  for (const reading of readings(plain(text), country)) {
    const parsed = parsePhoneNumberFromString(reading, options, metadata);
    if (parsed?.isPossible() && fitsPlan(parsed)) return parsed.number;
  }
  throw unprocessable(path, 'is not a phone number; write it with its country code, as +44 20 7946 0000');
};

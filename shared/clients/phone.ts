import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { unprocessable } from '../platform/http/problems.ts';

/** Zero of each script's digits whose numbers people type: Arabic-Indic, Devanagari, Bengali, full width and others. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0e50, 0x1040, 0xff10];

const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((start) => code >= start && code <= start + 9);
    return zero === undefined ? digit : String(code - zero);
  });

/**
 * E.164 of a number as people write it; without a country code it is read as one of `country` (ISO 3166).
 * Whether it is possible, not whether it is assigned: numbering plans change faster than libraries. Throws unprocessable.
 */
export const normalisePhone = (text: string, country: string, path: string): string => {
  const options = { defaultCountry: country as CountryCode, extract: false };
  const parsed = parsePhoneNumberFromString(asciiDigits(text), options, metadata);
  if (!parsed?.isPossible()) {
    throw unprocessable(path, 'is not a phone number; write it with its country code, as +44 20 7946 0000');
  }
  return parsed.number;
};

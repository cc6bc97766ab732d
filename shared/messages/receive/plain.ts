/**
 * Words as they are compared: full-width letters narrow, small, without accents, punctuation, emoji and what joins letters.
 * Only the accents of Latin and Cyrillic go: vowel signs of Bengali and Hindi are marks, too.
 */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

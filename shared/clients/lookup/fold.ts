const letters: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd' };

/**
 * A name as it is compared: compatible forms of Unicode are one, capitals and small letters too, and so are letters of
 * Latin and Cyrillic with and without marks. Vowels of Bengali and Hindi are marks and stay.
 */
export const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/([\p{Script=Latin}\p{Script=Cyrillic}])\p{M}+/gu, '$1')
    .replace(/[ßłøđ]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim();

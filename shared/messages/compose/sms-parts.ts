/** GSM 03.38 basic table without the escape character: one septet each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Extension table: an escape and a character, two septets that stay together. */
const extension = new Set('\f^{}\\[~]|€');

/** Typography that has a plain equal in GSM-7. Whoever reads the text loses nothing. */
const plainEquals: readonly (readonly [RegExp, string])[] = [
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/[‘’‚‛′]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[‐‑‒–—―−]/g, '-'],
  [/…/g, '...'],
  [/[\u200b-\u200d\u2060\ufeff]/g, ''],
];

/** A text as it is sent, and what it costs. */
export interface SmsText {
  /** Normalised: send this one, not what went in. */
  text: string;
  encoding: 'gsm-7' | 'ucs-2';
  /** Parts that the provider bills. */
  parts: number;
  /** Septets in GSM-7 (an extension character is two), UTF-16 code units in UCS-2. */
  units: number;
  /** Number of units that still fit without another part. */
  left: number;
}

const septets = (character: string): number => (basic.has(character) ? 1 : extension.has(character) ? 2 : Number.NaN);
const isGsm = (text: string): boolean => [...text].every((character) => !Number.isNaN(septets(character)));

/** Parts when no character may be split over two of them. */
const pack = (sizes: readonly number[], single: number, each: number): Pick<SmsText, 'parts' | 'units' | 'left'> => {
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= single) return { parts: units > 0 ? 1 : 0, units, left: single - units };
  let parts = 1;
  let filled = 0;
  for (const size of sizes) {
    if (filled + size > each) {
      parts += 1;
      filled = 0;
    }
    filled += size;
  }
  return { parts, units, left: each - filled };
};

const plainly = (text: string): string =>
  plainEquals.reduce((sofar, [found, equal]) => sofar.replace(found, equal), text);

/** The characters, each once, for which a text must go as UCS-2. */
export const outsideGsm = (text: string): string[] => [
  ...new Set([...plainly(text.normalize('NFC'))].filter((character) => !isGsm(character))),
];

/**
 * Normalises a text (NFC, line feeds, well-formed UTF-16) and counts its parts: 160 units or 153 a part in GSM-7,
 * 70 or 67 in UCS-2 (3GPP TS 23.038 and 23.040). Typographic spaces, quotes and dashes become plain ones where that
 * keeps the whole text in GSM-7; a text that is UCS-2 anyway keeps its typography.
 */
export const smsText = (input: string): SmsText => {
  const text = input.toWellFormed().replace(/\r\n?/g, '\n').normalize('NFC');
  const plain = plainly(text);
  if (isGsm(plain)) return { text: plain, encoding: 'gsm-7', ...pack([...plain].map(septets), 160, 153) };
  return {
    text,
    encoding: 'ucs-2',
    ...pack(
      [...text].map((character) => character.length),
      70,
      67,
    ),
  };
};

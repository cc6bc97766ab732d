import type { Instant } from './time.ts';

/** Octets of a line, without its end. */
const width = 75;

/** A value of type TEXT. Control characters are gone by then, line breaks too. */
export const icsText = (text: string): string => text.replace(/[\\;,]/g, '\\$&');

/** A value of a parameter, quoted; RFC 6868 says how a quotation mark stands in it. */
export const icsParameter = (text: string): string => `"${text.replaceAll('^', '^^').replaceAll('"', "^'")}"`;

/** `20261124T103000Z`. */
export const icsTime = (instant: Instant): string => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');

const folded = (line: string): string => {
  if (Buffer.byteLength(line) <= width) return line;
  const rows = [''];
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > width) {
      rows.push(' ');
      octets = 1;
    }
    rows[rows.length - 1] += character;
    octets += more;
  }
  return rows.join('\r\n');
};

/** Content lines (RFC 5545): folded at 75 octets, never within a character. */
export const icsLines = (lines: readonly string[]): string => lines.map((line) => `${folded(line)}\r\n`).join('');

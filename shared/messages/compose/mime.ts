/**
 * The parts that mails are made of (RFC 5322, RFC 2045 to 2047), in ASCII and lines of at most 76 characters.
 * Own code, since nodemailer's composer weighs 138 kB, most of it a table of file types.
 */

/** Characters of a line, without its end. */
const width = 76;

/** Octets in an encoded word: with the longest name of a header before it, it still fits a line. */
const wordOctets = 36;

/** One header; between two of its pieces it may be folded. A piece itself never is. */
export const header = (name: string, ...pieces: string[]): string => {
  const rows = [`${name}:`];
  pieces.forEach((piece, index) => {
    const row = rows.at(-1) ?? '';
    if (index > 0 && row.length + 1 + piece.length > width) rows.push(` ${piece}`);
    else rows[rows.length - 1] = `${row} ${piece}`;
  });
  return rows.join('\r\n');
};

const encodedWords = (text: string): string[] => {
  const words = [''];
  for (const character of text) {
    const word = `${words.at(-1)}${character}`;
    if (Buffer.byteLength(word) > wordOctets) words.push(character);
    else words[words.length - 1] = word;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`);
};

/** Words that could be folded and read as they are; two spaces in a row would not survive. */
const isPlain = (text: string): boolean => /^[!-~]{1,60}(?: [!-~]{1,60})*$/.test(text) && !text.includes('=?');

/** Pieces of a header that holds free text, such as the subject. */
export const textPieces = (text: string): string[] => {
  if (text === '') return [];
  return isPlain(text) ? text.split(' ') : encodedWords(text);
};

/** Pieces of a header that holds one address with the name of its owner. */
export const mailboxPieces = (name: string, address: string): string[] => {
  if (name === '') return [address];
  const atoms = /^[\w!#$%&'*+/=?^`{|}~ -]+$/.test(name);
  const short = isPlain(name) && name.length <= 60;
  const quoted = () => [`"${name.replace(/["\\]/g, '\\$&')}"`];
  const pieces = short ? (atoms ? name.split(' ') : quoted()) : encodedWords(name);
  return [...pieces, `<${address}>`];
};

const quotedLine = (line: string): string => {
  let rest = Buffer.from(line)
    .toString('latin1')
    .replace(/[^\t -<>-~]|[\t ]$/g, (found) => `=${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  const rows: string[] = [];
  while (rest.length > width) {
    const octet = rest.lastIndexOf('=', width - 2);
    const cut = octet > width - 4 ? octet : width - 1;
    rows.push(`${rest.slice(0, cut)}=`);
    rest = rest.slice(cut);
  }
  return [...rows, rest].join('\r\n');
};

const quotedPrintable = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map(quotedLine)
    .join('\r\n');

const base64 = (text: string): string =>
  Buffer.from(text)
    .toString('base64')
    .replace(/.{76}(?!$)/g, '$&\r\n');

/** A part of a message: its headers, an empty line, its body. */
const entity = (headers: readonly string[], body: string): string => `${headers.join('\r\n')}\r\n\r\n${body}`;

/** Text in whichever encoding is the shorter: a language's letters in base64, English nearly as it is. */
export const textPart = (type: 'text/plain' | 'text/html', text: string): string => {
  const quoted = quotedPrintable(text);
  const packed = base64(text.replace(/\r\n?|\n/g, '\r\n'));
  const asQuoted = quoted.length <= packed.length;
  return entity(
    [
      header('Content-Type', `${type};`, 'charset=utf-8'),
      header('Content-Transfer-Encoding', asQuoted ? 'quoted-printable' : 'base64'),
    ],
    asQuoted ? quoted : packed,
  );
};

/** A file. `parameters` of its type and its name are tokens (RFC 2045): no spaces, nothing to quote. */
export const filePart = (filename: string, type: string, parameters: readonly string[], content: string): string =>
  entity(
    [
      header('Content-Type', `${type};`, ...parameters.map((parameter) => `${parameter};`), `name=${filename}`),
      header('Content-Transfer-Encoding', 'base64'),
      header('Content-Disposition', 'attachment;', `filename=${filename}`),
    ],
    base64(content),
  );

/** Several parts under one. `id` is of letters, digits, `.`, `_`, `-`, 40 at most, and unlike that of any part within. */
export const multipart = (kind: 'mixed' | 'alternative', id: string, parts: readonly string[]): string => {
  // Neither encoding ever writes an equals sign and an underscore in a row.
  const boundary = `=_${id}`;
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return entity([header('Content-Type', `multipart/${kind};`, `boundary="${boundary}"`)], `${body}--${boundary}--\r\n`);
};

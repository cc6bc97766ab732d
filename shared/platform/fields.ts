import * as z from 'zod';
import { isDuration, isLocalDate, isZone } from './time/time.ts';

/** Field types that several contracts share. */

/** Business-chosen id in the catalogue: `cut-and-blow-dry`. */
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a-z, 0-9 and -')
  .meta({ description: 'Id chosen by the business: 1 to 40 of `a-z`, `0-9` and `-`.' });

export const id = z
  .string()
  .regex(/^[0-9a-z]{16}$/, 'must be an id of 16 characters')
  .meta({ description: 'Id made by the system: 16 characters.' });

export const languages = ['en', 'bn', 'hi', 'ru'] as const;
export const language = z.enum(languages);
export type Language = z.output<typeof language>;

export const localDate = z
  .string()
  .refine(isLocalDate, 'must be a date as YYYY-MM-DD')
  .meta({ description: 'Local date, `YYYY-MM-DD`.', format: 'date' });

export const zone = z
  .string()
  .refine(isZone, 'must be an IANA time zone such as Europe/London')
  .meta({ description: 'IANA time zone.' });

/** `HH:MM` by the location's clock; `24:00` is the end of the day. */
export const wallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time as HH:MM');

/** Days; no touchpoint lies farther from its appointment, or planning anew would have to look back for ever. */
const maxDuration = 2 * 366;

export const duration = z
  .string()
  .refine(
    (text) => isDuration(text, maxDuration),
    'must be an ISO 8601 duration of at most two years, such as P1D, -PT2H',
  )
  .meta({ description: 'ISO 8601 duration; may be negative.' });

export const instantText = z
  .string()
  .meta({ description: 'ISO 8601 with the offset of the location.', format: 'date-time' });

/** Codes that Unicode's data know and ISO 3166 doesn't mean as countries: the EU, the UN, tests, nowhere. */
const noCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  !noCountries.has(code) &&
  new Intl.Locale(`und-${code}`).region === code &&
  new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined;

/** ISO 3166 code of a country, not an alias such as `UK`. */
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as GB')
  .refine(isCountry, 'must be the ISO 3166 code of a country, such as GB (not UK)');

/** Minor units (pence, paisa) with an ISO 4217 currency. */
export const money = z
  .object({
    amount: z.int().min(0).max(1_000_000_000),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as GBP'),
  })
  .meta({ id: 'Money' });
export type Money = z.output<typeof money>;

export const channels = ['email', 'sms'] as const;
export const channel = z.enum(channels);
export type Channel = z.output<typeof channel>;

/** Control characters and line separators part words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
/**
 * Marks of direction, zero-width spaces and the like, which come along with what is copied and can turn a text around.
 * The joiners U+200C and U+200D stay: Bengali, Hindi and emoji need them.
 */
const formatting = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Lone halves of surrogate pairs, which the table refuses, become U+FFFD. */
const clean = (text: string): string =>
  text.toWellFormed().replace(controls, ' ').replace(formatting, '').normalize('NFC');

const atMost = (max: number) => z.string().max(max, `must be at most ${max} characters`);
/** Removed characters may make a text longer than it will be; the document tells the length that counts. */
const typed = (max: number) =>
  z
    .string()
    .max(max * 4, `must be at most ${max} characters`)
    .meta({ maxLength: max });

/** One line that a person typed, in any script: control and direction characters removed, NFC, trimmed. */
export const line = (max: number) =>
  typed(max)
    .transform((text) => clean(text).replace(/\s+/g, ' ').trim())
    .pipe(atMost(max));

/** Several lines; otherwise like `line`. */
export const paragraph = (max: number) =>
  typed(max)
    .transform((text) =>
      text
        .split(/\r\n?|\n/)
        .map((row) => clean(row).trimEnd())
        .join('\n')
        .trim(),
    )
    .pipe(atMost(max));

/** `info@пример.рф` as mail programs send it, `info@xn--e1afmkfd.xn--p1ai`; a domain that is none stays, and is refused. */
const asciiDomain = (address: string): string => {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  if (!/[^\u0020-\u007e]/.test(domain) || !/^[\p{L}\p{M}\p{N}.。-]+$/u.test(domain)) return address;
  return URL.canParse(`http://${domain}`) ? address.slice(0, at) + new URL(`http://${domain}`).hostname : address;
};

/** Before the @ what HTML's `<input type=email>` lets through, less what no server takes: dots at an end or two in a row. */
const mailbox = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*";
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';

/**
 * An e-mail address as browsers take it, its domain in ASCII (IDNA), without what nobody sees. At most 254 characters, 64
 * of them before the @ (RFC 5321 4.5.3.1).
 */
export const email = typed(254)
  .transform((text) =>
    asciiDomain(
      clean(text)
        .replace(/[\u200c\u200d]/g, '')
        .trim(),
    ),
  )
  .pipe(
    atMost(254).regex(
      new RegExp(`^(?=[^@]{1,64}@)${mailbox}@(?:${label}\\.)+${label}$`),
      'must be an e-mail address such as name@example.com, with letters of the Latin alphabet before the @',
    ),
  )
  .meta({ format: 'email' });

/** Joiners and spaces alone are nothing to read. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const requiredLine = (max: number) => line(max).pipe(z.string().regex(visible, 'must not be empty'));

/** Comma-separated in a query: `services=cut,colour`. */
export const commaList = <T extends z.ZodType<string, string>>(item: T, max: number) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1).max(max));

/** The query of a list that comes page by page. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
};

/** For `refine`: exactly one of two fields is given. */
export const either = <A extends string, B extends string>(
  one: A,
  other: B,
): [check: (input: { [K in A | B]?: unknown }) => boolean, fault: { path: string[]; error: string }] => [
  (input) => (input[one] === undefined) !== (input[other] === undefined),
  { path: [one], error: `give either \`${one}\` or \`${other}\`` },
];

/** Something of the catalogue, by the name that people know. */
export const named = z.object({ id: slug, name: z.string() }).meta({ id: 'Named' });

/** The path of what is done by a link: its token is the only thing that authorises. */
export const linkParams = z.object({ token: z.string().max(200) });
/** Absent: the language of the client whose link it is. */
export const linkQuery = z.object({ language: language.optional() });

/** Names beside the `sub`s of an answer. */
export const namedStaff = z.array(z.object({ id: z.string(), name: z.string() })).meta({
  description:
    'Members of staff whom the answer names by `sub`, each once, also those who were removed: the name of their row of staff, else the email address. Whoever has not signed in since names are kept is not among them.',
});

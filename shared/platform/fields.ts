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

/** Minor units (pence, paisa) with an ISO 4217 currency. */
export const money = z.object({
  amount: z.int().min(0).max(1_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as GBP'),
});
export type Money = z.output<typeof money>;

export const email = z.email('must be an e-mail address').max(254);

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
/** What is removed may make a text longer than it will be; the document tells the length that counts. */
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
export const named = z.object({ id: slug, name: z.string() });

/** The path of what is done by a link: its token is the only thing that authorises. */
export const linkParams = z.object({ token: z.string().max(200) });
/** Absent: the language of the client whose link it is. */
export const linkQuery = z.object({ language: language.optional() });

import type { Language } from '../../platform/fields.ts';
import { type Block, linkStyle, mailPage } from '../compose/layout.ts';
import { type SmsText, smsText } from '../compose/sms-parts.ts';
import {
  allowedIn,
  type MessageTemplate,
  type Placeholder,
  type PlaceholderKind,
  type PlaceholderRule,
  placeholders,
  requiredIn,
  type TemplateText,
  type Values,
} from './placeholders.ts';

export type TemplatePart = keyof TemplateText;

/** A template that must not be saved; the message tells its author what to change. */
export class TemplateFault extends Error {
  readonly part: TemplatePart;
  constructor(part: TemplatePart, message: string) {
    super(`${part}: ${message}`);
    this.name = 'TemplateFault';
    this.part = part;
  }
}

/** Nothing usable stands for a placeholder. The value itself is not in the message: it may be personal. */
export class ValueMissing extends Error {
  readonly placeholder: Placeholder;
  constructor(placeholder: Placeholder, why = 'has no value') {
    super(`{{${placeholder}}} ${why}`);
    this.name = 'ValueMissing';
    this.placeholder = placeholder;
  }
}

type Token = { text: string } | { name: Placeholder };
type Line = readonly Token[];

/** A template whose placeholders are all known and allowed. */
export interface ParsedTemplate {
  readonly name: MessageTemplate;
  readonly subject: readonly Line[];
  readonly email: readonly Line[];
  readonly sms: readonly Line[];
}

const ruleOf = (name: Placeholder): PlaceholderRule => placeholders[name];
const quoted = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ');

const parseLine = (template: MessageTemplate, part: TemplatePart, line: string): Line => {
  const known = allowedIn[template];
  const tokens = line.split(/((?<!\{)\{\{[^{}]*\}\}(?!\}))/).map((piece, index): Token => {
    if (index % 2 === 0) {
      if (/\{\{|\}\}/.test(piece))
        throw new TemplateFault(part, `a placeholder stands between two braces on each side, unlike in “${line}”`);
      return { text: piece };
    }
    const asked = piece.slice(2, -2).trim();
    const name = known.find((candidate) => candidate === asked);
    if (!name) throw new TemplateFault(part, `there is no {{${asked}}} in ${template}; known: ${quoted(known)}`);
    return { name };
  });
  return tokens.filter((token) => 'name' in token || token.text !== '');
};

const namesIn = (lines: readonly Line[]): Placeholder[] =>
  lines.flatMap((line) => line.flatMap((token) => ('name' in token ? [token.name] : [])));

/** The author's own words, without what placeholders stand for. */
export const textWritten = (template: ParsedTemplate, part: TemplatePart): string =>
  template[part].flatMap((line) => line.map((token) => ('text' in token ? token.text : ''))).join('\n');

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const invisible = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** One line without control and direction-override characters; the joiners that scripts and emoji need stay. */
const oneLine = (text: string): string =>
  text.toWellFormed().replace(invisible, ' ').normalize('NFC').replace(/ +/g, ' ').trim();

/** Parses what an author wrote. Throws TemplateFault for the first fault. */
export const parseTemplate = (name: MessageTemplate, text: TemplateText): ParsedTemplate => {
  const parse = (part: TemplatePart): readonly Line[] =>
    text[part]
      .trim()
      .split(/\r\n?|\n/)
      .map((line) => parseLine(name, part, line.replace(invisible, ' ').normalize('NFC').trimEnd()));
  const template = { name, subject: parse('subject'), email: parse('email'), sms: parse('sms') };
  for (const part of ['subject', 'email', 'sms'] as const) {
    if (!text[part].trim()) throw new TemplateFault(part, 'must not be empty');
    const used = namesIn(template[part]);
    const absent = part === 'subject' ? [] : (requiredIn[name] ?? []).filter((needed) => !used.includes(needed));
    if (absent.length > 0) throw new TemplateFault(part, `${name} must carry ${quoted(absent)}`);
  }
  if (template.subject.length > 1) throw new TemplateFault('subject', 'must be one line');
  const unfit = namesIn(template.subject).find((used) => ruleOf(used).optional || ruleOf(used).kind !== 'text');
  if (unfit) throw new TemplateFault('subject', `{{${unfit}}} can't stand in a subject`);
  return template;
};

/** A piece of a line with its value in place; values are never looked through for placeholders. */
interface Piece {
  kind: PlaceholderKind | 'own';
  text: string;
}

const webAddress = (name: Placeholder, text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new ValueMissing(name, 'must be an http or https address');
  return url.href;
};

const pieceFor = (name: Placeholder, values: Values): Piece => {
  const { kind, optional } = ruleOf(name);
  const given = values[name];
  if (given === undefined) throw new ValueMissing(name);
  const text =
    kind === 'lines'
      ? given
          .split(/\r\n?|\n/)
          .map(oneLine)
          .filter(Boolean)
          .join('\n')
      : oneLine(given);
  if (!text && !optional) throw new ValueMissing(name);
  return { kind, text: text && kind === 'url' ? webAddress(name, text) : text };
};

const fill = (lines: readonly Line[], values: Values): Piece[][] =>
  lines.flatMap((line) => {
    const pieces = line.map(
      (token): Piece => ('name' in token ? pieceFor(token.name, values) : { kind: 'own', ...token }),
    );
    const emptied = pieces.some((piece) => piece.text === '' && piece.kind !== 'own');
    return emptied ? [] : [pieces];
  });

const textOf = (line: readonly Piece[]): string => line.map((piece) => piece.text).join('');
const isRule = (line: readonly Piece[]): boolean =>
  line.length === 1 && line[0]?.kind === 'own' && line[0].text === '--';

/** For the content of elements and for quoted attributes. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const pieceHtml = ({ kind, text }: Piece): string => {
  const safe = escapeHtml(text);
  if (kind === 'own') return safe;
  if (kind === 'url') return `<a href="${safe}" style="${linkStyle}">${safe}</a>`;
  return `<bdi>${safe.replaceAll('\n', '<br>')}</bdi>`;
};

/** `Label: {{link}}` */
const labelled = (line: readonly Piece[]): { label: string; href: string } | undefined => {
  const last = line.at(-1);
  const before = line.slice(0, -1);
  const label = textOf(before).trim();
  if (last?.kind !== 'url' || !label.endsWith(':') || before.some((piece) => piece.kind === 'url')) return undefined;
  return { label: escapeHtml(label.slice(0, -1)), href: escapeHtml(last.text) };
};

const lineHtml = (line: readonly Piece[]): string => {
  const link = labelled(line);
  return link ? `<a href="${link.href}" style="${linkStyle}">${link.label}</a>` : line.map(pieceHtml).join('');
};

/** Lines between empty ones. */
const paragraphsOf = (lines: readonly Piece[][]): Piece[][][] => {
  const paragraphs: Piece[][][] = [[]];
  for (const line of lines) {
    if (line.length === 0) paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0);
};

const blocksOf = (lines: readonly Piece[][]): Block[] => {
  const end = lines.findIndex(isRule);
  const blocks: Block[] = [];
  for (const paragraph of paragraphsOf(end < 0 ? lines : lines.slice(0, end))) {
    const [first = []] = paragraph;
    const link = paragraph.length === 1 ? labelled(first) : undefined;
    if (link && !blocks.some((block) => block.kind === 'button')) blocks.push({ kind: 'button', ...link });
    else if (paragraph.length > 1) blocks.push({ kind: 'details', lines: paragraph.map(lineHtml) });
    else blocks.push({ kind: 'paragraph', html: lineHtml(first) });
  }
  for (const paragraph of end < 0 ? [] : paragraphsOf(lines.slice(end + 1)))
    blocks.push({ kind: 'footer', html: paragraph.map(lineHtml).join('<br>\n') });
  return blocks;
};

const subjectOf = (template: ParsedTemplate, values: Values): string =>
  oneLine(fill(template.subject, values).map(textOf).join(' '));

/** `subject`: one header line. `text`, `html`: the bodies of a mail. `sms`: as it is sent. */
export type Form = 'subject' | 'text' | 'html' | 'sms';

/** Puts values into a template, safe for where the result goes. Throws ValueMissing. */
export const render = (template: ParsedTemplate, values: Values, form: Form, language: Language): string => {
  switch (form) {
    case 'subject':
      return subjectOf(template, values);
    case 'text': {
      // "-- " with its space is how mail programs know a signature.
      const lines = fill(template.email, values).map((line) => (isRule(line) ? '-- ' : textOf(line)));
      return `${lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim()}\n`;
    }
    case 'html':
      return mailPage({
        language,
        title: escapeHtml(subjectOf(template, values)),
        brand: escapeHtml(pieceFor('business', values).text),
        blocks: blocksOf(fill(template.email, values)),
      });
    case 'sms':
      return renderSms(template, values).text;
  }
};

/** The three forms that a mail needs. */
export const renderEmail = (
  template: ParsedTemplate,
  values: Values,
  language: Language,
): { subject: string; text: string; html: string } => ({
  subject: render(template, values, 'subject', language),
  text: render(template, values, 'text', language),
  html: render(template, values, 'html', language),
});

/** A text with its parts. */
export const renderSms = (template: ParsedTemplate, values: Values): SmsText =>
  smsText(
    fill(template.sms, values)
      .map((line) => textOf(line).replaceAll('\n', ' '))
      .join('\n'),
  );

import type { ParsedTemplate } from './render.ts';

export type Lines = ParsedTemplate['email'];

const hasFooter = (lines: Lines): boolean =>
  lines.some((line) => line.length === 1 && line.some((token) => 'text' in token && token.text === '--'));

/** A mail's lines with more in its footer, which it gets where it has none. */
export const withFooter = (lines: Lines, more: Lines): Lines => [
  ...lines,
  ...(hasFooter(lines) ? [] : [[], [{ text: '--' }]]),
  ...more,
];

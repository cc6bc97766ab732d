import { base } from './base.ts';
import { booking } from './booking.ts';
import { byLink } from './by-link.ts';
import { forms } from './forms.ts';
import { layout } from './layout.ts';
import { tokens } from './tokens.ts';
import { week } from './week.ts';

/** Line breaks and the spaces beside punctuation mean nothing in our sheets. */
const minify = (css: string): string =>
  css
    .replace(/\s+/g, ' ')
    .replace(/\s*([{};,])\s*/g, '$1')
    .replace(/:\s+/g, ':')
    .replace(/;}/g, '}')
    .trim();

const common = [tokens, base, layout, forms, week];

/** Inline in every page: a first visit needs no second request, and most visits by link are one page. */
export const styleSheets = {
  open: minify([...common, booking].join('\n')),
  link: minify([...common, byLink].join('\n')),
} as const;

export type Access = keyof typeof styleSheets;

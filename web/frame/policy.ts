import { createHash } from 'node:crypto';
import { type Access, styleSheets } from '../style/sheet.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Sites that may frame the page: of booking pages those that the business lists, `*` being any. */
const ancestors = (access: Access, embedOrigins: readonly string[]): string =>
  access === 'open' && embedOrigins.length > 0 ? embedOrigins.join(' ') : "'none'";

const withoutAncestors = (access: Access): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${hashOf(styleSheets[access])}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
  ].join('; ');

const policies: Record<Access, string> = { open: withoutAncestors('open'), link: withoutAncestors('link') };

/**
 * Pages run no script and load nothing: their style is inline, known by its hash.
 * Sites that the business allows may frame the booking pages, nobody a page that a link opens.
 */
export const contentPolicy = (access: Access, embedOrigins: readonly string[] = []): string =>
  `${policies[access]}; frame-ancestors ${ancestors(access, embedOrigins)}`;

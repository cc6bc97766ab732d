import { createHash } from 'node:crypto';
import { type Access, styleSheets } from '../style/sheet.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

const policyFor = (access: Access): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${hashOf(styleSheets[access])}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${access === 'open' ? '*' : "'none'"}`,
  ].join('; ');

const policies: Record<Access, string> = { open: policyFor('open'), link: policyFor('link') };

/**
 * Pages run no script and load nothing: their style is inline, known by its hash.
 * Other sites may frame the booking pages, never a page that a link opens.
 */
export const contentPolicy = (access: Access): string => policies[access];

import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Business } from '../api.ts';
import type { Access } from '../style/sheet.ts';
import type { Here } from './address.ts';
import { Layout } from './layout.tsx';
import type { PageRequest, PageResponse } from './page.ts';
import { contentPolicy } from './policy.ts';
import { isSecure, languageCookie, namedLanguage, type Visitor, VisitorProvider } from './visitor.ts';

interface PageSpec {
  request: PageRequest;
  visitor: Visitor;
  /** Left out where the API couldn't tell. */
  business?: Business | undefined;
  title: string;
  description?: string;
  status?: number;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number | undefined;
  /** `open`: anyone may look, also from within another site. `link`: only whoever holds the link. */
  access: Access;
  /** The address under which a GET shows this page, for the language switch. */
  here: Here;
  /** Values of `Set-Cookie`. */
  cookies?: readonly string[] | undefined;
  children: ComponentChildren;
}

const rememberLanguage = (request: PageRequest): string[] => {
  const named = namedLanguage(request);
  if (!named) return [];
  const secure = isSecure(request) ? '; Secure' : '';
  return [`${languageCookie(request)}=${named}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${secure}`];
};

/** Nothing here is for shared caches: pages carry form tokens, names and appointments. */
const privately = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/**
 * Lets the browser show a page of booking as it was when somebody goes back to it, also one that answers a POST, with what
 * they had typed; asked for anew it comes anew. What a link opens is never kept.
 */
const forGoingBack = { ...privately, 'cache-control': 'private, max-age=0' };

export const page = (spec: PageSpec): PageResponse => {
  const { request, visitor, access, status = 200, retryAfter, cookies = [] } = spec;
  const document = renderToString(
    <VisitorProvider value={visitor}>
      <Layout
        title={spec.title}
        description={spec.description}
        business={spec.business}
        access={access}
        indexed={access === 'open' && status === 200}
        here={spec.here}
      >
        {spec.children}
      </Layout>
    </VisitorProvider>,
  );
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': visitor.language,
      'content-security-policy': contentPolicy(access, spec.business?.embedOrigins),
      ...(access === 'link'
        ? {
            ...privately,
            'referrer-policy': 'no-referrer',
            'x-robots-tag': 'noindex, nofollow',
            'x-frame-options': 'DENY',
          }
        : { ...forGoingBack, 'referrer-policy': 'same-origin' }),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    cookies: [...rememberLanguage(request), ...cookies],
    body: `<!doctype html>${document}`,
  };
};

/** After a press: the browser GETs the answer, so that reloading it presses nothing twice. */
export const seeOther = (location: string, cookies: readonly string[] = []): PageResponse => ({
  status: 303,
  headers: { location, ...privately, 'referrer-policy': 'no-referrer' },
  cookies,
  body: '',
});

export const plainText = (text: string, status = 200): PageResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...privately },
  body: text,
});

export const calendarFile = (text: string): PageResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'attachment; filename="appointment.ics"',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
    ...privately,
  },
  body: text,
});

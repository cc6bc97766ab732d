import type { ComponentChildren } from 'preact';
import { linkPath, type Params } from './address.ts';
import type { Api, Business } from './api.ts';
import type { PageRequest, PageResponse } from './page.ts';
import { page } from './respond.tsx';
import { namedLanguage, type Visitor } from './visitor.ts';

/** A visit to a page that a link opens. */
export interface LinkVisit {
  api: Api;
  request: PageRequest;
  token: string;
  business: Business;
  visitor: Visitor;
  now: number;
}

interface Props {
  visit: LinkVisit;
  kind: 'a' | 'r' | 'u' | 'w';
  /** The rest of the address under which a GET shows this page. */
  act?: string;
  params?: Params;
  title: string;
  faulty?: boolean;
  status?: number;
  children: ComponentChildren;
}

export const linkPage = ({ visit, kind, act, params, title, faulty = false, status, children }: Props): PageResponse =>
  page({
    request: visit.request,
    visitor: visit.visitor,
    business: visit.business.name,
    title: faulty ? visit.visitor.words.errorTitle(title) : title,
    ...(status && { status }),
    access: 'link',
    here: { path: linkPath(kind, visit.token, act), params: params ?? [] },
    children: <div class="single">{children}</div>,
  });

/** Carried on only where the address names it; else the link's own language comes back by itself. */
export const carriedLanguage = ({ request }: Pick<LinkVisit, 'request'>): Params => {
  const named = namedLanguage(request);
  return named ? [['lang', named]] : [];
};

import type { ComponentChildren } from 'preact';
import { linkPath, type Params } from '../address.ts';
import type { PageResponse } from '../page.ts';
import { page } from '../respond.tsx';
import { namedLanguage } from '../visitor.ts';
import type { LinkVisit } from './open.ts';

interface Props {
  visit: Omit<LinkVisit, 'now'>;
  kind: 'a' | 'r' | 'u';
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

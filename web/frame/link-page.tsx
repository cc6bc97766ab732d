import type { ComponentChildren } from 'preact';
import type { Language } from '../../shared/platform/fields.ts';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { type Api, type Business, dataOf, Refusal } from '../api.ts';
import { linkPath, type Params } from './address.ts';
import type { PageDeps, PageRequest, PageResponse } from './page.ts';
import { page } from './respond.tsx';
import { chosenLanguage, namedLanguage, type Visitor, visitorOf } from './visitor.ts';

/** A visit to a page that a link opens. */
export interface LinkVisit {
  api: Api;
  request: PageRequest;
  token: string;
  business: Business;
  visitor: Visitor;
  now: number;
}

/** Asks the API for what is behind a link. */
interface Asked {
  params: { token: string };
  query: { language: Language | undefined };
}

/** In the language of what the link leads to, unless the visitor chose another. Throws the API's refusal. */
export const openLink = async <T extends { language: Language }>(
  deps: PageDeps,
  request: PageRequest,
  ask: (api: Api, asked: Asked) => Promise<{ ok: true; data: T } | { ok: false; problem: ProblemBody }>,
): Promise<LinkVisit & { found: T }> => {
  const api = deps.clientFor(request);
  const token = request.params['token'] ?? '';
  const [business, outcome] = await Promise.all([
    api.getBusiness({}),
    ask(api, { params: { token }, query: { language: chosenLanguage(request) } }),
  ]);
  if (!outcome.ok) throw new Refusal(outcome.problem);
  const found = outcome.data;
  const visitor = await visitorOf(request, dataOf(business), found.language);
  return { api, request, token, business: dataOf(business), visitor, found, now: deps.now() };
};

/** Refusals after which there is nothing of the link to show. */
export const throwIfLinkFails = (problem: ProblemBody): void => {
  if (problem.code === 'link_invalid' || problem.code === 'link_expired') throw new Refusal(problem);
};

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
    business: visit.business,
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

import type { timeTaken } from '../../../shared/booking/problems.ts';
import type { ProblemBody, RouteContract } from '../../../shared/platform/http/contract.ts';
import { kindOf, type ProblemExtras } from '../../../shared/platform/http/problems.ts';
import type { Api } from '../../../web/api.ts';
import { pageContracts, problemOf } from '../../../web/api.ts';
import type { PageRequest, PageResponse } from '../../../web/frame/page.ts';
import { createPages } from '../../../web/pages.ts';
import type { PageId } from '../../../web/routes.ts';
import { type FakeApi, fakeApi, now } from './salon.ts';

export interface Visit extends FakeApi {
  errors: unknown[];
  go: (page: PageId, address?: string, extra?: Partial<PageRequest>) => Promise<PageResponse>;
  post: (page: PageId, form: Record<string, string | string[]>, extra?: Partial<PageRequest>) => Promise<PageResponse>;
}

export const formOf = (values: Record<string, string | string[]>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each])),
  );

/** Pages over a fake API, asked as the gateway would. */
export const visit = (answers: Partial<Api> = {}, at = now): Visit => {
  const fake = fakeApi(answers);
  const errors: unknown[] = [];
  const pages = createPages({
    clientFor: () => fake.api,
    now: () => at,
    random: (bytes) => new Uint8Array(bytes).fill(7),
    onError: (error) => errors.push(error),
  });
  const request = (query: string, extra: Partial<PageRequest>): PageRequest => ({
    params: { token: 'tok' },
    query: new URLSearchParams(query),
    baseUrl: 'https://book.example',
    sourceIp: '192.0.2.1',
    ...extra,
  });
  return {
    ...fake,
    errors,
    go: (page, query = '', extra = {}) => pages[page](request(query, extra)),
    post: (page, form, extra = {}) => pages[page](request('', { form: formOf(form), ...extra })),
  };
};

const declared = pageContracts.flatMap(({ errors }: RouteContract) => errors);

/** The API refuses, with what some route of the pages declares, or what any may answer. */
export const refuse = (code: string, extras: ProblemExtras<typeof timeTaken.members> = {}) => {
  const kind = [...declared, 'internal' as const, 'too_many_requests' as const, 'not_found' as const].find(
    (problem) => kindOf(problem).code === code,
  );
  if (!kind) throw new Error(`No route of the pages declares ${code}`);
  const problem = { ...problemOf(kind), ...extras } as ProblemBody;
  return () => Promise.resolve({ ok: false as const, status: problem.status, problem });
};

/** What a reader sees: no markup, no style. */
export const textOf = (html: string): string =>
  html
    .replace(/<(style|title)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

export const details = {
  service: ['cut'],
  location: 'soho',
  staff: 'mira',
  startsAt: '2026-11-26T10:00:00+00:00',
  firstName: 'Asha',
  lastName: '',
  phone: '020 7946 0001',
  email: '',
  notes: '',
  website: '',
  formToken: 'token-of-the-form-that-keeps-it',
};

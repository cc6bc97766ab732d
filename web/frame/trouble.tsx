import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { type Business, type Place, problemOf } from '../api.ts';
import { problemWords, retryWords } from '../i18n/problems.ts';
import type { Page, PageDeps, PageRequest, PageResponse } from './page.ts';
import { Contacts } from './parts/contacts.tsx';
import { page } from './respond.tsx';
import { type Visitor, visitorOf } from './visitor.ts';

interface Frame {
  request: PageRequest;
  visitor: Visitor;
  business?: Business | undefined;
  places: readonly Place[];
}

/** The usual frame as far as it can be had; trouble must not make more trouble. */
const openFrame = async (deps: PageDeps, request: PageRequest): Promise<Frame> => {
  const bare = { request, visitor: await visitorOf(request), places: [] };
  try {
    const api = deps.clientFor(request);
    const [business, places] = await Promise.all([api.getBusiness({}), api.listLocations({})]);
    if (!business.ok) return bare;
    return {
      request,
      visitor: await visitorOf(request, business.data),
      business: business.data,
      places: places.ok ? places.data.locations : [],
    };
  } catch {
    return bare;
  }
};

/** A page that says what is wrong and what to do next: whom to call, where to begin again. */
const troubleView = ({ request, visitor, business, places }: Frame, problem: ProblemBody): PageResponse => {
  const { words } = visitor;
  const { title, text } = problemWords(visitor, problem);
  return page({
    request,
    visitor,
    business,
    title,
    status: problem.status,
    retryAfter: problem.retryAfter,
    access: 'link',
    here: { path: request.params['token'] ? '' : '/book' },
    children: (
      <div class="single">
        <h1>{title}</h1>
        {text && <p class="lead">{text}</p>}
        {problem.retryAfter !== undefined && <p>{retryWords(visitor, problem)}</p>}
        {problem.code === 'not_set_up' && <p>{words.setUp}</p>}
        <Contacts places={places} />
        <p>
          <a class="button" href="/book">
            {words.newBooking}
          </a>
        </p>
      </div>
    ),
  });
};

export const troublePage = async (deps: PageDeps, request: PageRequest, problem: ProblemBody): Promise<PageResponse> =>
  troubleView(await openFrame(deps, request), problem);

export const notFoundPage =
  (deps: PageDeps): Page =>
  (request) =>
    troublePage(deps, request, problemOf('not_found'));

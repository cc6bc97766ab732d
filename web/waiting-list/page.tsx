import type { ComponentChildren } from 'preact';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import type { Waiting } from '../api.ts';
import { Moment } from '../appointment/parts/moment.tsx';
import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage, type LinkVisit, linkPage, openLink, throwIfLinkFails } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageRequest, PageResponse } from '../frame/page.ts';
import { Hidden } from '../frame/parts/hidden.tsx';
import { Notice } from '../frame/parts/notice.tsx';
import { ProblemNotice } from '../frame/problem-notice.tsx';
import { seeOther } from '../frame/respond.tsx';
import { momentWords } from '../i18n/moment.ts';

interface WaitingVisit extends LinkVisit {
  waiting: Waiting;
}

const open = async (deps: PageDeps, request: PageRequest): Promise<WaitingVisit> => {
  const { found, ...visit } = await openLink(deps, request, (api, asked) => api.getWaiting(asked));
  return { ...visit, waiting: found };
};

const view = (visit: WaitingVisit, notice?: ComponentChildren, status = 200): PageResponse => {
  const { waiting, visitor, token } = visit;
  const { words, format } = visitor;
  const says = words.waiting;
  const { offer, services, staff, zone } = waiting;
  const press = (act: 'take' | 'decline' | 'leave', label: string, kind?: string) => (
    <form method="post" action={linkPath('w', token, act)}>
      <Hidden values={[...carriedLanguage(visit), ...(offer ? [['offerId', offer.id] as const] : [])]} />
      <button type="submit" class={kind}>
        {label}
      </button>
    </form>
  );
  const people = (offer?.staff ?? staff).map(({ name }) => name);
  return linkPage({
    visit,
    kind: 'w',
    title: says.title,
    faulty: status !== 200,
    status,
    children: (
      <>
        {notice}
        <p class="hello">{words.appointment.hello(<bdi>{waiting.firstName}</bdi>)}</p>
        <h1>{says.title}</h1>
        <p class="lead">{says.states[waiting.status]}</p>
        <section class="ticket">
          {offer && <Moment startsAt={offer.startsAt} endsAt={offer.endsAt} zone={zone} />}
          <p>
            {services.map(({ id, name }) => (
              <bdi key={id} class="row">
                {name}
              </bdi>
            ))}
            {people.length > 0 && <span class="row">{words.appointment.with(<bdi>{format.list(people)}</bdi>)}</span>}
            <span class="row">
              <bdi>{waiting.location.name}</bdi>
            </span>
          </p>
          {!offer && <p class="fine">{format.days(waiting.from, waiting.to)}</p>}
        </section>
        {offer && <p>{says.keptUntil(momentWords(visitor, offer.expiresAt, zone))}</p>}
        {offer && (
          <div class="actions">
            {press('take', says.take)}
            {press('decline', says.decline, 'secondary')}
          </div>
        )}
        {waiting.status === 'waiting' && waiting.lastOffer?.outcome === 'missed' && <p>{says.missed}</p>}
        {(waiting.status === 'waiting' || offer) && (
          <div class="actions">{press('leave', says.leave, 'secondary')}</div>
        )}
      </>
    ),
  });
};

/** GET /w/{token} */
export const waitingPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await open(deps, request);
    const joined = request.query.get('done') === 'joined' && visit.waiting.status === 'waiting';
    return view(visit, joined && <Notice kind="done" title={visit.visitor.words.waiting.joined} />);
  };

/** What was pressed did not happen; the page says so and shows what is. */
const refused = async (deps: PageDeps, request: PageRequest, problem: ProblemBody): Promise<PageResponse> => {
  throwIfLinkFails(problem);
  const visit = await open(deps, request);
  return view(visit, <ProblemNotice problem={problem} places={[visit.waiting.location]} />, problem.status);
};

const pressed = (request: PageRequest) => ({
  params: { token: request.params['token'] ?? '' },
  body: { offerId: request.form?.get('offerId') ?? '' },
});

/** POST /w/{token}/take: books, and leads to the appointment. */
export const sendTakePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const outcome = await deps.clientFor(request).takeOffer(pressed(request));
    if (!outcome.ok) return refused(deps, request, outcome.problem);
    return seeOther(href(linkPath('a', outcome.data.token), [['done', 'booked'], ...carriedLanguage({ request })]));
  };

const back = (request: PageRequest): PageResponse =>
  seeOther(href(linkPath('w', request.params['token'] ?? ''), carriedLanguage({ request })));

/** POST /w/{token}/decline */
export const sendDeclinePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const outcome = await deps.clientFor(request).declineOffer(pressed(request));
    return outcome.ok ? back(request) : refused(deps, request, outcome.problem);
  };

/** POST /w/{token}/leave */
export const sendLeavePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const outcome = await deps.clientFor(request).leaveWaitingList({ params: pressed(request).params });
    return outcome.ok ? back(request) : refused(deps, request, outcome.problem);
  };

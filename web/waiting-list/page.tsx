import type { ComponentChildren } from 'preact';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import type { Waiting } from '../api.ts';
import { Moment } from '../appointment/parts/moment.tsx';
import { Stopped } from '../appointment/parts/stopped.tsx';
import { href, linkPath, type Params } from '../frame/address.ts';
import { carriedLanguage, type LinkVisit, linkPage, openLink, throwIfLinkFails } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageRequest, PageResponse } from '../frame/page.ts';
import { Hidden } from '../frame/parts/hidden.tsx';
import { Notice } from '../frame/parts/notice.tsx';
import { ProblemNotice } from '../frame/problem-notice.tsx';
import { seeOther } from '../frame/respond.tsx';
import { useVisitor } from '../frame/visitor.ts';
import type { Words } from '../i18n/index.ts';
import { momentWords } from '../i18n/moment.ts';

interface WaitingVisit extends LinkVisit {
  waiting: Waiting;
}

type Press = (act: 'take' | 'decline' | 'stay' | 'leave', label: string, kind?: string) => ComponentChildren;

const open = async (deps: PageDeps, request: PageRequest): Promise<WaitingVisit> => {
  const { found, ...visit } = await openLink(deps, request, (api, asked) => api.getWaiting(asked));
  return { ...visit, waiting: found };
};

/** Obstacle to being offered times that a press removes. */
const inTheWay = ({ status, ranking }: Waiting): 'unproven' | 'rests' | undefined =>
  status === 'waiting' && ranking !== 'ranks' ? ranking : undefined;

const leadOf = (waiting: Waiting, says: Words['waiting']): string => {
  // Whoever has just joined holds a link that proves nothing; the one in the message does.
  if (waiting.status === 'waiting' && !waiting.address) return says.sent;
  const obstacle = inTheWay(waiting);
  return obstacle ? says[obstacle] : says.states[waiting.status];
};

const Ticket = ({ waiting }: { waiting: Waiting }) => {
  const { words, format } = useVisitor();
  const { offer, services, staff, zone, location } = waiting;
  const people = (offer?.staff ?? staff).map(({ name }) => name);
  return (
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
          <bdi>{location.name}</bdi>
        </span>
      </p>
      {!offer && <p class="fine">{format.days(waiting.from, waiting.to)}</p>}
    </section>
  );
};

/** Says what is in the way of an offer, and where to change it. */
const Obstacle = ({ visit, press }: { visit: WaitingVisit; press: Press }) => {
  const { waiting, visitor } = visit;
  const { words } = visitor;
  const { address } = waiting;
  if (waiting.status !== 'waiting') return null;
  if (!address) return <p class="fine">{words.appointment.stopped.hint}</p>;
  const obstacle = inTheWay(waiting);
  const label = obstacle === 'rests' ? words.waiting.stay : words.appointment.prove[address.channel];
  return (
    <>
      <Stopped address={address} text={words.waiting.stopped} carried={carriedLanguage(visit)} />
      {obstacle && <div class="actions">{press('stay', label)}</div>}
    </>
  );
};

/** Offers what has become free, and keeps the place or gives it up. */
const Answers = ({ visit, press }: { visit: WaitingVisit; press: Press }) => {
  const { waiting, visitor } = visit;
  const { offer, zone, status } = waiting;
  const says = visitor.words.waiting;
  const waits = status === 'waiting';
  return (
    <>
      {offer && <p>{says.keptUntil(momentWords(visitor, offer.expiresAt, zone))}</p>}
      {offer && (
        <div class="actions">
          {press('take', says.take)}
          {press('decline', says.decline, 'secondary')}
        </div>
      )}
      {waits && !inTheWay(waiting) && waiting.lastOffer?.outcome === 'missed' && <p>{says.missed}</p>}
      {(waits || offer) && <div class="actions">{press('leave', says.leave, 'secondary')}</div>}
    </>
  );
};

const view = (visit: WaitingVisit, notice?: ComponentChildren, status = 200): PageResponse => {
  const { waiting, visitor, token } = visit;
  const { words } = visitor;
  const says = words.waiting;
  const { offer } = waiting;
  const press: Press = (act, label, kind) => (
    <form method="post" action={linkPath('w', token, act)}>
      <Hidden values={[...carriedLanguage(visit), ...(offer ? [['offerId', offer.id] as const] : [])]} />
      <button type="submit" class={kind}>
        {label}
      </button>
    </form>
  );
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
        <p class="lead">{leadOf(waiting, says)}</p>
        <Obstacle visit={visit} press={press} />
        <Ticket waiting={waiting} />
        <Answers visit={visit} press={press} />
      </>
    ),
  });
};

/** GET /w/{token} */
export const waitingPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await open(deps, request);
    const act = request.query.get('done');
    const done = (act === 'joined' || act === 'stayed') && visit.waiting.status === 'waiting' && act;
    return view(visit, done && <Notice kind="done" title={visit.visitor.words.waiting[done]} />);
  };

/** Says that what was pressed did not happen, and shows what is. */
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

const back = (request: PageRequest, params: Params = []): PageResponse =>
  seeOther(href(linkPath('w', request.params['token'] ?? ''), [...params, ...carriedLanguage({ request })]));

/** POST /w/{token}/decline */
export const sendDeclinePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const outcome = await deps.clientFor(request).declineOffer(pressed(request));
    return outcome.ok ? back(request) : refused(deps, request, outcome.problem);
  };

/** POST /w/{token}/stay */
export const sendStayPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const outcome = await deps.clientFor(request).stayOnWaitingList({ params: pressed(request).params });
    return outcome.ok ? back(request, [['done', 'stayed']]) : refused(deps, request, outcome.problem);
  };

/** POST /w/{token}/leave */
export const sendLeavePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const outcome = await deps.clientFor(request).leaveWaitingList({ params: pressed(request).params });
    return outcome.ok ? back(request) : refused(deps, request, outcome.problem);
  };

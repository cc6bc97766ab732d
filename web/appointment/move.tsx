import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { localDate } from '../../shared/platform/time/time.ts';
import { dataOf } from '../api.ts';
import { readChoice } from '../booking/choice/choice.ts';
import { lookUpWeek } from '../booking/week.ts';
import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage, linkPage, throwIfLinkFails } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageResponse } from '../frame/page.ts';
import { seeOther } from '../frame/respond.tsx';
import { type AppointmentVisit, openAppointment } from './open.ts';
import { CheckMove, ChooseMove, MoveTaken } from './parts/move.tsx';
import { refusedView } from './view.tsx';
import { whyNot } from './why-not.ts';

const chooseView = async (visit: AppointmentVisit): Promise<PageResponse> => {
  const { api, appointment, business, request, token, visitor } = visit;
  const { from, day } = readChoice(request.query);
  const week = await lookUpWeek({
    today: localDate(visit.now, appointment.zone),
    horizonDays: business.booking.horizonDays,
    from,
    day,
    fetchDays: async (first, to) =>
      dataOf(await api.getAvailabilityByLink({ params: { token }, query: { from: first, to } })),
  });
  const title = visitor.words.appointment.moveTitle;
  const kept = week.days[0] ? [['from', week.days[0].date] as const] : [];
  return linkPage({
    visit,
    kind: 'a',
    act: 'move',
    params: kept,
    title,
    children: <ChooseMove appointment={appointment} token={token} week={week} carried={carriedLanguage(visit)} />,
  });
};

const checkView = (visit: AppointmentVisit, startsAt: string): PageResponse =>
  linkPage({
    visit,
    kind: 'a',
    act: 'move',
    params: [['startsAt', startsAt]],
    title: visit.visitor.words.appointment.moveCheck,
    children: (
      <CheckMove
        appointment={visit.appointment}
        token={visit.token}
        startsAt={startsAt}
        carried={carriedLanguage(visit)}
      />
    ),
  });

const takenView = (visit: AppointmentVisit, problem: ProblemBody): PageResponse =>
  linkPage({
    visit,
    kind: 'a',
    act: 'move',
    title: visit.visitor.words.appointment.moveTitle,
    faulty: true,
    status: problem.status,
    children: (
      <MoveTaken
        appointment={visit.appointment}
        token={visit.token}
        problem={problem}
        carried={carriedLanguage(visit)}
      />
    ),
  });

/** GET /a/{token}/move: a week of times; with a time, asks whether to move to it. */
export const chooseMovePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openAppointment(deps, request);
    if (!visit.appointment.may.move) return refusedView(visit, whyNot(visit.appointment, visit.now));
    const { startsAt } = readChoice(request.query);
    return startsAt ? checkView(visit, startsAt) : chooseView(visit);
  };

/** POST /a/{token}/move */
export const movePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const token = request.params['token'] ?? '';
    const carried = carriedLanguage({ request });
    const { startsAt } = readChoice(request.form ?? new URLSearchParams());
    if (!startsAt) return seeOther(href(linkPath('a', token, 'move'), carried));

    const outcome = await deps.clientFor(request).moveByLink({ params: { token }, body: { startsAt } });
    if (outcome.ok) {
      return seeOther(href(linkPath('a', token), [['done', 'moved'], ['to', outcome.data.startsAt], ...carried]));
    }
    throwIfLinkFails(outcome.problem);
    const visit = await openAppointment(deps, request);
    const { code } = outcome.problem;
    const otherTime = code === 'time_taken' || code === 'time_unavailable';
    return otherTime ? takenView(visit, outcome.problem) : refusedView(visit, outcome.problem);
  };

import type { ComponentChildren } from 'preact';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { type Appointment, dataOf } from '../api.ts';
import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageResponse } from '../frame/page.ts';
import { OtherFaults, ProblemNotice } from '../frame/problem-notice.tsx';
import { seeOther } from '../frame/respond.tsx';
import { bookHref, type Choice, readChoice } from './choice/choice.ts';
import { forgetDraft, keepDraft } from './choice/draft.ts';
import { bookingBody, type Entry, entryParams, keyOf, readEntry } from './choice/entry.ts';
import { fieldFaults } from './choice/faults.ts';
import { openVisit, type Visit } from './choice/open.ts';
import { type Plan, planBooking, type Step } from './choice/plan.ts';
import { stepPage } from './step-page.tsx';
import { DetailsStep } from './steps/details.tsx';
import { TakenStep } from './steps/taken.tsx';
import { UsedStep } from './steps/used.tsx';

interface Refused {
  visit: Visit;
  plan: Plan;
  entry: Entry;
  problem: ProblemBody;
  now: number;
}

/** A step with what was entered, which the browser keeps, too: whoever goes back finds it. */
const again = ({ visit, plan, entry, problem }: Refused, step: Step, children: ComponentChildren): PageResponse =>
  stepPage({
    visit,
    plan: { ...plan, step },
    faulty: true,
    hasEntry: true,
    status: problem.status,
    cookies: [keepDraft(visit.request, entry.formToken, entryParams(entry))],
    children,
  });

/** The form again, with everything as entered, and what stood in the way. */
const formAgain = (refused: Refused): PageResponse => {
  const { visit, plan, entry, problem, now } = refused;
  const faults = fieldFaults(problem, entry, visit.visitor.words);
  const notice = (
    <ProblemNotice problem={problem} places={plan.place && [plan.place]}>
      <OtherFaults problem={problem} />
    </ProblemNotice>
  );
  return again(
    refused,
    'details',
    <DetailsStep plan={plan} business={visit.business} entry={entry} faults={faults} notice={notice} now={now} />,
  );
};

const refusal = async (refused: Refused): Promise<PageResponse> => {
  const { visit, plan, entry, problem } = refused;
  const freshForm = async (): Promise<Refused> => {
    const { formToken } = dataOf(await visit.api.getFormToken({}));
    return { ...refused, entry: { ...entry, formToken } };
  };
  switch (problem.code) {
    case 'time_taken':
    case 'time_unavailable':
      return again(refused, 'time', <TakenStep plan={plan} entry={entry} problem={problem} />);
    case 'form_used': {
      const fresh = await freshForm();
      return again(fresh, 'time', <UsedStep plan={plan} entry={fresh.entry} />);
    }
    case 'form_rejected':
      // Only sent too quickly: the same form may come again, and keeps its time.
      return formAgain(problem.retryAfter === undefined ? await freshForm() : refused);
    default:
      return formAgain(refused);
  }
};

/** One form books once: sent again after a booking it answers that one, whatever it asks for. */
const isAsked = (booked: Appointment, { services, location, startsAt = '' }: Choice): boolean =>
  Date.parse(booked.startsAt) === Date.parse(startsAt) &&
  booked.location.id === location &&
  booked.services.map(({ id }) => id).join() === services.join();

/** POST /book: books, and leads to the appointment. */
export const sendBookingPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const form = request.form ?? new URLSearchParams();
    const visit = await openVisit(deps, request);
    const plan = planBooking(visit.offer, readChoice(form));
    const entry = readEntry(form);
    if (plan.step !== 'details') {
      if (!entry.formToken) return seeOther(bookHref(plan.choice));
      const choice = { ...plan.choice, form: entry.formToken };
      return seeOther(bookHref(choice), [keepDraft(request, entry.formToken, entryParams(entry))]);
    }

    const body = bookingBody(plan.choice, entry, visit.visitor.language);
    const outcome = await visit.api.createAppointment({ body, idempotencyKey: keyOf(body) });
    if (!outcome.ok) return refusal({ visit, plan, entry, problem: outcome.problem, now: deps.now() });
    const done = isAsked(outcome.data, plan.choice) ? 'booked' : 'already';
    return seeOther(href(linkPath('a', outcome.data.token), [['done', done], ...carriedLanguage(visit)]), [
      forgetDraft(request, entry.formToken),
    ]);
  };

import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { dataOf } from '../api.ts';
import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageResponse } from '../frame/page.ts';
import { OtherFaults, ProblemNotice } from '../frame/problem-notice.tsx';
import { seeOther } from '../frame/respond.tsx';
import { bookHref, readChoice } from './choice/choice.ts';
import { bookingBody, type Entry, readEntry, withKey } from './choice/entry.ts';
import { fieldFaults } from './choice/faults.ts';
import { openVisit, type Visit } from './choice/open.ts';
import { type Plan, planBooking } from './choice/plan.ts';
import { stepPage } from './step-page.tsx';
import { DetailsStep } from './steps/details.tsx';
import { TakenStep } from './steps/taken.tsx';

interface Refused {
  visit: Visit;
  plan: Plan;
  entry: Entry;
  problem: ProblemBody;
  now: number;
}

/** The form again, with everything as entered, and what stood in the way. */
const formAgain = ({ visit, plan, entry, problem, now }: Refused): PageResponse => {
  const { visitor } = visit;
  const faults = fieldFaults(problem, entry, visitor.words);
  const notice = (
    <ProblemNotice problem={problem} places={plan.place && [plan.place]}>
      <OtherFaults problem={problem} />
      {(problem.code === 'idempotency_mismatch' || problem.code === 'form_used') && (
        <p>
          <a href="/book">{visitor.words.newBooking}</a>
        </p>
      )}
    </ProblemNotice>
  );
  return stepPage({
    visit,
    plan,
    faulty: true,
    status: problem.status,
    children: (
      <DetailsStep plan={plan} business={visit.business} entry={entry} faults={faults} notice={notice} now={now} />
    ),
  });
};

const refusal = async (refused: Refused): Promise<PageResponse> => {
  const { visit, plan, entry, problem } = refused;
  switch (problem.code) {
    case 'time_taken':
    case 'time_unavailable':
      return stepPage({
        visit,
        plan: { ...plan, step: 'time' },
        faulty: true,
        status: problem.status,
        children: <TakenStep plan={plan} entry={entry} problem={problem} />,
      });
    case 'form_rejected': {
      // Only sent too quickly: the same form may come again, and keeps its time.
      if (problem.retryAfter !== undefined) return formAgain(refused);
      const { formToken } = dataOf(await visit.api.getFormToken({}));
      return formAgain({ ...refused, entry: { ...entry, formToken } });
    }
    default:
      return formAgain(refused);
  }
};

/** POST /book: books, and leads to the appointment. */
export const sendBookingPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const form = request.form ?? new URLSearchParams();
    const visit = await openVisit(deps, request);
    const plan = planBooking(visit.offer, readChoice(form));
    if (plan.step !== 'details') return seeOther(bookHref(plan.choice));

    const entry = withKey(readEntry(form), deps.random);
    const outcome = await visit.api.createAppointment({
      body: bookingBody(plan.choice, entry, visit.visitor.language),
      idempotencyKey: entry.key,
    });
    if (!outcome.ok) return refusal({ visit, plan, entry, problem: outcome.problem, now: deps.now() });
    return seeOther(href(linkPath('a', outcome.data.token), [['done', 'booked'], ...carriedLanguage(visit)]));
  };

import type { ComponentChildren } from 'preact';
import { addDays, localDate } from '../../shared/platform/time/time.ts';
import { dataOf } from '../api.ts';
import { bookHref, choiceParams, readChoice } from '../booking/choice/choice.ts';
import { draftOf, forgetDraft, keepDraft } from '../booking/choice/draft.ts';
import { entryParams, keyOf, readEntry } from '../booking/choice/entry.ts';
import { fieldFaults } from '../booking/choice/faults.ts';
import { openVisit, type Visit } from '../booking/choice/open.ts';
import { type Plan, planBooking } from '../booking/choice/plan.ts';
import { CarriesEntryProvider } from '../booking/steps/step-link.tsx';
import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageResponse } from '../frame/page.ts';
import type { FieldFault } from '../frame/parts/field-fault.ts';
import { OtherFaults, ProblemNotice } from '../frame/problem-notice.tsx';
import { page, seeOther } from '../frame/respond.tsx';
import { WaitForm } from './form.tsx';
import { emptyWish, readWish, type Wish, waitFields, waitingBody } from './wish.ts';

const usualDays = 14;

interface Shown {
  visit: Visit;
  plan: Plan;
  wish: Wish;
  faults?: readonly FieldFault[];
  notice?: ComponentChildren;
  status?: number;
  cookies?: readonly string[];
}

const show = ({ visit, plan, wish, faults = [], notice, status = 200, cookies }: Shown): PageResponse => {
  const { request, business, visitor } = visit;
  const { words } = visitor;
  return page({
    request,
    visitor,
    business,
    title: status === 200 ? words.waiting.heading : words.errorTitle(words.waiting.heading),
    status,
    access: 'open',
    here: { path: '/book/wait', params: choiceParams(plan.choice), hasEntry: true },
    cookies,
    children: (
      <CarriesEntryProvider value={true}>
        <WaitForm plan={plan} business={business} wish={wish} faults={faults} notice={notice} />
      </CarriesEntryProvider>
    ),
  });
};

/** Services, place and person are chosen before one waits for a time. */
const isReady = (plan: Plan): boolean => plan.services.length > 0 && Boolean(plan.place && plan.choice.staff);

/** GET /book/wait */
export const waitPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openVisit(deps, request);
    const plan = planBooking(visit.offer, readChoice(request.query), 'time');
    if (!isReady(plan)) return seeOther(bookHref(plan.choice));
    // With its token in the address the form stays the same when somebody comes back to it.
    const { form } = plan.choice;
    if (!form) {
      const { formToken } = dataOf(await visit.api.getFormToken({}));
      return seeOther(href('/book/wait', choiceParams({ ...plan.choice, form: formToken })));
    }
    const typed = draftOf(request, form);
    if (typed.has('from')) return show({ visit, plan, wish: { ...readWish(typed), formToken: form } });
    const { day, from } = plan.choice;
    const wish = emptyWish(form, day ?? from ?? localDate(deps.now(), plan.place?.zone ?? 'UTC'));
    const to = addDays(wish.from, usualDays);
    return show({ visit, plan, wish: { ...wish, ...readEntry(typed), formToken: form, to } });
  };

/** POST /book/wait */
export const sendWaitPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const form = request.form ?? new URLSearchParams();
    const visit = await openVisit(deps, request);
    const plan = planBooking(visit.offer, readChoice(form), 'time');
    if (!isReady(plan)) return seeOther(bookHref(plan.choice));
    const wish = readWish(form);
    const body = waitingBody(plan.choice, wish, visit.visitor.language);
    const outcome = await visit.api.joinWaitingList({ body, idempotencyKey: keyOf(body) });
    if (outcome.ok) {
      return seeOther(href(linkPath('w', outcome.data.token), [['done', 'joined'], ...carriedLanguage(visit)]), [
        forgetDraft(request, wish.formToken),
      ]);
    }
    const { problem } = outcome;
    const isLate = problem.code === 'form_rejected' && problem.retryAfter === undefined;
    const formToken = isLate ? dataOf(await visit.api.getFormToken({})).formToken : wish.formToken;
    return show({
      visit,
      plan,
      wish: { ...wish, formToken },
      status: problem.status,
      cookies: [keepDraft(request, formToken, [...entryParams(wish), ...waitFields(form)])],
      faults: fieldFaults(problem, wish, visit.visitor.words),
      notice: (
        <ProblemNotice problem={problem} places={plan.place && [plan.place]}>
          <OtherFaults problem={problem} />
        </ProblemNotice>
      ),
    });
  };

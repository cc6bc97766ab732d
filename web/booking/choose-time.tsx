import { dataOf } from '../api.ts';
import type { Page, PageDeps } from '../frame/page.ts';
import { Notice } from '../frame/parts/notice.tsx';
import { seeOther } from '../frame/respond.tsx';
import { bookHref, readChoice } from './choice/choice.ts';
import { visitOf } from './choice/entry.ts';
import { openVisit } from './choice/open.ts';
import { planBooking } from './choice/plan.ts';
import { weekFor } from './page.tsx';
import { stepPage } from './step-page.tsx';
import { TimeStep } from './steps/time.tsx';

/**
 * POST /book/time: keeps the chosen time while the form is filled. Where it can't be kept for another reason than that
 * somebody has it, the form comes all the same: keeping is a courtesy, booking decides.
 */
export const chooseTimePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openVisit(deps, request);
    const { words } = visit.visitor;
    const plan = planBooking(visit.offer, readChoice(request.form ?? new URLSearchParams()));
    const { form, startsAt } = plan.choice;
    if (plan.step !== 'details' || !form || !startsAt) return seeOther(bookHref(plan.choice));
    const held = await visit.api.holdTime({ body: { ...visitOf(plan.choice), formToken: form } });
    if (held.ok) return seeOther(bookHref({ ...plan.choice, kept: held.data.heldUntil }));
    const { code, status } = held.problem;
    if (code !== 'time_taken' && code !== 'time_unavailable') {
      return seeOther(bookHref({ ...plan.choice, kept: undefined, form: code === 'form_rejected' ? undefined : form }));
    }
    const again = { ...plan, step: 'time' as const, choice: { ...plan.choice, startsAt: undefined } };
    const { formToken } = dataOf(await visit.api.getFormToken({}));
    return stepPage({
      visit,
      plan: again,
      faulty: true,
      status,
      children: (
        <TimeStep
          plan={again}
          week={await weekFor(visit, again, deps.now())}
          formToken={formToken}
          notice={
            <Notice kind="fault" title={words.book.takenTitle}>
              <p>{words.book.chooseAnother}</p>
            </Notice>
          }
        />
      ),
    });
  };

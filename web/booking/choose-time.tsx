import { dataOf } from '../api.ts';
import type { Page, PageDeps } from '../frame/page.ts';
import { Notice } from '../frame/parts/notice.tsx';
import { seeOther } from '../frame/respond.tsx';
import { bookHref, type Choice, readChoice } from './choice/choice.ts';
import { visitOf } from './choice/entry.ts';
import { openVisit, type Visit } from './choice/open.ts';
import { planBooking } from './choice/plan.ts';
import { weekFor } from './page.tsx';
import { stepPage } from './step-page.tsx';
import { TimeStep } from './steps/time.tsx';

/** Keeps the time under the form's token; under another where the form has booked already, or is too old. */
const hold = async (visit: Visit, choice: Choice, formToken: string) => {
  const keep = (form: string) => visit.api.holdTime({ body: { ...visitOf(choice), formToken: form } });
  const held = await keep(formToken);
  if (held.ok || !spent.has(held.problem.code)) return { held, formToken };
  const fresh = dataOf(await visit.api.getFormToken({})).formToken;
  return { held: await keep(fresh), formToken: fresh };
};
const spent = new Set(['form_used', 'form_rejected']);

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
    const { held, formToken } = await hold(visit, plan.choice, form);
    const choice = { ...plan.choice, form: formToken };
    if (held.ok) return seeOther(bookHref({ ...choice, kept: held.data.heldUntil }));
    const { code, status } = held.problem;
    if (code !== 'time_taken' && code !== 'time_unavailable') return seeOther(bookHref({ ...choice, kept: undefined }));
    const again = { ...plan, step: 'time' as const, choice: { ...choice, startsAt: undefined } };
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

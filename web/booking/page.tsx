import { localDate } from '../../shared/platform/time/time.ts';
import { type Availability, dataOf } from '../api.ts';
import type { Page, PageDeps } from '../frame/page.ts';
import { seeOther } from '../frame/respond.tsx';
import { bookHref, type Choice, readChoice } from './choice/choice.ts';
import { draftOf } from './choice/draft.ts';
import { readEntry } from './choice/entry.ts';
import { openVisit, type Visit } from './choice/open.ts';
import { type Plan, planBooking } from './choice/plan.ts';
import { stepPage } from './step-page.tsx';
import { DetailsStep } from './steps/details.tsx';
import { LocationStep } from './steps/location.tsx';
import { ServicesStep } from './steps/services.tsx';
import { StaffStep } from './steps/staff.tsx';
import { TimeStep } from './steps/time.tsx';
import { lookUpWeek, type Week } from './week.ts';

export const weekFor = (visit: Visit, plan: Plan, now: number): Promise<Week> => {
  const { choice } = plan;
  return lookUpWeek({
    today: localDate(now, plan.place?.zone ?? 'UTC'),
    horizonDays: visit.business.booking.horizonDays,
    from: choice.from,
    day: choice.day,
    fetchDays: (from, to) => freeDays(visit, choice, from, to),
  });
};

/** To a form that keeps a time, that time is free. */
const freeDays = async ({ api }: Visit, choice: Choice, from: string, to: string): Promise<Availability> => {
  const { location = '', services, staff, form } = choice;
  const query = { location, services: services.join(','), staff: staff?.join(','), from, to };
  const own = form ? await api.getAvailabilityForForm({ params: { token: form }, query }) : undefined;
  return own?.ok ? own.data : dataOf(await api.getAvailability({ query }));
};

/** The form's own, where it keeps a time already. */
const tokenFor = async (visit: Visit, { choice }: Plan): Promise<string> =>
  choice.form ?? dataOf(await visit.api.getFormToken({})).formToken;

/** GET /book: the step that comes next, or the one asked for. */
export const bookPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openVisit(deps, request);
    const plan = planBooking(visit.offer, readChoice(request.query), request.query.get('step'));
    switch (plan.step) {
      case 'services': {
        const unanswered = request.query.has('chosen') && plan.services.length === 0;
        return stepPage({
          visit,
          plan,
          faulty: unanswered || plan.conflict !== undefined,
          children: <ServicesStep plan={plan} offer={visit.offer} unanswered={unanswered} />,
        });
      }
      case 'location':
        return stepPage({ visit, plan, children: <LocationStep plan={plan} /> });
      case 'staff':
        return stepPage({ visit, plan, children: <StaffStep plan={plan} each={request.query.has('each')} /> });
      case 'time':
        return stepPage({
          visit,
          plan,
          children: (
            <TimeStep
              plan={plan}
              week={await weekFor(visit, plan, deps.now())}
              formToken={await tokenFor(visit, plan)}
            />
          ),
        });
      case 'details': {
        // With its token in the address the form stays the same when somebody comes back to it.
        if (!plan.choice.form) return seeOther(bookHref({ ...plan.choice, form: await tokenFor(visit, plan) }));
        const { form } = plan.choice;
        const entry = { ...readEntry(draftOf(request, form)), formToken: form };
        return stepPage({
          visit,
          plan,
          hasEntry: true,
          children: <DetailsStep plan={plan} business={visit.business} entry={entry} faults={[]} now={deps.now()} />,
        });
      }
    }
  };

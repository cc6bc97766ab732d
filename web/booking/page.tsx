import { newId } from '../../shared/platform/ids.ts';
import { localDate } from '../../shared/platform/time/time.ts';
import { dataOf } from '../api.ts';
import type { Page, PageDeps } from '../frame/page.ts';
import { readChoice } from './choice/choice.ts';
import { emptyEntry } from './choice/entry.ts';
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
    fetchDays: async (from, to) =>
      dataOf(
        await visit.api.getAvailability({
          query: {
            location: choice.location ?? '',
            services: choice.services.join(','),
            staff: choice.staff?.join(','),
            from,
            to,
          },
        }),
      ),
  });
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
        const entry = emptyEntry(await tokenFor(visit, plan), newId(deps.random));
        return stepPage({
          visit,
          plan,
          children: <DetailsStep plan={plan} business={visit.business} entry={entry} faults={[]} now={deps.now()} />,
        });
      }
    }
  };

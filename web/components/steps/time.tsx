import { bookHref } from '../../booking/choice.ts';
import type { Plan } from '../../booking/steps.ts';
import type { Week } from '../../booking/week.ts';
import { Contacts } from '../contacts.tsx';
import { StepFrame } from '../step-frame.tsx';
import { WeekOfTimes } from '../week.tsx';

export const TimeStep = ({ plan, week }: { plan: Plan; week: Week }) => {
  const from = week.days[0]?.date;
  const choice = { ...plan.choice, from, day: undefined, startsAt: undefined };
  return (
    <StepFrame plan={plan}>
      <WeekOfTimes
        week={week}
        links={{
          week: (first) => bookHref({ ...choice, from: first }, 'time'),
          day: (date) => bookHref({ ...choice, day: date }, 'time'),
          time: (startsAt) => bookHref({ ...choice, day: week.open?.date, startsAt }),
        }}
      />
      {!week.open && !week.nextFree && plan.place && <Contacts places={[plan.place]} />}
    </StepFrame>
  );
};

import type { ComponentChildren } from 'preact';
import { href } from '../../frame/address.ts';
import { Contacts } from '../../frame/parts/contacts.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { bookHref, choiceParams } from '../choice/choice.ts';
import type { Plan } from '../choice/plan.ts';
import type { Week } from '../week.ts';
import { WeekOfTimes } from '../week-view.tsx';
import { StepFrame } from './frame.tsx';

interface Props {
  plan: Plan;
  week: Week;
  /** With which the form will be sent, and under which the chosen time is kept meanwhile. */
  formToken: string;
  notice?: ComponentChildren;
}

export const TimeStep = ({ plan, week, formToken, notice }: Props) => {
  const { words } = useVisitor();
  const from = week.days[0]?.date;
  const choice = { ...plan.choice, from, day: undefined, startsAt: undefined };
  return (
    <StepFrame plan={plan} notice={notice}>
      <WeekOfTimes
        week={week}
        links={{
          week: (first) => bookHref({ ...choice, from: first }, 'time'),
          day: (date) => bookHref({ ...choice, day: date }, 'time'),
          time: {
            action: '/book/time',
            carried: choiceParams({ ...choice, day: week.open?.date, form: formToken }),
          },
        }}
      />
      <p>
        <a class="quiet" href={href('/book/wait', choiceParams({ ...choice, day: plan.choice.day, form: formToken }))}>
          {words.waiting.instead}
        </a>
      </p>
      {!week.open && !week.nextFree && plan.place && <Contacts places={[plan.place]} />}
    </StepFrame>
  );
};

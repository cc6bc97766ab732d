import { entryForm } from '../../frame/address.ts';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { Notice } from '../../frame/parts/notice.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { choiceParams } from '../choice/choice.ts';
import { type Entry, entryParams } from '../choice/entry.ts';
import type { Plan } from '../choice/plan.ts';
import { StepFrame } from './frame.tsx';
import { StepLink } from './step-link.tsx';

/** The form has booked already. `entry`: what was entered, in a form of its own, for booking once more. */
export const UsedStep = ({ plan, entry }: { plan: Plan; entry: Entry }) => {
  const { words } = useVisitor();
  const { title, text } = words.problems.form_used;
  const choice = { ...plan.choice, startsAt: undefined, form: undefined };
  return (
    <StepFrame
      plan={{ ...plan, step: 'time', choice }}
      notice={
        <Notice kind="fault" title={title}>
          <p>{text}</p>
        </Notice>
      }
    >
      <form id={entryForm} method="post" action="/book/change">
        <Hidden values={[...choiceParams(choice), ...entryParams(entry)]} />
        <p>
          <StepLink plan={plan} step="time" class="button">
            {words.newBooking}
          </StepLink>
        </p>
      </form>
    </StepFrame>
  );
};

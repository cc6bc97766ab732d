import type { ComponentChildren } from 'preact';
import { Icon } from '../../frame/parts/icon.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { bookHref } from '../choice/choice.ts';
import { type Plan, stepBefore } from '../choice/plan.ts';
import { VisitSummary } from '../visit-summary.tsx';
import { Progress } from './progress.tsx';

interface Props {
  plan: Plan;
  /** Above the heading: what went wrong. */
  notice?: ComponentChildren;
  children: ComponentChildren;
}

/** Frame of all steps of booking: progress, heading, the way back, the visit so far. */
export const StepFrame = ({ plan, notice, children }: Props) => {
  const { words } = useVisitor();
  const before = stepBefore(plan);
  return (
    <div class={plan.step === 'services' ? undefined : 'split'}>
      <div class="step">
        <Progress plan={plan} />
        {notice}
        <h1>{words.book.headings[plan.step]}</h1>
        {children}
        {before && (
          <p class="back">
            <a class="quiet" href={bookHref(plan.choice, before)}>
              <Icon name="back" />
              {words.back}
            </a>
          </p>
        )}
      </div>
      {plan.step !== 'services' && <VisitSummary plan={plan} />}
    </div>
  );
};

import type { ComponentChildren } from 'preact';
import { Icon } from '../../frame/parts/icon.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { type Plan, stepBefore } from '../choice/plan.ts';
import { Gist } from '../gist.tsx';
import { VisitSummary } from '../visit-summary.tsx';
import { Progress } from './progress.tsx';
import { StepLink } from './step-link.tsx';

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
        {plan.step !== 'services' && <Gist plan={plan} />}
        {children}
        {before && (
          <p class="back">
            <StepLink plan={plan} step={before} class="quiet">
              <Icon name="back" />
              {words.back}
            </StepLink>
          </p>
        )}
      </div>
      {plan.step !== 'services' && <VisitSummary plan={plan} />}
    </div>
  );
};

import { useVisitor } from '../../frame/visitor.ts';
import type { Plan, Step } from '../choice/plan.ts';
import { StepLink } from './step-link.tsx';

/** Place among the steps; those that are done lead back. */
export const Progress = ({ plan }: { plan: Plan }) => {
  const { words, format } = useVisitor();
  const { steps, step: current } = plan;
  const position = steps.indexOf(current);
  const place = words.book.progress(format.number(position + 1), format.number(steps.length));
  const name = (step: Step) => words.book.steps[step];
  return (
    <nav class="progress" aria-label={place}>
      <ol>
        {steps.map((step, index) => (
          <li key={step} class={index < position ? 'past' : undefined}>
            {index < position ? (
              <StepLink plan={plan} step={step}>
                {name(step)}
              </StepLink>
            ) : (
              <span aria-current={step === current ? 'step' : undefined}>{name(step)}</span>
            )}
          </li>
        ))}
      </ol>
      <p aria-hidden="true">
        {place} · {name(current)}
      </p>
    </nav>
  );
};

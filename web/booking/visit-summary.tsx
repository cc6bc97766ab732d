import type { ComponentChildren } from 'preact';
import { useVisitor } from '../frame/visitor.ts';
import { namesOf, type Plan, type Step } from './choice/plan.ts';
import { totalOf } from './choice/total.ts';
import { StepLink } from './steps/step-link.tsx';

interface LineProps {
  term: string;
  /** Step in which this can be chosen again. */
  change?: { plan: Plan; step: Step; what: string } | undefined;
  children: ComponentChildren;
}

const Line = ({ term, change, children }: LineProps) => {
  const { words } = useVisitor();
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <div>{children}</div>
        {change && (
          <StepLink plan={change.plan} step={change.step} label={words.book.changeWhat(change.what)}>
            {words.change}
          </StepLink>
        )}
      </dd>
    </div>
  );
};

const Names = ({ names }: { names: readonly string[] }) =>
  names.map((name) => (
    <bdi key={name} class="row">
      {name}
    </bdi>
  ));

/** Choices so far, each with a way back to change it. */
export const VisitSummary = ({ plan }: { plan: Plan }) => {
  const { words, format } = useVisitor();
  const { choice, services, place } = plan;
  const names = namesOf(plan, words.book.anyone);
  const total = totalOf(services);

  const changeOf = (step: Step, what: string) =>
    plan.steps.includes(step) && step !== plan.step ? { plan, step, what } : undefined;

  return (
    <aside class="summary" aria-label={words.book.visit}>
      <h2>{words.book.visit}</h2>
      <dl>
        <Line
          term={format.count(services.length, words.book.service)}
          change={changeOf('services', words.book.steps.services)}
        >
          <Names names={services.map((service) => service.name)} />
        </Line>
        {place && (
          <Line term={words.book.place} change={changeOf('location', words.book.place)}>
            <Names names={[place.name]} />
          </Line>
        )}
        {choice.staff && names.length > 0 && (
          <Line term={words.book.person} change={changeOf('staff', words.book.person)}>
            <Names names={names} />
          </Line>
        )}
        {choice.startsAt && place && plan.step === 'details' && (
          <Line term={words.book.time} change={changeOf('time', words.book.time)}>
            <span class="row">{format.date(choice.startsAt, place.zone)}</span>
            <span class="row">{format.time(choice.startsAt, place.zone)}</span>
            <span class="row fine">{words.timeZone(format.zoneName(choice.startsAt, place.zone))}</span>
          </Line>
        )}
        {total && (
          <Line term={words.book.total}>
            <b>{format.money(total.price)}</b>
            <span class="fine"> · {format.duration(total.minutes)}</span>
          </Line>
        )}
      </dl>
    </aside>
  );
};

import type { ComponentChildren } from 'preact';
import type { Business } from '../api.ts';
import { choiceParams } from '../booking/choice/choice.ts';
import type { Plan } from '../booking/choice/plan.ts';
import { Names, Reach, Seats } from '../booking/steps/details.tsx';
import { StepLink } from '../booking/steps/step-link.tsx';
import { VisitSummary } from '../booking/visit-summary.tsx';
import { entryForm } from '../frame/address.ts';
import { ErrorSummary } from '../frame/parts/error-summary.tsx';
import { Field } from '../frame/parts/field.tsx';
import type { FieldFault } from '../frame/parts/field-fault.ts';
import { Hidden } from '../frame/parts/hidden.tsx';
import { Honeypot } from '../frame/parts/honeypot.tsx';
import { Icon } from '../frame/parts/icon.tsx';
import { useVisitor } from '../frame/visitor.ts';
import { type PartOfDay, partsOfDay, type Wish } from './wish.ts';

interface Props {
  plan: Plan;
  business: Business;
  wish: Wish;
  faults: readonly FieldFault[];
  notice?: ComponentChildren;
}

/** For which days and times of day one waits, and how one is reached. */
export const WaitForm = ({ plan, business, wish, faults, notice }: Props) => {
  const { words } = useVisitor();
  const says = words.waiting;
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.text;
  const day = (field: 'from' | 'to') => (
    <Field
      id={field}
      label={says[field]}
      fault={faultOf(field)}
      control={(tied) => <input {...tied} type="date" value={wish[field]} required />}
    />
  );
  const most = plan.services[0]?.seats;
  return (
    <div class="split">
      <div class="step">
        {faults.length > 0 ? <ErrorSummary faults={faults} /> : notice}
        <h1>{says.heading}</h1>
        <p class="lead">{says.intro}</p>
        <form id={entryForm} method="post" action="/book/wait" target="_top" noValidate>
          <Hidden
            values={[
              ...choiceParams({
                ...plan.choice,
                from: undefined,
                day: undefined,
                startsAt: undefined,
                form: undefined,
              }),
              ['formToken', wish.formToken],
              ['at', 'wait'],
            ]}
          />
          <div class="pair">
            {day('from')}
            {day('to')}
          </div>
          <Field
            id="part"
            label={says.part}
            control={(tied) => (
              <select {...tied}>
                {(Object.keys(partsOfDay) as PartOfDay[]).map((part) => (
                  <option key={part} value={part} selected={part === wish.part}>
                    {part === 'any' ? says.anyTime : words.book.parts[part]}
                  </option>
                ))}
              </select>
            )}
          />
          {most && <Seats entry={wish} most={most} fault={faultOf('seats')} />}
          <Names entry={wish} faultOf={faultOf} />
          <Reach entry={wish} country={business.country} faultOf={faultOf} />
          <Honeypot />
          <div class="onward">
            <button type="submit">{says.send}</button>
          </div>
        </form>
        <p class="back">
          <StepLink plan={plan} step="time" class="quiet">
            <Icon name="back" />
            {words.back}
          </StepLink>
        </p>
      </div>
      <VisitSummary plan={plan} />
    </div>
  );
};

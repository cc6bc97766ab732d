import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { entryForm } from '../../frame/address.ts';
import { bookHref } from '../choice/choice.ts';
import type { Plan, Step } from '../choice/plan.ts';

const CarriesEntry = createContext(false);
/** Marks steps that hold a form into which something may have been typed. */
export const CarriesEntryProvider = CarriesEntry.Provider;

interface Props {
  plan: Plan;
  step: Step;
  class?: string;
  label?: string;
  children: ComponentChildren;
}

/** Leads to a step; from a form it takes along what has been typed. */
export const StepLink = ({ plan, step, class: kind, label, children }: Props) =>
  useContext(CarriesEntry) ? (
    <button
      type="submit"
      form={entryForm}
      formaction="/book/change"
      formtarget="_self"
      formnovalidate
      name="step"
      value={step}
      class={kind ? `link ${kind}` : 'link'}
      aria-label={label}
    >
      {children}
    </button>
  ) : (
    <a href={bookHref(plan.choice, step)} class={kind} aria-label={label}>
      {children}
    </a>
  );

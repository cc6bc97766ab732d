import type { ComponentChildren } from 'preact';
import type { PageResponse } from '../frame/page.ts';
import { page } from '../frame/respond.tsx';
import { choiceParams } from './choice/choice.ts';
import type { Visit } from './choice/open.ts';
import type { Plan } from './choice/plan.ts';
import { CarriesEntryProvider } from './steps/step-link.tsx';

interface Props {
  visit: Visit;
  plan: Plan;
  faulty?: boolean;
  status?: number;
  /** The step holds the form into which visitors type who they are. */
  hasEntry?: boolean;
  cookies?: readonly string[];
  children: ComponentChildren;
}

/** A step of booking as a page; its language can be switched without losing the choice. */
export const stepPage = ({
  visit,
  plan,
  faulty = false,
  status = 200,
  hasEntry = false,
  cookies,
  children,
}: Props): PageResponse => {
  const { request, business, visitor } = visit;
  const { words } = visitor;
  const title = `${words.book.headings[plan.step]} · ${words.book.title}`;
  return page({
    request,
    visitor,
    business,
    title: faulty ? words.errorTitle(title) : title,
    // For whoever finds the page; later steps are found by nobody.
    ...(plan.step === 'services' && { description: words.book.about(business.name) }),
    status,
    access: 'open',
    here: { path: '/book', params: [['step', plan.step], ...choiceParams(plan.choice)], hasEntry },
    cookies,
    children: <CarriesEntryProvider value={hasEntry}>{children}</CarriesEntryProvider>,
  });
};

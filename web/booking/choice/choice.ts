import { isLocalDate } from '../../../shared/platform/time/time.ts';
import { href, type Params } from '../../frame/address.ts';

/** The visitor's choices so far. The address has them, so every step can be linked to, reloaded and gone back to. */
export interface Choice {
  /** Ids, in the order chosen. */
  services: readonly string[];
  location?: string | undefined;
  /** One person for the whole visit, or one for each service. */
  staff?: readonly string[] | undefined;
  /** First day of the week shown. */
  from?: string | undefined;
  /** Day of that week whose times are shown. */
  day?: string | undefined;
  startsAt?: string | undefined;
  /** The form under whose token the chosen time is kept. */
  form?: string | undefined;
  /** Until when it is kept. */
  kept?: string | undefined;
  /** Source of the visitor, given by whoever links to the page. */
  source?: string | undefined;
  /** Only where the address names it. */
  lang?: string | undefined;
}

const slug = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** The time as availability gives it; local times without an offset are left to the API's other callers. */
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;
export const maxServices = 8;

const isMoment = (text: string): boolean =>
  moment.test(text) && isLocalDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));

/** Reads an address or a form; what can't be is left out. */
export const readChoice = (params: URLSearchParams): Choice => {
  const one = (name: string, valid: (text: string) => boolean): string | undefined => {
    const text = params.get(name);
    return text && valid(text) ? text : undefined;
  };
  const slugs = (name: string): string[] => params.getAll(name).filter((text) => slug.test(text));
  const staff = slugs('staff').slice(0, maxServices);
  return {
    services: [...new Set(slugs('service'))],
    location: one('location', (text) => slug.test(text)),
    staff: staff.length > 0 ? staff : undefined,
    from: one('from', isLocalDate),
    day: one('day', isLocalDate),
    startsAt: one('startsAt', isMoment),
    form: one('form', (text) => /^[\w-]{20,200}$/.test(text)),
    kept: params.get('startsAt') ? one('kept', isMoment) : undefined,
    source: (params.get('source') ?? params.get('utm_source') ?? '').slice(0, 100) || undefined,
    lang: one('lang', (text) => /^[a-z]{2}$/.test(text)),
  };
};

export const choiceParams = (choice: Choice): Params => {
  const { services, staff = [], ...single } = choice;
  return [
    ...services.map((id) => ['service', id] as const),
    ...staff.map((id) => ['staff', id] as const),
    ...(['location', 'from', 'day', 'startsAt', 'form', 'kept', 'source', 'lang'] as const).flatMap((name) => {
      const value = single[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  ];
};

/** `step` asks for a step again; without it, the first unanswered one is shown. */
export const bookHref = (choice: Choice, step?: string): string =>
  href('/book', [...(step ? [['step', step] as const] : []), ...choiceParams(choice)]);

import type { Channel, Language } from '../../platform/fields.ts';
import { localeOf } from '../../platform/time/locale.ts';
import type { Instant } from '../../platform/time/time.ts';
import { type Moment, momentValues } from './moment.ts';

/** Act of client or staff that a message answers. */
export const acts = ['booking', 'move', 'cancellation'] as const;
export type Act = (typeof acts)[number];

/** One of several appointments. `zone`: IANA, of its location. */
interface SeriesDate {
  startsAt: Instant;
  zone: string;
  /** Names in the language of the message. */
  services: readonly string[];
  location: string;
}

/** Appointments that were booked, moved or cancelled together, in order of time; the first is the one that the message names. */
export interface SeriesSummary {
  act: Act;
  dates: readonly SeriesDate[];
}

type Described = Moment & { repeats?: SeriesSummary | undefined };

/** Beginning of the sentence, without a stop: how many they are, and what became of them. */
const countOf: Record<Language, (n: string, act: Act, plural: Intl.LDMLPluralRule) => string> = {
  en: (n, act) => {
    const what = { booking: '', move: ' that have been moved', cancellation: ' that have been cancelled' };
    return `This is the first of ${n} appointments${what[act]}`;
  },
  bn: (n, act) =>
    ({
      booking: `${n}টি অ্যাপয়েন্টমেন্টের মধ্যে এটি প্রথম`,
      move: `যে ${n}টি অ্যাপয়েন্টমেন্টের সময় বদলেছে, এটি তার প্রথম`,
      cancellation: `যে ${n}টি অ্যাপয়েন্টমেন্ট বাতিল হয়েছে, এটি তার প্রথম`,
    })[act],
  hi: (n, act) =>
    ({
      booking: `कुल ${n} अपॉइंटमेंट में से यह पहला है`,
      move: `जिन ${n} अपॉइंटमेंट का समय बदला है, उनमें से यह पहला है`,
      cancellation: `रद्द हुए ${n} अपॉइंटमेंट में से यह पहला है`,
    })[act],
  ru: (n, act, plural) => {
    const what = {
      booking: plural === 'one' ? 'записи' : 'записей',
      move: plural === 'one' ? 'перенесённой записи' : 'перенесённых записей',
      cancellation: plural === 'one' ? 'отменённой записи' : 'отменённых записей',
    };
    return `Это первая из ${n} ${what[act]}`;
  },
};

/** End of the sentence for a text message. */
const lastOn: Record<Language, (date: string) => string> = {
  en: (date) => `, the last on ${date}.`,
  bn: (date) => `, শেষটি ${date}।`,
  hi: (date) => `, आख़िरी ${date} को है।`,
  ru: (date) => `, последняя: ${date}.`,
};

/** A line for each: when, and in which service or location it differs from the first. */
const linesOf = (visit: Described, dates: readonly SeriesDate[]): string[] => {
  const servicesOf = ({ services }: SeriesDate) => services.join(', ');
  const [first] = dates;
  return dates.map((each) => {
    const { when } = momentValues({ ...visit, startsAt: each.startsAt, location: { zone: each.zone } });
    const services = first && servicesOf(each) !== servicesOf(first) ? servicesOf(each) : undefined;
    const location = each.location === first?.location ? undefined : each.location;
    return [when, services, location].filter((part) => part !== undefined).join(' · ');
  });
};

/**
 * For a mail: the number of appointments, what became of them, and a line for each. For a text message the number and the
 * last one. Empty for a single one.
 */
export const repeatsText = (visit: Described, channel: Channel): string => {
  const { act, dates = [] } = visit.repeats ?? {};
  const last = dates.at(-1);
  if (!act || !last || dates.length < 2) return '';
  const { language, country } = visit;
  const n = new Intl.NumberFormat(localeOf(language, country)).format(dates.length);
  const count = countOf[language](n, act, new Intl.PluralRules(language).select(dates.length));
  if (channel === 'email') return [`${count}:`, ...linesOf(visit, dates)].join('\n');
  const { date = '' } = momentValues({ ...visit, startsAt: last.startsAt, location: { zone: last.zone } });
  return `${count}${lastOn[language](date)}`;
};

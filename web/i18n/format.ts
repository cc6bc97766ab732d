import type { Language, Money } from '../../shared/platform/fields.ts';
import { localeOf } from '../../shared/platform/time/locale.ts';

/** Forms of one text by number; `{n}` stands for the number. Each language gives the forms that its rules tell apart. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Numbers, prices, dates and times in one language. Moments are ISO 8601 texts or milliseconds, dates `YYYY-MM-DD`. */
export interface Format {
  number(value: number): string;
  count(value: number, forms: Plural): string;
  money(money: Money): string;
  duration(minutes: number): string;
  list(items: readonly string[]): string;
  region(country: string): string;
  /** `Tuesday 24 November`. */
  day(date: string): string;
  weekday(date: string): string;
  dayOfMonth(date: string): string;
  days(from: string, until: string): string;
  /** `Tuesday 24 November 2026`. */
  date(moment: string | number, zone: string): string;
  time(moment: string | number, zone: string): string;
  /** The time under a heading that names the part of the day. */
  timeInPart(moment: string | number, zone: string): string;
  zoneName(moment: string | number, zone: string): string;
}

/** Bengali and Hindi name the part of the day where English has am and pm, and name it first. */
const namesPartOfDay = new Set<Language>(['bn', 'hi']);

/** The short forms of units read well in some languages and like a telegram in others. */
const unitDisplay = { en: 'short', ru: 'short', bn: 'long', hi: 'long' } as const satisfies Record<Language, string>;

/** Seven stand side by side on a phone; Bengali's short names are too long for that. */
const weekdayWidth = { en: 'short', ru: 'short', hi: 'short', bn: 'narrow' } as const satisfies Record<
  Language,
  string
>;

const dayFields = { weekday: 'long', day: 'numeric', month: 'long' } as const;

const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);

const build = (locale: string, language: Language): Format => {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = JSON.stringify(options);
    const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
    formatters.set(key, formatter);
    return formatter;
  };
  const plainDate = (options: Intl.DateTimeFormatOptions) => dates({ ...options, timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const unit = (value: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: unitDisplay[language] }).format(value);

  const spoken = (moment: string | number, timeZone: string): { part: string; clock: string } => {
    const date = new Date(moment);
    if (!namesPartOfDay.has(language)) return { part: '', clock: dates({ timeStyle: 'short', timeZone }).format(date) };
    const options = { hour: 'numeric', minute: '2-digit', timeZone } as const;
    const parts = dates({ ...options, hour12: true, dayPeriod: 'short' }).formatToParts(date);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
    return { part: part('dayPeriod'), clock: `${part('hour')}:${part('minute')}` };
  };
  const time = (moment: string | number, timeZone: string): string => {
    const { part, clock } = spoken(moment, timeZone);
    return part ? `${part} ${clock}` : clock;
  };

  return {
    number: (value) => numbers.format(value),
    count: (value, forms) => (forms[plurals.select(value)] ?? forms.other).replace('{n}', numbers.format(value)),
    money: ({ amount, currency }) => {
      const formatter = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        trailingZeroDisplay: 'stripIfInteger',
      } as Intl.NumberFormatOptions);
      return formatter.format(amount / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2));
    },
    duration: (minutes) => {
      const hours = Math.floor(minutes / 60);
      const rest = minutes % 60;
      return [hours > 0 && unit(hours, 'hour'), (rest > 0 || hours === 0) && unit(rest, 'minute')]
        .filter(Boolean)
        .join(' ');
    },
    list: (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
    region: (code) => new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code,
    day: (date) => plainDate(dayFields).format(utc(date)),
    weekday: (date) => plainDate({ weekday: weekdayWidth[language] }).format(utc(date)),
    dayOfMonth: (date) => numbers.format(utc(date).getUTCDate()),
    days: (from, until) => plainDate({ day: 'numeric', month: 'long' }).formatRange(utc(from), utc(until)),
    date: (moment, timeZone) => dates({ ...dayFields, year: 'numeric', timeZone }).format(new Date(moment)),
    time,
    timeInPart: (moment, timeZone) => spoken(moment, timeZone).clock,
    zoneName: (moment, timeZone) =>
      dates({ timeZone, timeZoneName: 'longGeneric' })
        .formatToParts(new Date(moment))
        .find((part) => part.type === 'timeZoneName')?.value ?? timeZone,
  };
};

const formats = new Map<string, Format>();

/** Making formatters costs more than using them, so they are kept. */
export const createFormat = (language: Language, country?: string): Format => {
  const key = `${language}-${country ?? ''}`;
  const format = formats.get(key) ?? build(localeOf(language, country), language);
  formats.set(key, format);
  return format;
};

import type { Language } from '../../platform/fields.ts';
import { localeOf } from '../../platform/time/locale.ts';
import { day, type Instant } from '../../platform/time/time.ts';
import type { Values } from './placeholders.ts';

/** From this far on a date without its year could be read as the wrong one. */
export const farAway = 300 * day;

/** A visit's start, for whoever is told of it. */
export interface Moment {
  language: Language;
  country: string;
  startsAt: Instant;
  now: Instant;
  location: { zone: string };
}

/**
 * The clock as people say it. Bengali and Hindi name the part of the day before the hour (সকাল ১০:৩০, शाम 7:05),
 * where Intl would write AM and PM.
 */
const clockOf = (moment: Moment): string => {
  const { language, country, startsAt, location } = moment;
  const spoken = language === 'bn' || language === 'hi';
  const format = new Intl.DateTimeFormat(localeOf(language, country), {
    timeZone: location.zone,
    hour: 'numeric',
    minute: '2-digit',
    ...(spoken ? { dayPeriod: 'short' } : {}),
  });
  if (!spoken) return format.format(startsAt);
  const parts = format.formatToParts(startsAt);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  // Intl's রাত্রি is literary.
  return `${part('dayPeriod').replace('রাত্রি', 'রাত')} ${part('hour')}:${part('minute')}`;
};

/** Local date and time in the four shapes that templates ask for. */
export const momentValues = (moment: Moment): Pick<Values, 'date' | 'time' | 'when' | 'whenShort'> => {
  const { language, country, startsAt, now, location } = moment;
  const year = Math.abs(startsAt - now) > farAway ? ({ year: 'numeric' } as const) : {};
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(localeOf(language, country), { timeZone: location.zone, ...year, ...options }).format(
      startsAt,
    );
  const clock = clockOf(moment);
  const long = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const when = {
    en: () => format({ ...long, hour: 'numeric', minute: '2-digit' }),
    ru: () => format({ ...long, hour: 'numeric', minute: '2-digit' }),
    bn: () => `${format(long)}, ${clock}`,
    hi: () => `${format(long)} को ${clock} बजे`,
  };
  return {
    date: format({ day: 'numeric', month: 'long' }),
    time: language === 'hi' ? `${clock} बजे` : clock,
    when: when[language](),
    whenShort: `${format({ weekday: 'short', day: 'numeric', month: 'short' })}, ${clock}`,
  };
};

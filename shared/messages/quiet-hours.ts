import type { Period, Touchpoint } from '../business/catalogue.ts';
import {
  addDays,
  type Instant,
  instantAtOrAfter,
  localDate,
  localTime,
  minute,
  offsetMinutes,
} from '../platform/time/time.ts';

/** Quiet from `from` on, no longer at `until`. */
export interface QuietWindow {
  from: Instant;
  until: Instant;
}

/** A message that must go before the quiet hours goes this long before them: schedules are up to a minute late. */
export const beforeQuiet = 5 * minute;
/** A message before a visit is of use until this long before its start. */
const latestBeforeStart = 60 * minute;

/** Takes the later of a local time that the autumn change repeats: quiet hours last until the clock shows their end for good. */
const lastTime = (instant: Instant, zone: string): Instant => {
  const setBack = offsetMinutes(instant, zone) - offsetMinutes(instant + 180 * minute, zone);
  const later = instant + setBack * minute;
  return setBack > 0 && localTime(later, zone) === localTime(instant, zone) ? later : instant;
};

/** `24:00` as a beginning is the next day's `00:00`. */
const beginning = (time: string): string => (time === '24:00' ? '00:00' : time);

/**
 * The quiet hours around an instant, by the location's clock; they may span midnight. Equal times (or 00:00 to 24:00)
 * leave no hour to send in and therefore mean that there are no quiet hours.
 */
export const quietWindow = (instant: Instant, quietHours: Period, zone: string): QuietWindow | undefined => {
  const from = beginning(quietHours.from);
  const { until } = quietHours;
  if (from === beginning(until)) return undefined;
  const today = localDate(instant, zone);
  for (const date of [addDays(today, -1), today]) {
    const window = {
      from: instantAtOrAfter(date, from, zone),
      until: lastTime(instantAtOrAfter(until <= from ? addDays(date, 1) : date, until, zone), zone),
    };
    if (window.from <= instant && instant < window.until) return window;
  }
  return undefined;
};

/**
 * The instant, or the end of the quiet hours that it falls into. With `before` (the start of the visit) it is
 * instead just before those quiet hours began, where their end would come after or less than an hour before it.
 */
export const outsideQuiet = (instant: Instant, quietHours: Period, zone: string, before?: Instant): Instant => {
  const window = quietWindow(instant, quietHours, zone);
  if (!window) return instant;
  if (before !== undefined && window.until > before - latestBeforeStart) return window.from - beforeQuiet;
  return window.until;
};

/** Hours in which a message may not go, by somebody's clock. */
export interface QuietClock {
  hours: Period;
  /** IANA. */
  zone: string;
}

/**
 * The instant, or the nearest after it that is quiet by none of the clocks. With `before` as `outsideQuiet`.
 * `undefined`: together they leave no hour of the day.
 */
export const outsideAll = (instant: Instant, clocks: readonly QuietClock[], before?: Instant): Instant | undefined => {
  let at = instant;
  // Each clock moves it at most once a day; what has not come to rest by then never will.
  for (let round = 0; round <= 2 * clocks.length; round += 1) {
    const moved = clocks.reduce((sofar, { hours, zone }) => outsideQuiet(sofar, hours, zone, before), at);
    if (moved === at) return at;
    at = moved;
  }
  return undefined;
};

/**
 * Hours in which the law of the recipient's country wants no advertising by text, by the prefix of the phone.
 * North America: calls and texts to residents from 8:00 to 21:00 at the called party's location, 47 CFR 64.1200(c)(1);
 * the prefix +1 has many zones, so the client's own counts, else the location's. India: promotional texts from 10:00
 * to 21:00, which operators enforce under TRAI's customer preference regulations (TCCCPR 2018); one zone.
 */
const lawful: readonly { prefix: string; hours: Period; zone?: string }[] = [
  { prefix: '+1', hours: { from: '21:00', until: '08:00' } },
  { prefix: '+91', hours: { from: '21:00', until: '10:00' }, zone: 'Asia/Kolkata' },
];

/**
 * By which clocks a message to this client must not be in the quiet hours: the business's hours by the client's own
 * clock where it is known, and the law's for what advertises by text, whatever the settings.
 */
export const quietClocks = (input: {
  touchpoint: Pick<Touchpoint, 'quiet' | 'purpose' | 'channels'>;
  contact: { phone?: string | undefined; zone?: string | undefined };
  /** Zone of the location. */
  zone: string;
  quietHours: Period;
}): QuietClock[] => {
  const { touchpoint, contact, quietHours } = input;
  const zone = contact.zone ?? input.zone;
  const maySell = touchpoint.purpose === 'marketing' && touchpoint.channels.includes('sms');
  return [
    ...(touchpoint.quiet === 'respect' ? [{ hours: quietHours, zone }] : []),
    ...lawful
      .filter(({ prefix }) => maySell && contact.phone?.startsWith(prefix))
      .map((law) => ({ hours: law.hours, zone: law.zone ?? zone })),
  ];
};

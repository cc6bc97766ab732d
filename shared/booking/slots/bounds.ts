import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { day, type Instant, isoWithOffset, localDate, minute, startOfDay } from '../../platform/time/time.ts';
import type { VisitRequest } from './request.ts';

/** Between the earliest notice and the horizon, in instants. */
export const boundsOf = ({ settings: { booking } }: CatalogueIndex, now: number) => ({
  stepMinutes: booking.stepMinutes,
  earliest: now + booking.earliestNoticeMinutes * minute,
  latest: now + booking.horizonDays * day,
});

/**
 * Whoever books further ahead has mistyped the year. Clients book within the horizon, which is shorter; what a change of
 * settings touches is looked for just as far.
 */
export const maxDaysAhead = 2 * 366;

export const latestStart = (now: Instant): Instant => now + maxDaysAhead * day;

/** A business that works at night goes by its shift, not by midnight: within so many hours another date is the same day. */
export const sameShift = 6 * 60 * minute;

/**
 * Says why staff may not book a start, whoever is free. They may enter what happened earlier today, or some hours ago,
 * nothing older.
 */
export const staffObstacle = ({ location: { zone } }: VisitRequest, startsAt: number, now: number) => {
  if (startsAt < Math.min(startOfDay(localDate(now, zone), zone), now - sameShift)) return 'That day has passed.';
  if (startsAt > latestStart(now)) return 'Book at most two years ahead.';
  if (startsAt % minute !== 0) return 'Times are whole minutes.';
  return undefined;
};

/** Says why clients may not book a start, whoever is free. */
export const clientObstacle = (
  catalogueIndex: CatalogueIndex,
  request: VisitRequest,
  startsAt: number,
  now: number,
) => {
  const { earliest, latest, stepMinutes } = boundsOf(catalogueIndex, now);
  const { zone } = request.location;
  if (startsAt < now) return 'That time has passed.';
  if (startsAt < earliest) {
    const notice = catalogueIndex.settings.booking.earliestNoticeMinutes;
    return `Book at least ${notice} minutes ahead.`;
  }
  if (startsAt > latest) return `Book at most ${catalogueIndex.settings.booking.horizonDays} days ahead.`;
  if (request.wanted.some(({ service }) => service.timetable)) return undefined;
  const local = isoWithOffset(startsAt, zone);
  const minutes = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  if (minutes % stepMinutes !== 0 || startsAt % minute !== 0) {
    return `Times are offered every ${stepMinutes} minutes by the location's clock.`;
  }
  return undefined;
};

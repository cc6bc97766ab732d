import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { type Interval, subtract, union } from '../platform/time/intervals.ts';
import { type Instant, type LocalDate, localDate, localTime, minute, weekdayOf } from '../platform/time/time.ts';
import type { Waiting } from './store.ts';

/** How many times that were not taken are remembered. */
const maxPassed = 50;

/**
 * So long after its end an offer still keeps its time on the diary, so that nobody takes it before the next in line is
 * asked: Scheduler wakes the work that hands it on up to a minute late, and the queue takes its while.
 */
const handingOn = 2 * minute;

/** When an offer that is made now ends: whole minutes, as the client reads them. */
export const offerEnd = ({ settings }: Pick<CatalogueIndex, 'settings'>, now: Instant): Instant =>
  Math.ceil((now + settings.waitingList.offerMinutes * minute) / minute) * minute;

/** When the time of an offer is free again by itself, whoever failed to hand it on. */
export const keptUntil = ({ expiresAt }: { expiresAt: Instant }): Instant => expiresAt + handingOn;

/** The offer that stands now: its deadline has not come. */
export const offerNow = (
  { status, offer }: Pick<Waiting, 'status' | 'offer'>,
  now: Instant,
): Waiting['offer'] | undefined => (status === 'offered' && offer && now < offer.expiresAt ? offer : undefined);

/** What an entry is at this moment, whether or not anybody has written it down yet. */
export const stateOf = (
  waiting: Pick<Waiting, 'status' | 'offer' | 'to' | 'zone'>,
  now: Instant,
): Waiting['status'] | 'lapsed' => {
  const { status, to, zone } = waiting;
  if (status === 'booked' || status === 'left') return status;
  if (offerNow(waiting, now)) return 'offered';
  return localDate(now, zone) > to ? 'lapsed' : 'waiting';
};

/** The latest time that was offered and not taken. */
export const lastOffer = (waiting: Waiting, now: Instant): Waiting['passed'][number] | undefined => {
  const { status, offer, passed } = waiting;
  const ranOut = status === 'offered' && offer && !offerNow(waiting, now);
  return ranOut ? { startsAt: offer.startsAt, outcome: 'missed' } : passed.at(-1);
};

/** Goes on waiting without the time that was offered. */
export const withoutOffer = (waiting: Waiting, outcome: 'declined' | 'missed', at: Instant): Waiting => {
  const { offer, ...rest } = waiting;
  const passed = offer ? [...waiting.passed, { startsAt: offer.startsAt, outcome }].slice(-maxPassed) : waiting.passed;
  return { ...rest, status: 'waiting', passed, updatedAt: at };
};

const isBetween = (time: string, { from, until }: { from: string; until: string }): boolean =>
  from < until ? from <= time && time < until : from <= time || time < until;

/** Whether a start is on a day and at a time that the client wants, and has not been let go before. */
export const suits = (
  waiting: Pick<Waiting, 'from' | 'to' | 'weekdays' | 'timesOfDay' | 'passed'>,
  startsAt: Instant,
  zone: string,
): boolean => {
  const date = localDate(startsAt, zone);
  if (date < waiting.from || date > waiting.to) return false;
  if (waiting.weekdays && !waiting.weekdays.includes(weekdayOf(date))) return false;
  if (waiting.timesOfDay && !isBetween(localTime(startsAt, zone), waiting.timesOfDay)) return false;
  return !waiting.passed.some((each) => each.startsAt === startsAt);
};

/** The days of both, or undefined. */
export const daysWithin = (
  { from, to }: { from: LocalDate; to: LocalDate },
  first: LocalDate,
  last: LocalDate,
): { from: LocalDate; to: LocalDate } | undefined => {
  const days = { from: from > first ? from : first, to: to < last ? to : last };
  return days.from <= days.to ? days : undefined;
};

type Times = readonly (Interval & { ownerId: string })[];

/** Times ahead that were taken before and are not any more, of whoever's diary. */
export const givenUp = (before: Times, after: Times, now: Instant): Interval[] => {
  const owners = [...new Set(before.map(({ ownerId }) => ownerId))];
  const of = (times: Times, ownerId: string) => union(times.filter((time) => time.ownerId === ownerId));
  return union(owners.flatMap((ownerId) => subtract(of(before, ownerId), of(after, ownerId)))).filter(
    ({ until }) => until > now,
  );
};

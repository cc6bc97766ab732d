import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { Channel } from '../platform/fields.ts';
import { type Interval, overlaps, subtract, union } from '../platform/time/intervals.ts';
import { type Instant, type LocalDate, localDate, localTime, minute, weekdayOf } from '../platform/time/time.ts';
import type { Ranking } from './contract.ts';
import type { Waiting } from './store.ts';

/** Number of times that were not taken and are remembered. */
const maxPassed = 50;

/**
 * Time after its end for which an offer still keeps its time on the diary, so that nobody takes it before the next in line is
 * asked: Scheduler wakes the work that hands it on up to a minute late, and the queue takes its while.
 */
const handingOn = 2 * minute;

/** End of an offer that is made now: whole minutes, as the client reads them. */
export const offerEnd = ({ settings }: Pick<CatalogueIndex, 'settings'>, now: Instant): Instant =>
  Math.ceil((now + settings.waitingList.offerMinutes * minute) / minute) * minute;

/** Time at which an offer's time is free again by itself, whoever failed to hand it on. */
export const keptUntil = ({ expiresAt }: { expiresAt: Instant }): Instant => expiresAt + handingOn;

/** The offer that stands now: its deadline has not come. */
export const offerNow = (
  { status, offer }: Pick<Waiting, 'status' | 'offer'>,
  now: Instant,
): Waiting['offer'] | undefined => (status === 'offered' && offer && now < offer.expiresAt ? offer : undefined);

/** Status of an entry at this moment, whether or not anybody has written it down yet. */
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

/** Offers in a row that nobody answered, after which the entry rests: who invents a phone keeps no time from others. */
const patience = 3;

/** Whether no more offers come: the latest ones, since the client last asked for more, were neither taken nor declined. */
export const isResting = ({ passed, stayedAfter }: Pick<Waiting, 'passed' | 'stayedAfter'>): boolean => {
  const since = passed.slice(passed.findLastIndex(({ startsAt }) => startsAt === stayedAfter) + 1);
  return since.length >= patience && since.slice(-patience).every(({ outcome }) => outcome === 'missed');
};

/** Whether released times are offered to an entry that waits; `rests`: its client has left several unanswered. */
export const rankingOf = (waiting: Pick<Waiting, 'ranking' | 'passed' | 'stayedAfter'>): Ranking => {
  if (waiting.ranking !== 'ranks') return 'unproven';
  return isResting(waiting) ? 'rests' : 'ranks';
};

/** Whether an entry takes one of the day's rooms for those whose address nobody has proved. */
export const takesRoom = ({ ranking, proven }: Pick<Waiting, 'ranking' | 'proven'>): boolean =>
  ranking === 'unproven' && proven === undefined;

/**
 * Whether a link is that of the answer to joining, which anybody gets who types in somebody else's address. Such links
 * were sent to entries from before there were rankings.
 */
export const isOfAnswer = ({ ranking }: Pick<Waiting, 'ranking'>, writtenTo: Channel | undefined): boolean =>
  writtenTo === undefined && ranking !== undefined;

/**
 * The entry as the link of the answer tells it: only what was done by that link. All else would tell a stranger that the
 * address is known, or that its owner has read the message.
 */
export const asJoined = (waiting: Waiting): Waiting => {
  const { offer: _, ...rest } = waiting;
  return { ...rest, status: waiting.leftByAnswer ? 'left' : 'waiting', passed: [] };
};

/** Staff put the client on the list; false for entries from before this was kept. */
export const isByStaff = ({ ranking, household }: Pick<Waiting, 'ranking' | 'household'>): boolean =>
  ranking !== undefined && household === undefined;

/** Reached by mail at an address that is known to be the client's own, so that nothing rings at night. */
export const hearsByMail = ({ contact, proven = 'email' }: Pick<Waiting, 'contact' | 'proven'>): boolean =>
  contact.email !== undefined && proven === 'email';

type Time = Interval & { ownerId: string; lesson?: string | undefined; seats?: number | undefined };

/** A time that is free again, with what it took of diaries. */
export interface ReleasedTime extends Interval {
  times: Time[];
}

/** Times ahead that were taken before and are not any more, of whoever's diary. */
export const givenUp = (before: readonly Time[], after: readonly Time[], now: Instant): ReleasedTime[] => {
  const still = (ownerId: string) => union(after.filter((time) => time.ownerId === ownerId));
  const free = before.flatMap(({ ownerId, lesson, seats, ...time }) =>
    subtract([time], still(ownerId)).map(
      ({ from, until }): Time => ({
        ownerId,
        from,
        until,
        // The rest of a lesson is no lesson that begins there.
        ...(lesson === undefined || from !== time.from ? {} : { lesson }),
        ...(seats === undefined ? {} : { seats }),
      }),
    ),
  );
  return union(free)
    .filter(({ until }) => until > now)
    .map(({ from, until }) => ({ from, until, times: free.filter((time) => overlaps(time, { from, until })) }));
};

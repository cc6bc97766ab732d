import { hour, minute } from '../../support/durations.ts';
import { closes, dateAfter, instantOf, minutesOfDay, opens, wall } from '../model/acts/calendar.ts';
import type { Model, Offer, Freed as Released, Span, Visit } from '../model/model.ts';

/** Somebody who waits. */
export interface Entry {
  id: string;
  token: string;
  email: string;
  serviceId: string;
  /** Undefined: anyone. */
  personId: string | undefined;
  seats: number;
  /** Local days, both included. */
  from: string;
  to: string;
  /** In which the visit may start, in minutes of the day; `until` is not in it. */
  hours: Span | undefined;
  status: 'waiting' | 'offered' | 'booked' | 'left';
  offer: Offer | undefined;
  /** The act that released what is offered. */
  gap: string | undefined;
  /** Starts that were free when the client joined. */
  freeThen: ReadonlySet<number>;
  /** Starts that were offered and not taken: they are not offered again. */
  passed: readonly number[];
  /** Offers in a row that nobody answered; after three the entry rests. */
  missed: number;
  /** The address has been proved: times are offered. */
  isProven: boolean;
}

/** Whoever came first stands first. */
export type Line = readonly Entry[];

export interface Freed extends Released {
  perhaps?: boolean | undefined;
}

/** A client who has been offered a time that an act released: there is no second offer of it. */
export const askedOf = ({ gap }: Pick<Released, 'gap'>, { email }: Pick<Entry, 'email'>): string => `${gap} ${email}`;

/** What makes time free for those who wait. */
export type Happening =
  /** A time was given up. `perhaps`: or nothing happened. */
  | (Freed & { what: 'freed' })
  /** An offer was declined or missed, or who had it left: the next in line has the time at once, and the rest is free. */
  | { what: 'over'; entryId: string; isMissed?: true };

/** In which nobody is asked. */
export const isQuiet = (now: number): boolean => {
  const minutes = minutesOfDay(now);
  return minutes >= 21 * 60 || minutes < 8 * 60;
};

/** The next end of the quiet hours. */
export const morningAfter = (now: number): number => {
  const today = instantOf(wall(dateAfter(now, 0), 8 * 60));
  return today > now ? today : instantOf(wall(dateAfter(now, 1), 8 * 60));
};

const step = 15 * minute;
/** No offer is for so soon that it could not be decided, and nothing is booked at shorter notice. */
const notice = hour;

/** Every start of the days and hours that the entry wants, whoever is free. */
const startsOf = ({ from, to, hours, passed }: Entry, length: number, now: number): number[] => {
  const starts: number[] = [];
  for (let date = from; date <= to; date = dateAfter(instantOf(wall(date, opens)), 1)) {
    const open = instantOf(wall(date, opens));
    const last = open + (closes - opens) * minute - length;
    for (let start = open; start <= last; start += step) {
      const minutes = opens + (start - open) / minute;
      const isWanted = !hours || (hours.from <= minutes && minutes < hours.until);
      if (isWanted && start > now + notice && !passed.includes(start)) starts.push(start);
    }
  }
  return starts;
};

export const rankingOf = ({ isProven, missed }: Entry): 'ranks' | 'unproven' | 'rests' => {
  if (!isProven) return 'unproven';
  return missed >= 3 ? 'rests' : 'ranks';
};

/** The rules by which a freed time goes to those who wait. */
export const createLine = (model: Model, people: readonly string[]) => {
  const lengthOf = ({ serviceId }: Pick<Visit, 'serviceId'>): number =>
    (model.serviceOf(serviceId)?.durationMinutes ?? 0) * minute;

  /** Who could give them the visit at the start. */
  const freePeople = (
    { serviceId, personId, seats }: Entry,
    startsAt: number,
    still: Released['times'] = [],
  ): string[] =>
    (personId ? [personId] : people).filter(
      (each) => !model.isTaken({ serviceId, personId: each, seats, startsAt }, [], [], still),
    );

  /** Whether anybody or anything that they could have has back some time. */
  const concerns = ({ times }: Released, { serviceId, personId, seats }: Entry): boolean => {
    const owners = (personId ? [personId] : people).flatMap((each) =>
      model.takes({ serviceId, personId: each, seats, startsAt: 0 }).map(({ owner }) => owner),
    );
    return times.some(({ owner }) => owners.includes(owner));
  };

  return {
    /** The first times that would do and are free. */
    freeNow: (entry: Entry, now: number, most: number): number[] =>
      startsOf(entry, lengthOf(entry), now)
        .filter((start) => freePeople(entry, start).length > 0)
        .slice(0, most),

    /** All that the offer keeps, from its first minute to the last. */
    releasedBy({ gap }: Pick<Entry, 'gap'>, offer: Offer): Released {
      const times = model.takes(offer);
      const span = {
        from: Math.min(...times.map(({ from }) => from)),
        until: Math.max(...times.map(({ until }) => until)),
      };
      return { span, times, gap: gap ?? '' };
    },

    /**
     * The best start for who waits that the freed time makes possible, with those who are free then: that very time, else
     * a later one, else one before it, the nearest first. None for whom an offer of the same release was.
     */
    bestFor(
      entry: Entry,
      freed: Released,
      now: number,
      asked: readonly string[],
    ): { startsAt: number; people: string[] } | undefined {
      if (entry.status !== 'waiting' || rankingOf(entry) !== 'ranks') return undefined;
      if (asked.includes(askedOf(freed, entry)) || !concerns(freed, entry)) return undefined;
      const length = lengthOf(entry);
      const { from, until } = freed.span;
      const isReleased = (start: number): boolean =>
        freePeople(entry, start, freed.times).length === 0 ||
        (start < until && from < start + length && !entry.freeThen.has(start));
      const starts = startsOf(entry, length, now);
      const later = starts.filter((start) => start >= from);
      const earlier = starts.filter((start) => start < from).reverse();
      for (const startsAt of [...later, ...earlier]) {
        const free = freePeople(entry, startsAt);
        if (free.length > 0 && isReleased(startsAt)) return { startsAt, people: free };
      }
      return undefined;
    },
  };
};
export type LineRules = ReturnType<typeof createLine>;

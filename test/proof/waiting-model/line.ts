import { hour, minute } from '../../support/durations.ts';
import { closes, dateAfter, instantOf, minutesOfDay, opens, wall } from '../model/acts/calendar.ts';
import type { Model, Offer, Span, Visit } from '../model/model.ts';

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
  /** Starts that were offered and not taken: they are not offered again. */
  passed: readonly number[];
}

/** Whoever came first stands first. */
export type Line = readonly Entry[];

export interface Freed {
  span: Span;
  perhaps?: boolean | undefined;
}

/** What makes time free for those who wait. */
export type Happening =
  /** A time was given up. `perhaps`: or nothing happened. */
  | (Freed & { what: 'freed' })
  /** An offer was declined or missed, or who had it left: the next in line has the time at once, and the rest is free. */
  | { what: 'over'; entryId: string };

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

/** The rules by which a freed time goes to those who wait. */
export const createLine = (model: Model, people: readonly string[]) => {
  const lengthOf = ({ serviceId }: Pick<Visit, 'serviceId'>): number =>
    (model.serviceOf(serviceId)?.durationMinutes ?? 0) * minute;

  /** Who could give them the visit at the start. */
  const freePeople = ({ serviceId, personId, seats }: Entry, startsAt: number): string[] =>
    (personId ? [personId] : people).filter((each) => !model.isTaken({ serviceId, personId: each, seats, startsAt }));

  return {
    /** The first times that would do and are free. */
    freeNow: (entry: Entry, now: number, most: number): number[] =>
      startsOf(entry, lengthOf(entry), now)
        .filter((start) => freePeople(entry, start).length > 0)
        .slice(0, most),

    /** From the first minute that the offer keeps to the last. */
    reachOf(offer: Offer): Span {
      const taken = model.takes(offer);
      return {
        from: Math.min(...taken.map(({ from }) => from)),
        until: Math.max(...taken.map(({ until }) => until)),
      };
    },

    /**
     * The best start for who waits that meets the freed time, with those who are free then: that very time, else a later
     * one, else one that reaches into it, the nearest first.
     */
    bestFor(entry: Entry, freed: Span, now: number): { startsAt: number; people: string[] } | undefined {
      if (entry.status !== 'waiting') return undefined;
      const length = lengthOf(entry);
      const meeting = startsOf(entry, length, now).filter(
        (start) => start < freed.until && freed.from < start + length,
      );
      const later = meeting.filter((start) => start >= freed.from);
      const earlier = meeting.filter((start) => start < freed.from).reverse();
      for (const startsAt of [...later, ...earlier]) {
        const free = freePeople(entry, startsAt);
        if (free.length > 0) return { startsAt, people: free };
      }
      return undefined;
    },
  };
};
export type LineRules = ReturnType<typeof createLine>;

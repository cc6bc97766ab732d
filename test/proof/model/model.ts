import type { Catalogue } from '../../../shared/business/catalogue.ts';
import { day, minute } from '../../support/durations.ts';
import type { Act, KindOfAct } from '../journey/life.ts';

/** From an instant until, not including, another. */
export interface Span {
  from: number;
  until: number;
}

/** Time of a person's or a room's day, buffers included. */
export interface Taken extends Span {
  owner: string;
  /** Whoever comes to the same lesson at the same time shares it. */
  lesson: string | undefined;
}

/** Something that somebody has, keeps or wants. */
export interface Visit {
  serviceId: string;
  personId: string;
  startsAt: number;
  seats: number;
}

/** A time that a form keeps while it is filled. */
export interface Hold extends Visit {
  form: string;
  until: number;
}

/** A time that is kept for somebody who waits. */
export interface Offer extends Visit {
  id: string;
  expiresAt: number;
}

export interface Block extends Span {
  id: string;
  owner: string;
}

export interface ModelAppointment extends Visit {
  id: string;
  /** Of the link, where the client has one. */
  token: string | undefined;
  /** Nobody was asked for by name: whoever is free may take it over when it moves. */
  anyone: boolean;
  status: 'pending' | 'confirmed' | 'arrived' | 'completed' | 'cancelled' | 'no_show';
  acts: Act[];
}

/** Repeating appointments. */
export interface Row {
  id: string;
  /** In the order of the row. */
  members: ModelAppointment[];
  /** What the client's timeline tells of the row: `series.moved` and the appointment with which it begins. */
  told: string[];
}

const overlap = (one: Span, other: Span): boolean => one.from < other.until && other.from < one.until;

/** Buffers and durations are multiples of it. */
const grain = 5 * minute;

/** What of the times before is not taken any more, in pieces as long as they go, whoever's they are. */
const leftOf = (before: readonly Taken[], after: readonly Taken[]): Span[] => {
  const free = new Set<number>();
  for (const { owner, from, until } of before) {
    for (let at = from; at < until; at += grain) {
      if (!after.some((other) => other.owner === owner && other.from <= at && at < other.until)) free.add(at);
    }
  }
  const pieces: Span[] = [];
  for (const at of [...free].sort((a, b) => a - b)) {
    const last = pieces.at(-1);
    if (last?.until === at) last.until += grain;
    else pieces.push({ from: at, until: at + grain });
  }
  return pieces;
};

/**
 * A salon in its simplest form: lists of what takes time, and of what was done with each appointment. One room of each
 * kind.
 */
export const createModel = (catalogue: Catalogue) => {
  const serviceOf = (id: string) => catalogue.services.find((service) => service.id === id);

  /** What a visit takes; a class takes no room. */
  const takes = ({ serviceId, personId, startsAt }: Visit): Taken[] => {
    const service = serviceOf(serviceId);
    if (!service) return [];
    const from = startsAt - service.bufferBeforeMinutes * minute;
    const until = startsAt + (service.durationMinutes + service.bufferAfterMinutes) * minute;
    const lesson = service.seats ? `${serviceId} ${personId} ${startsAt}` : undefined;
    const rooms = catalogue.resources.filter(({ kind }) => service.needs.includes(kind));
    return [personId, ...rooms.map(({ id }) => id)].map((owner) => ({ owner, from, until, lesson }));
  };

  const model = {
    appointments: [] as ModelAppointment[],
    rows: [] as Row[],
    holds: [] as Hold[],
    offers: [] as Offer[],
    blocks: [] as Block[],
    /** What has been given up and nobody has looked at yet. */
    freed: [] as Span[],
    serviceOf,
    takes,

    /** All that takes time now. */
    visits: (): Visit[] => [
      ...model.appointments.filter(({ status }) => status !== 'cancelled'),
      ...model.holds,
      ...model.offers,
    ],

    /** Whether somebody or something that the visit needs is taken, or the lesson is full. `except` goes away for it. */
    isTaken(wish: Visit, except: readonly (Visit | undefined)[] = [], also: readonly Visit[] = []): boolean {
      const wanted = takes(wish);
      const others = [...model.visits(), ...also].filter(
        (visit) => Math.abs(visit.startsAt - wish.startsAt) < day && !except.includes(visit),
      );
      const clash = others.some((other) =>
        takes(other).some((taken) =>
          wanted.some(
            (mine) =>
              mine.owner === taken.owner &&
              overlap(mine, taken) &&
              (mine.lesson === undefined || mine.lesson !== taken.lesson),
          ),
        ),
      );
      const blocked = wanted.some((mine) =>
        model.blocks.some((block) => block.owner === mine.owner && overlap(block, mine)),
      );
      const seats = serviceOf(wish.serviceId)?.seats;
      if (clash || blocked || seats === undefined) return clash || blocked;
      const lesson = others.filter(
        ({ serviceId, personId, startsAt }) =>
          serviceId === wish.serviceId && personId === wish.personId && startsAt === wish.startsAt,
      );
      return lesson.reduce((sum, each) => sum + each.seats, 0) + wish.seats > seats;
    },

    booked(
      appointment: Omit<ModelAppointment, 'status' | 'acts' | 'anyone'> & { anyone?: boolean },
      at: number,
      row?: Act['row'],
    ): ModelAppointment {
      const act: Act = { kind: 'booked', at, startsAt: appointment.startsAt, ...(row ? { row } : {}) };
      const booked: ModelAppointment = { anyone: false, ...appointment, status: 'pending', acts: [act] };
      model.appointments.push(booked);
      return booked;
    },

    did(
      appointment: ModelAppointment,
      kind: Exclude<KindOfAct, 'booked'>,
      at: number,
      { startsAt, personId, row }: { startsAt?: number; personId?: string; row?: Act['row'] } = {},
    ): void {
      const before = takes(appointment);
      if (startsAt !== undefined) appointment.startsAt = startsAt;
      if (personId !== undefined) appointment.personId = personId;
      appointment.status = kind === 'moved' ? 'pending' : kind;
      appointment.acts.push({ kind, at, startsAt: appointment.startsAt, ...(row ? { row } : {}) });
      model.freed.push(...leftOf(before, kind === 'cancelled' ? [] : takes(appointment)));
    },

    heldBy: (form: string): Hold | undefined => model.holds.find((hold) => hold.form === form),

    /** One form keeps one time; without a new one it keeps none. */
    keeps(form: string, hold?: Hold): void {
      model.holds = [...model.holds.filter((each) => each.form !== form), ...(hold ? [hold] : [])];
    },

    isBlockable: ({ owner, ...span }: Omit<Block, 'id'>): boolean =>
      !model.blocks.some((block) => block.owner === owner && overlap(block, span)) &&
      !model.visits().some((visit) => takes(visit).some((taken) => taken.owner === owner && overlap(taken, span))),

    unblocked(block: Block): void {
      model.blocks = model.blocks.filter((each) => each !== block);
      model.freed.push({ from: block.from, until: block.until });
    },

    /** Holds are free again by themselves. */
    passed(now: number): void {
      model.holds = model.holds.filter(({ until }) => until > now);
    },
  };
  return model;
};
export type Model = ReturnType<typeof createModel>;

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
  seats: number;
}

/** A time that is free again. `gap`: by which act. */
export interface Freed {
  span: Span;
  /** What it took. */
  times: readonly Taken[];
  gap: string;
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
const leftOf = (before: readonly Taken[], after: readonly Taken[]): { span: Span; times: Taken[] }[] => {
  const inPieces = (minutes: Iterable<number>): Span[] => {
    const pieces: Span[] = [];
    for (const at of [...minutes].sort((a, b) => a - b)) {
      const last = pieces.at(-1);
      if (last?.until === at) last.until += grain;
      else pieces.push({ from: at, until: at + grain });
    }
    return pieces;
  };
  const minutesOf = ({ owner, from, until }: Taken): number[] =>
    Array.from({ length: (until - from) / grain }, (_, index) => from + index * grain).filter(
      (at) => !after.some((other) => other.owner === owner && other.from <= at && at < other.until),
    );
  const times = before.flatMap((taken) =>
    inPieces(minutesOf(taken)).map((span) => ({
      ...taken,
      ...span,
      lesson: span.from === taken.from ? taken.lesson : undefined,
    })),
  );
  return inPieces(new Set(before.flatMap(minutesOf))).map((span) => ({
    span,
    times: times.filter((time) => overlap(time, span)),
  }));
};

/**
 * A salon in its simplest form: lists of what takes time, and of what was done with each appointment. One room of each
 * kind.
 */
export const createModel = (catalogue: Catalogue) => {
  const serviceOf = (id: string) => catalogue.services.find((service) => service.id === id);

  /** What a visit takes; a class takes no room. */
  const takes = ({ serviceId, personId, startsAt, seats }: Visit): Taken[] => {
    const service = serviceOf(serviceId);
    if (!service) return [];
    const from = startsAt - service.bufferBeforeMinutes * minute;
    const until = startsAt + (service.durationMinutes + service.bufferAfterMinutes) * minute;
    const lesson = service.seats ? `${serviceId} ${personId} ${startsAt}` : undefined;
    const rooms = catalogue.resources.filter(({ kind }) => service.needs.includes(kind));
    return [personId, ...rooms.map(({ id }) => id)].map((owner) => ({ owner, from, until, lesson, seats }));
  };

  const model = {
    appointments: [] as ModelAppointment[],
    rows: [] as Row[],
    holds: [] as Hold[],
    offers: [] as Offer[],
    blocks: [] as Block[],
    /** What has been given up and nobody has looked at yet. */
    freed: [] as Freed[],
    gaps: 0,
    serviceOf,
    takes,

    /** All that takes time now. */
    visits: (): Visit[] => [
      ...model.appointments.filter(({ status }) => status !== 'cancelled'),
      ...model.holds,
      ...model.offers,
    ],

    /** Whether somebody or something that the visit needs is taken, or the lesson is full. `except` goes away for it; `still`: as if that were taken, too. */
    isTaken(
      wish: Visit,
      except: readonly (Visit | undefined)[] = [],
      also: readonly Visit[] = [],
      still: readonly Taken[] = [],
    ): boolean {
      const wanted = takes(wish);
      const others = [...model.visits(), ...also].filter(
        (visit) => Math.abs(visit.startsAt - wish.startsAt) < day && !except.includes(visit),
      );
      const clash = [...others.flatMap(takes), ...still].some((taken) =>
        wanted.some(
          (mine) =>
            mine.owner === taken.owner &&
            overlap(mine, taken) &&
            (mine.lesson === undefined || mine.lesson !== taken.lesson),
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
      const kept = still.filter((taken) =>
        wanted.some(({ owner, lesson: mine }) => mine === taken.lesson && owner === taken.owner),
      );
      return [...lesson, ...kept].reduce((sum, each) => sum + each.seats, 0) + wish.seats > seats;
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
      { startsAt, personId, ...how }: { startsAt?: number; personId?: string } & Pick<Act, 'row' | 'byLink'> = {},
    ): void {
      const before = takes(appointment);
      if (startsAt !== undefined) appointment.startsAt = startsAt;
      if (personId !== undefined) appointment.personId = personId;
      appointment.status = kind === 'moved' ? 'pending' : kind;
      appointment.acts.push({ kind, at, startsAt: appointment.startsAt, ...how });
      model.gave(before, kind === 'cancelled' ? [] : takes(appointment));
    },

    /** One act gives up what was taken before and is not after. */
    gave(before: readonly Taken[], after: readonly Taken[]): void {
      model.gaps += 1;
      const gap = `gap-${model.gaps}`;
      model.freed.push(...leftOf(before, after).map((each) => ({ ...each, gap })));
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
      model.gave([{ ...block, lesson: undefined, seats: 1 }], []);
    },

    /** Holds are free again by themselves. */
    passed(now: number): void {
      model.holds = model.holds.filter(({ until }) => until > now);
    },
  };
  return model;
};
export type Model = ReturnType<typeof createModel>;

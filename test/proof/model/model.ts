import type { Catalogue } from '../../../shared/business/catalogue.ts';
import type { Act, KindOfAct } from '../journey/life.ts';

const minute = 60_000;

/** Time of a person's or a room's day, buffers included. */
interface Taken {
  owner: string;
  from: number;
  until: number;
  /** Whoever comes to the same lesson at the same time shares it. */
  lesson: string | undefined;
}

export interface ModelAppointment {
  id: string;
  token: string;
  serviceId: string;
  personId: string;
  seats: number;
  startsAt: number;
  status: 'pending' | 'confirmed' | 'arrived' | 'completed' | 'cancelled' | 'no_show';
  acts: Act[];
}

/** What a visit takes; a class takes no room. */
const takes = (
  catalogue: Catalogue,
  { serviceId, personId, startsAt }: Pick<ModelAppointment, 'serviceId' | 'personId' | 'startsAt'>,
): Taken[] => {
  const service = catalogue.services.find(({ id }) => id === serviceId);
  if (!service) return [];
  const from = startsAt - service.bufferBeforeMinutes * minute;
  const until = startsAt + (service.durationMinutes + service.bufferAfterMinutes) * minute;
  const lesson = service.seats ? `${serviceId} ${personId} ${startsAt}` : undefined;
  const rooms = catalogue.resources.filter(({ kind }) => service.needs.includes(kind));
  return [personId, ...rooms.map(({ id }) => id)].map((owner) => ({ owner, from, until, lesson }));
};

/** A salon in its simplest form: a list of appointments and what was done with them. One room of each kind. */
export const createModel = (catalogue: Catalogue) => {
  const appointments: ModelAppointment[] = [];

  const standing = (except?: ModelAppointment): ModelAppointment[] =>
    appointments.filter((each) => each.status !== 'cancelled' && each !== except);

  return {
    appointments,

    /** Whether somebody or something that the visit needs is taken, or the lesson is full. `except` moves away. */
    isTaken(
      wish: Pick<ModelAppointment, 'serviceId' | 'personId' | 'startsAt' | 'seats'>,
      except?: ModelAppointment,
    ): boolean {
      const wanted = takes(catalogue, wish);
      const others = standing(except);
      const clash = others.some((other) =>
        takes(catalogue, other).some((taken) =>
          wanted.some(
            ({ owner, from, until, lesson }) =>
              owner === taken.owner &&
              from < taken.until &&
              taken.from < until &&
              (lesson === undefined || lesson !== taken.lesson),
          ),
        ),
      );
      const seats = catalogue.services.find(({ id }) => id === wish.serviceId)?.seats;
      if (clash || seats === undefined) return clash;
      const theirs = others.filter(
        ({ serviceId, personId, startsAt }) =>
          serviceId === wish.serviceId && personId === wish.personId && startsAt === wish.startsAt,
      );
      return theirs.reduce((sum, each) => sum + each.seats, 0) + wish.seats > seats;
    },

    booked(appointment: Omit<ModelAppointment, 'status' | 'acts'>, at: number): void {
      const act: Act = { kind: 'booked', at, startsAt: appointment.startsAt };
      appointments.push({ ...appointment, status: 'pending', acts: [act] });
    },

    did(appointment: ModelAppointment, kind: Exclude<KindOfAct, 'booked'>, at: number, startsAt?: number): void {
      if (startsAt !== undefined) appointment.startsAt = startsAt;
      appointment.status = kind === 'moved' ? 'pending' : kind;
      appointment.acts.push({ kind, at, startsAt: appointment.startsAt });
    },
  };
};
export type Model = ReturnType<typeof createModel>;

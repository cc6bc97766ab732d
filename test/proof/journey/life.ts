import type { AppointmentRow, Rows, TimelineRow } from './rows.ts';

const kindsOfAct = ['booked', 'moved', 'confirmed', 'cancelled', 'arrived', 'completed', 'no_show'] as const;
export type KindOfAct = (typeof kindsOfAct)[number];

/** Something that was done with an appointment. Instants in milliseconds. */
export interface Act {
  kind: KindOfAct;
  at: number;
  /** When the appointment starts from then on. */
  startsAt: number;
  /** Done by the client's link. */
  byLink?: boolean | undefined;
  /** Where it was done to a row: one of those that it was done to speaks for all. */
  row?: 'speaks' | 'silent' | undefined;
}

/** An appointment from its booking to what became of it, without anything that the planner wrote. */
export interface Life {
  id: string;
  clientId: string;
  zone: string;
  /** Milliseconds. */
  duration: number;
  services: readonly string[];
  contact: { phone?: string; email?: string };
  /** Channels on which the client agreed to marketing. */
  consents: readonly string[];
  /** In order of time; the first is the booking. */
  acts: readonly Act[];
}

const kindOf = ({ type }: TimelineRow): KindOfAct | undefined =>
  kindsOfAct.find((kind) => type === `appointment.${kind}`);

const actsOf = (appointment: AppointmentRow, entries: readonly TimelineRow[]): Act[] => {
  const acts = entries
    .flatMap((entry) => {
      const kind = kindOf(entry);
      const { at, by, details } = entry;
      const startsAt = details?.startsAt ?? appointment.startsAt;
      return kind ? [{ kind, at, startsAt, byLink: by === 'client' }] : [];
    })
    .sort((a, b) => a.at - b.at);
  // Within one millisecond the table has no order of its own; only a booking comes before everything else for certain.
  return [...acts.filter(({ kind }) => kind === 'booked'), ...acts.filter(({ kind }) => kind !== 'booked')];
};

/** Lives as the clients' timelines tell them. */
export const livesIn = ({ appointments, timeline, consents }: Rows): Life[] => {
  const entries = Map.groupBy(timeline, ({ appointmentId }) => appointmentId);
  const given = Map.groupBy(
    consents.filter(({ granted }) => granted),
    ({ pk }) => pk,
  );
  return appointments.map((appointment) => ({
    id: appointment.id,
    clientId: appointment.clientId,
    zone: appointment.zone,
    duration: appointment.endsAt - appointment.startsAt,
    services: appointment.services.map(({ id }) => id),
    contact: appointment.contact,
    consents: (given.get(`CLIENT#${appointment.clientId}`) ?? []).map(({ channel }) => channel),
    acts: actsOf(appointment, entries.get(appointment.id) ?? []),
  }));
};

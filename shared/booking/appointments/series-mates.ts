import { addressOf } from '../../clients/clients.ts';
import type { Channel } from '../../platform/fields.ts';
import { day } from '../../platform/time/time.ts';
import type { Appointment, Appointments } from './appointments.ts';

/** One of a series, for whoever holds a link to another of it. */
export interface SeriesMate {
  appointment: Appointment;
  /** The channel by which its own link counts as sent, too. */
  writtenTo: Channel | undefined;
}

/** Nothing is booked for longer ago than that. */
const bookedLate = day;

/**
 * Reads all appointments of the one's series in order of time, itself as it was read; itself alone where it is in none. A
 * link to one that went to the same address proves the same as the one that is held.
 */
export const createSeriesMates =
  (appointments: Pick<Appointments, 'ofClient'>) =>
  async (appointment: Appointment, writtenTo: Channel | undefined): Promise<SeriesMate[]> => {
    const { id, clientId, series, bookedAt, startsAt } = appointment;
    if (!series) return [{ appointment, writtenTo }];
    const all = await appointments.ofClient(clientId, Math.min(bookedAt, startsAt) - bookedLate);
    const others = all.filter((each) => each.series?.id === series.id && each.id !== id);
    const addressIn = ({ contact }: Appointment) => writtenTo && addressOf(contact, writtenTo);
    return [appointment, ...others]
      .sort((one, other) => one.startsAt - other.startsAt)
      .map((each) => ({
        appointment: each,
        writtenTo: addressIn(each) === addressIn(appointment) ? writtenTo : undefined,
      }));
  };

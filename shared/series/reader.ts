import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { inBatches } from '../platform/batch.ts';
import type { Series, SeriesStore } from './store.ts';

const readsAtOnce = 16;

/** A series with its appointments, in their order. */
export interface Whole {
  series: Series;
  appointments: Appointment[];
}

/** The series as it stands; undefined where there is none. */
export const createSeriesReader =
  (store: Pick<SeriesStore, 'get'>, appointments: Pick<Appointments, 'get'>) =>
  async (id: string): Promise<Whole | undefined> => {
    const series = await store.get(id);
    if (!series) return undefined;
    const found = await inBatches(series.appointmentIds, readsAtOnce, appointments.get);
    return { series, appointments: found.filter((one): one is Appointment => one !== undefined) };
  };

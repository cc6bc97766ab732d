import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { AppointmentDeps } from '../booking/wiring.ts';
import { createSeriesReader } from './reader.ts';
import { createSeriesStore } from './store.ts';

/**
 * All appointments of a series, in the order of their index; none where there is no such series. Apart from the wiring of
 * what books them, so that who only reads loads no more.
 */
export const ofSeriesFor = (deps: Pick<AppointmentDeps, 'table'> & { appointments: Pick<Appointments, 'get'> }) => {
  const read = createSeriesReader(createSeriesStore(deps.table), deps.appointments);
  return async (id: string): Promise<Appointment[]> => (await read(id))?.appointments ?? [];
};

import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { type AppointmentDeps, appointmentsFor, diaryPages } from '../booking/wiring.ts';
import { createOnce } from '../platform/idempotent.ts';
import { createSeriesBook } from './book.ts';
import { createSeriesChange } from './change.ts';
import { createSeriesPlacer } from './placement.ts';
import { createSeriesReader } from './reader.ts';
import { createSeriesStore } from './store.ts';

/** What staff book and change repeating appointments with. */
export const seriesFor = (deps: AppointmentDeps) => {
  const pages = diaryPages(deps);
  const shared = {
    ...deps,
    pages,
    store: createSeriesStore(deps.table),
    appointments: appointmentsFor(deps),
    placeAll: createSeriesPlacer(pages),
  };
  return { ...createSeriesBook({ ...shared, once: createOnce(deps) }), change: createSeriesChange(shared) };
};

/** All appointments of a series, in the order of their index; none where there is no such series. */
export const ofSeriesFor = (deps: Pick<AppointmentDeps, 'table'> & { appointments: Pick<Appointments, 'get'> }) => {
  const read = createSeriesReader(createSeriesStore(deps.table), deps.appointments);
  return async (id: string): Promise<Appointment[]> => (await read(id))?.appointments ?? [];
};

import { type AppointmentDeps, appointmentsFor, diaryPages, reachFor } from '../booking/wiring.ts';
import { createIdempotent } from '../platform/idempotent.ts';
import { createSeriesBook } from './book.ts';
import { createSeriesChange } from './change.ts';
import { createSeriesPlacer } from './placement.ts';
import { createSeriesStore } from './store.ts';

/** Use cases of repeating appointments, for staff. */
export const seriesFor = (deps: AppointmentDeps) => {
  const pages = diaryPages(deps);
  const shared = {
    ...deps,
    pages,
    reachOf: reachFor(deps),
    store: createSeriesStore(deps.table),
    appointments: appointmentsFor(deps),
    placeAll: createSeriesPlacer(pages),
  };
  return { ...createSeriesBook({ ...shared, idempotent: createIdempotent(deps) }), change: createSeriesChange(shared) };
};

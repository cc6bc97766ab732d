import { type AppointmentDeps, appointmentsFor, diaryPages } from '../booking/wiring.ts';
import { createIdempotent } from '../platform/idempotent.ts';
import { createSeriesBook } from './book.ts';
import { createSeriesChange } from './change.ts';
import { createSeriesPlacer } from './placement.ts';
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
  return { ...createSeriesBook({ ...shared, once: createIdempotent(deps) }), change: createSeriesChange(shared) };
};

import type { AppointmentDeps } from '../../booking/wiring.ts';
import { appointmentsFor, diaryPages } from '../../booking/wiring.ts';
import { blockStoreFor, daySheetsFor } from '../../diary/wiring.ts';
import { createRezone } from './rezone.ts';
/** Moves what is booked at a location to the zone that it has now. */
export const rezoneFor = (deps: AppointmentDeps) =>
  createRezone({
    ...deps,
    appointments: appointmentsFor(deps),
    sheetOf: daySheetsFor(deps),
    blocks: blockStoreFor(deps),
    pages: diaryPages(deps),
  });

import type { AppointmentDeps } from '../../booking/wiring.ts';
import { appointmentsFor, diaryPages } from '../../booking/wiring.ts';
import { blockStoreFor, daySheetsFor } from '../../diary/wiring.ts';
import { createZoneChange } from './move.ts';
/** Moves what is booked at a location to the zone that it has now. */
export const zoneChangeFor = (deps: AppointmentDeps) =>
  createZoneChange({
    ...deps,
    appointments: appointmentsFor(deps),
    sheetOf: daySheetsFor(deps),
    blocks: blockStoreFor(deps),
    pages: diaryPages(deps),
  });

import { createAudit } from '../../audit/audit.ts';
import { jobCreationFor } from '../../background/jobs/wiring.ts';
import type { AppointmentDeps } from '../../booking/wiring.ts';
import { appointmentsFor, diaryPages } from '../../booking/wiring.ts';
import { blockStoreFor, daySheetsFor } from '../../diary/wiring.ts';
import { settingsJobs } from '../jobs/kinds.ts';
import { createZoneLaw } from './law.ts';
import { createZoneChange } from './move.ts';
import { createZoneRulesStore } from './rules-store.ts';

/** Looks whether the rules of zones that run here are new to the table. */
export const zoneLawFor = (
  deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now' | 'random'> & { rules: string | undefined },
) =>
  createZoneLaw({
    ...deps,
    store: createZoneRulesStore(deps.table),
    createJob: jobCreationFor(deps, settingsJobs),
    audit: createAudit(deps.table, deps.random),
  });

/** Moves what is booked at a location to the zone that it has now. */
export const zoneChangeFor = (deps: AppointmentDeps) =>
  createZoneChange({
    ...deps,
    appointments: appointmentsFor(deps),
    sheetOf: daySheetsFor(deps),
    blocks: blockStoreFor(deps),
    pages: diaryPages(deps),
  });

import { jobCreationFor, jobsFor } from '../background/jobs/wiring.ts';
import { type AppointmentDeps, appointmentsFor } from '../booking/wiring.ts';
import { createCatalogueEditor } from '../business/editor.ts';
import { settingsJobs } from './jobs/kinds.ts';
import { createSettings } from './settings.ts';

/** Changes the business, and shows the work on bookings that such a change starts. */
export const settingsFor = (deps: AppointmentDeps) => ({
  settings: createSettings({
    ...deps,
    editor: createCatalogueEditor(deps),
    appointments: appointmentsFor(deps),
    createJob: jobCreationFor(deps, settingsJobs),
  }),
  jobs: jobsFor(deps, settingsJobs),
});

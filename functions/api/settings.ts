import { auditBindings } from '../../shared/audit/routes.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { createCatalogueEditor } from '../../shared/business/editor.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { settingsJobsFor } from '../../shared/settings/jobs/kinds.ts';
import { createJobStore } from '../../shared/settings/jobs/store.ts';
import { settingsBindings } from '../../shared/settings/routes.ts';
import { createSettings } from '../../shared/settings/settings.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('settings'), () => {
  const base = foundation();
  const jobs = createJobStore(base.table);
  const settings = createSettings({
    ...base,
    editor: createCatalogueEditor(base),
    appointments: appointmentsFor(base),
    jobs,
  });
  return [...settingsBindings({ settings, jobs: settingsJobsFor(base) }), ...auditBindings(base)];
});

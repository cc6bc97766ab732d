import { auditBindings } from '../../shared/audit/routes.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { settingsBindings } from '../../shared/settings/routes.ts';
import { settingsFor } from '../../shared/settings/wiring.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('settings'), () => [
  ...settingsBindings(settingsFor(foundation())),
  ...auditBindings(foundation()),
]);

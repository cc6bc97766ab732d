import { auditBindings } from '../../shared/audit/routes.ts';
import { staffNamesFor } from '../../shared/people/wiring.ts';
import { behindEdge } from '../../shared/platform/http/edge.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { settingsBindings } from '../../shared/settings/routes.ts';
import { settingsFor } from '../../shared/settings/wiring.ts';
import { edgeSecret } from '../environment.ts';
import { foundation } from '../foundation.ts';
import { identify } from './identify.ts';

export const handler = behindEdge(
  edgeSecret,
  apiHandler(
    createTelemetry('settings'),
    () => {
      const base = foundation();
      return [...settingsBindings(settingsFor(base)), ...auditBindings({ ...base, namesOf: staffNamesFor(base) })];
    },
    identify,
  ),
);

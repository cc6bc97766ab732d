import { availabilityBindings } from '../../shared/booking/routes.ts';
import { businessBindings } from '../../shared/business/routes.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('public-reads'), () => [
  ...businessBindings(foundation().catalogue),
  ...availabilityBindings(foundation()),
]);

import { availabilityBindings } from '../../shared/booking/routes.ts';
import { businessBindings } from '../../shared/business/routes.ts';
import { behindEdge } from '../../shared/platform/http/edge.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { edgeSecret } from '../environment.ts';
import { foundation } from '../foundation.ts';

export const handler = behindEdge(
  edgeSecret,
  apiHandler(createTelemetry('public-reads'), () => [
    ...businessBindings(foundation().catalogue),
    ...availabilityBindings(foundation()),
  ]),
);

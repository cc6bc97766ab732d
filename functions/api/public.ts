import { behindEdge } from '../../shared/platform/http/edge.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { edgeSecret } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';
import { visitorBindings } from '../visitors.ts';

const telemetry = createTelemetry('public');

export const handler = behindEdge(
  edgeSecret,
  apiHandler(telemetry, () => visitorBindings(foundationWithLinks())),
);

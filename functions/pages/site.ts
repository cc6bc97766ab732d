import { availabilityBindings } from '../../shared/booking/routes.ts';
import { businessBindings } from '../../shared/business/routes.ts';
import { createClient } from '../../shared/platform/http/client.ts';
import { behindEdge } from '../../shared/platform/http/edge.ts';
import { routedHandler } from '../../shared/platform/http/handlers.ts';
import { createRouter } from '../../shared/platform/http/router.ts';
import { inProcess } from '../../shared/platform/http/server.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { pageContracts } from '../../web/api.ts';
import { createPages } from '../../web/pages.ts';
import { pageRoutes } from '../../web/routes.ts';
import { edgeSecret } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';
import { visitorBindings } from '../visitors.ts';
import { toPageRequest } from './request.ts';

const telemetry = createTelemetry('site');
const onError = (error: unknown) => telemetry.error('crashed', error);

const pages = once(() => {
  const base = foundationWithLinks();
  const bindings = [...businessBindings(base.catalogue), ...availabilityBindings(base), ...visitorBindings(base)];
  return createPages({
    ...base,
    onError,
    clientFor: ({ sourceIp }) => createClient(pageContracts, inProcess(bindings, { sourceIp }, onError)),
  });
});

const router = createRouter(pageRoutes);

export const handler = behindEdge(
  edgeSecret,
  routedHandler(
    telemetry,
    () => router,
    async ({ route, params }, event) => {
      const {
        status,
        headers,
        cookies = [],
        body,
      } = await pages()[route.id](await toPageRequest(event, params, foundationWithLinks().publicUrl));
      return { statusCode: status, headers, cookies: [...cookies], body };
    },
  ),
);

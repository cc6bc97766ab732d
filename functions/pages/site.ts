import { availabilityBindings, bookingBindings } from '../../shared/booking/routes.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { businessBindings } from '../../shared/business/routes.ts';
import { subscriptionBindings } from '../../shared/messages/routes.ts';
import { messagesFor } from '../../shared/messages/wiring.ts';
import { createClient } from '../../shared/platform/http/client.ts';
import { routedHandler } from '../../shared/platform/http/handlers.ts';
import { createRouter } from '../../shared/platform/http/router.ts';
import { inProcess } from '../../shared/platform/http/server.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewLinkBindings } from '../../shared/reviews/routes.ts';
import { waitingBindings } from '../../shared/waiting-list/routes.ts';
import { pageContracts } from '../../web/api.ts';
import { createPages } from '../../web/pages.ts';
import { pageRoutes } from '../../web/routes.ts';
import { foundationWithLinks } from '../links.ts';
import { toPageRequest } from './request.ts';

const telemetry = createTelemetry('site');
const onError = (error: unknown) => telemetry.error('crashed', error);

const pages = once(() => {
  const base = foundationWithLinks();
  const appointments = appointmentsFor(base);
  const bindings = [
    ...businessBindings(base.catalogue),
    ...availabilityBindings(base),
    ...bookingBindings(base),
    ...waitingBindings(base),
    ...reviewLinkBindings({ ...base, appointments }),
    ...subscriptionBindings({ ...base, store: messagesFor(base), addresseeOf: appointments.get }),
  ];
  return createPages({
    ...base,
    onError,
    clientFor: ({ sourceIp, baseUrl }) =>
      createClient(pageContracts, inProcess(bindings, { sourceIp, origin: baseUrl }, onError)),
  });
});

const router = createRouter(pageRoutes);

export const handler = routedHandler(
  telemetry,
  () => router,
  async ({ route, params }, event) => {
    const { status, headers, body } = await pages()[route.id](await toPageRequest(event, params));
    return { statusCode: status, headers, body };
  },
);

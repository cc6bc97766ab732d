import { appointmentsFor, availabilityBindings, bookingBindings } from '../../shared/booking/routes.ts';
import { businessBindings } from '../../shared/business/routes.ts';
import { messageBindings } from '../../shared/messages/routes.ts';
import { messagesFor } from '../../shared/messages/wiring.ts';
import { createClient } from '../../shared/platform/http/client.ts';
import { formFields } from '../../shared/platform/http/forms.ts';
import { bodyOf, contextOf, type HttpEvent, httpStack, routeKey, toResult } from '../../shared/platform/http/lambda.ts';
import { Problem } from '../../shared/platform/http/problems.ts';
import { inProcess, problemResponse } from '../../shared/platform/http/server.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewBindings } from '../../shared/reviews/routes.ts';
import { waitingBindings } from '../../shared/waiting-list/routes.ts';
import { pageContracts } from '../../web/api.ts';
import type { PageRequest } from '../../web/frame/page.ts';
import { createPages } from '../../web/pages.ts';
import { pageRoutes } from '../../web/routes.ts';
import { once } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';

const telemetry = createTelemetry('web-pages');
const onError = (error: unknown) => telemetry.error('crashed', error);

const pages = once(() => {
  const base = foundationWithLinks();
  const appointments = appointmentsFor(base);
  const bindings = [
    ...businessBindings(base.catalogue),
    ...availabilityBindings(base),
    ...bookingBindings(base),
    ...waitingBindings(base),
    ...reviewBindings({ ...base, appointments }),
    ...messageBindings({ ...base, store: messagesFor(base), addresseeOf: appointments.get }),
  ];
  return createPages({
    ...base,
    onError,
    clientFor: ({ sourceIp, baseUrl }) =>
      createClient(pageContracts, inProcess(bindings, { sourceIp, origin: baseUrl }, onError)),
  });
});

const formOf = async (event: HttpEvent): Promise<URLSearchParams | undefined> => {
  if (event.requestContext.http.method !== 'POST') return undefined;
  return formFields(bodyOf(event) ?? '', event.headers['content-type']);
};

const toPageRequest = async (event: HttpEvent): Promise<PageRequest> => {
  const { sourceIp, origin } = contextOf(event);
  const params = Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, value ?? '']);
  return {
    params: Object.fromEntries(params),
    query: new URLSearchParams(event.rawQueryString),
    form: await formOf(event),
    acceptLanguage: event.headers['accept-language'],
    cookie: event.cookies?.join('; '),
    baseUrl: origin,
    sourceIp,
  };
};

const pageIds = new Map(pageRoutes.map((route) => [routeKey(route), route.id]));

export const handler = httpStack(telemetry, async (event) => {
  if (event.rawPath.startsWith('/v1/')) return toResult(problemResponse(new Problem('not_found')));
  const page = pages()[pageIds.get(event.routeKey) ?? 'notFound'];
  const { status, headers, body } = await page(await toPageRequest(event));
  return { statusCode: status, headers, body };
});

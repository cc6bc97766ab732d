import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { once } from '../memo.ts';
import type { Telemetry } from '../telemetry.ts';
import { type HttpEvent, httpStack, present, toRequest, toResult } from './lambda.ts';
import { Problem } from './problems.ts';
import { createRouter, type Found, type Routed, type Router } from './router.ts';
import { type Binding, type Identify, problemResponse, serve } from './server.ts';

type Result = APIGatewayProxyStructuredResultV2;

/** A route with the name that stands in logs. */
export interface NamedRoute extends Routed {
  id: string;
}

type Serve<R> = (found: Found<R>, event: HttpEvent, onCrash: (error: unknown) => void) => Promise<Result>;

const notFound = (): Result => toResult(problemResponse(new Problem('not_found')));

/** Tells which methods a path has: as a refusal, or to whoever asks for just that. */
const allowing = (methods: readonly string[], asked: string): Result => {
  const allow = ['OPTIONS', ...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
  // A browser asks before it sends a form of another site; the gateway adds what it needs to hear.
  if (asked === 'OPTIONS') return { statusCode: 204, headers: { allow } };
  const { status, headers, body } = problemResponse(
    new Problem('method_not_allowed', { detail: `Here one can ask for ${allow}.` }),
  );
  return { statusCode: status, headers: { ...headers, allow }, body };
};

/** The path to look for, and what the gateway has read from it: it tells a `/` from the `%2F` within a parameter. */
const askedFor = ({ routeKey, rawPath, pathParameters }: HttpEvent) => {
  const template = routeKey.slice(routeKey.indexOf(' ') + 1);
  if (!template.startsWith('/') || template.endsWith('+}')) return { path: rawPath, known: undefined };
  return { path: template, known: present(pathParameters) };
};

/**
 * A Lambda that finds its route itself: the gateway may send everything below a path, with any method. HEAD is answered
 * like GET, another method than a path has with 405.
 */
export const routedHandler = <R extends NamedRoute>(
  telemetry: Telemetry,
  routerFor: (path: string) => Router<R> | undefined | Promise<Router<R> | undefined>,
  answer: Serve<R>,
) =>
  httpStack(telemetry, async (event, name) => {
    const { method } = event.requestContext.http;
    const { path, known } = askedFor(event);
    const router = await routerFor(path);
    const found = router?.find(method === 'HEAD' ? 'GET' : method, path);
    if (!found) {
      const methods = router?.methods(path) ?? [];
      return methods.length > 0 ? allowing(methods, method) : notFound();
    }
    const { route, params } = found;
    name(route.id);
    const onCrash = (error: unknown) => telemetry.error('crashed', error, { route: route.id });
    return answer({ route, params: known ?? params }, event, onCrash);
  });

interface BoundRoute extends NamedRoute {
  binding: Binding;
}

const routerOf = (bindings: readonly Binding[]): Router<BoundRoute> =>
  createRouter(
    bindings.map((binding) => {
      const { id, method, path } = binding.contract;
      return { id, method, path, binding };
    }),
  );

const answerApi =
  (identify: Identify | undefined): Serve<BoundRoute> =>
  async ({ route, params }, event, onCrash) =>
    toResult(await serve(route.binding, toRequest(event, params), onCrash, identify));

/**
 * A Lambda that serves the bindings; they are made at the first request, not at import. `identify`, where there are
 * routes for staff.
 */
export const apiHandler = (telemetry: Telemetry, makeBindings: () => readonly Binding[], identify?: Identify) =>
  routedHandler(
    telemetry,
    once(() => routerOf(makeBindings())),
    answerApi(identify),
  );

/** Serves a path and all below it; loaded when somebody first asks for one of them. */
export type Capabilities = Readonly<Record<`/${string}`, () => Promise<readonly Binding[]>>>;

/** A Lambda of many capabilities, of which each instance loads those that it is asked for. */
export const capabilitiesHandler = (telemetry: Telemetry, capabilities: Capabilities, identify?: Identify) => {
  const loaded = new Map<() => Promise<readonly Binding[]>, Promise<Router<BoundRoute>>>();
  const load = (make: () => Promise<readonly Binding[]>): Promise<Router<BoundRoute>> => {
    const router = loaded.get(make) ?? make().then(routerOf);
    loaded.set(make, router);
    // The next request tries again.
    router.catch(() => loaded.delete(make));
    return router;
  };
  const places = createRouter(
    Object.entries(capabilities).flatMap(([path, make]) =>
      [path, `${path}/{below+}`].map((each) => ({ method: 'ANY', path: each, make })),
    ),
  );
  return routedHandler(
    telemetry,
    (path) => {
      const place = places.find('ANY', path);
      return place && load(place.route.make);
    },
    answerApi(identify),
  );
};

import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { withDeadline } from '../deadline.ts';
import { compressed } from '../table/compress.ts';
import type { Telemetry } from '../telemetry.ts';
import type { RawResponse } from './client.ts';
import { type Method, type Role, roles } from './contract.ts';
import { Problem } from './problems.ts';
import type { Binding, IncomingRequest, RequestContext, StaffIdentity } from './server.ts';
import { problemResponse, serve } from './server.ts';

/** What we use of API Gateway's event, payload format 2.0. */
export const httpEvent = z.object({
  routeKey: z.string(),
  rawPath: z.string(),
  rawQueryString: z.string(),
  cookies: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string().optional()),
  queryStringParameters: z.record(z.string(), z.string().optional()).optional(),
  pathParameters: z.record(z.string(), z.string().optional()).optional(),
  requestContext: z.object({
    requestId: z.string(),
    domainName: z.string(),
    http: z.object({ method: z.string(), sourceIp: z.string() }),
    authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }).optional() }).optional(),
  }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
});
export type HttpEvent = z.output<typeof httpEvent>;

type HttpMiddleware = middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>;

const present = (values: Record<string, string | undefined> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** API Gateway renders the groups of a token as the text `[owner manager]`; other gateways leave the list. */
export const groupsOf = (claim: unknown): Role[] => {
  const names = Array.isArray(claim)
    ? claim.map(String)
    : String(claim ?? '')
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/);
  return roles.filter((role) => names.includes(role));
};

const staffOf = (event: HttpEvent): StaffIdentity | undefined => {
  const claims = event.requestContext.authorizer?.jwt?.claims;
  return claims ? { id: String(claims['sub'] ?? ''), roles: groupsOf(claims['cognito:groups']) } : undefined;
};

export const contextOf = (event: HttpEvent): RequestContext => ({
  sourceIp: event.requestContext.http.sourceIp,
  origin: `${event.headers['x-forwarded-proto'] ?? 'https'}://${event.headers['host'] ?? event.requestContext.domainName}`,
  staff: staffOf(event),
});

export const bodyOf = (event: HttpEvent): string | undefined =>
  event.isBase64Encoded && event.body ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;

const toRequest = (event: HttpEvent): IncomingRequest => ({
  method: event.requestContext.http.method as Method,
  path: event.rawPath,
  query: present(event.queryStringParameters),
  headers: present(event.headers),
  params: present(event.pathParameters),
  body: bodyOf(event),
  context: contextOf(event),
});

export const toResult = ({ status, headers, body }: RawResponse): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers,
  body,
});

/** One log line per request, API Gateway keeps the metrics; the route stands for the path, since paths carry tokens. */
const observe = (telemetry: Telemetry): HttpMiddleware => {
  const started = new WeakMap<object, number>();
  return {
    before: ({ event }) => {
      started.set(event, performance.now());
    },
    after: ({ event, response }) => {
      const milliseconds = Math.round(performance.now() - (started.get(event) ?? performance.now()));
      const status = response?.statusCode ?? 200;
      telemetry.info('request', {
        route: event.routeKey,
        status,
        milliseconds,
        requestId: event.requestContext.requestId,
      });
    },
  };
};

const secureHeaders: HttpMiddleware = {
  after: ({ response }) => {
    if (!response) return;
    response.headers = {
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      ...response.headers,
    };
  },
};

const compress: HttpMiddleware = {
  after: (request) => {
    if (request.response) request.response = compressed(request.response, request.event.headers['accept-encoding']);
  },
};

/** The one stack that every HTTP function runs in. */
export const httpStack = (
  telemetry: Telemetry,
  handle: (event: HttpEvent) => Promise<APIGatewayProxyStructuredResultV2>,
) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(observe(telemetry))
    .use(compress)
    .use(secureHeaders)
    .handler(async (event, context) => {
      try {
        return await withDeadline(context, () => handle(httpEvent.parse(event)));
      } catch (error) {
        telemetry.error('crashed', error, { route: event.routeKey });
        return toResult(problemResponse(new Problem('internal')));
      }
    });

export const routeKey = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

/** A Lambda that serves the bindings; they are made at the first request, not at import. */
export const apiHandler = (telemetry: Telemetry, makeBindings: () => readonly Binding[]) => {
  let byRoute: Map<string, Binding> | undefined;
  return httpStack(telemetry, async (event) => {
    byRoute ??= new Map(makeBindings().map((binding) => [routeKey(binding.contract), binding]));
    const binding = byRoute.get(event.routeKey);
    if (!binding) return toResult(problemResponse(new Problem('not_found')));
    return toResult(
      await serve(binding, toRequest(event), (error) => telemetry.error('crashed', error, { route: event.routeKey })),
    );
  });
};

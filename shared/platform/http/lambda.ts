import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { withDeadline } from '../deadline.ts';
import { compressed } from '../table/compress.ts';
import type { Telemetry } from '../telemetry.ts';
import type { RawResponse } from './client.ts';
import { type Method, type Role, roles } from './contract.ts';
import { formFields } from './forms.ts';
import { Problem } from './problems.ts';
import { type IncomingRequest, problemResponse, type RequestContext, type StaffIdentity } from './server.ts';

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

/** Without what is undefined. */
export const present = (values: Record<string, string | undefined> = {}): Record<string, string> =>
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

const bodyOf = (event: HttpEvent): string | undefined =>
  event.isBase64Encoded && event.body ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;

/** The fields of a form that was posted. */
export const formOf = async (event: HttpEvent): Promise<URLSearchParams | undefined> => {
  if (event.requestContext.http.method !== 'POST') return undefined;
  return formFields(bodyOf(event) ?? '', event.headers['content-type']);
};

export const toRequest = (event: HttpEvent, params: Record<string, string>): IncomingRequest => ({
  method: event.requestContext.http.method as Method,
  path: event.rawPath,
  query: present(event.queryStringParameters),
  headers: present(event.headers),
  params,
  body: bodyOf(event),
  context: contextOf(event),
});

export const toResult = ({ status, headers, body }: RawResponse): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers,
  body,
});

/** What is noted of a request for its log line. */
interface Noted {
  /** Milliseconds of the process. */
  began: number;
  /** The id of the contract or page. */
  route?: string;
}

/**
 * One log line per request, API Gateway keeps the metrics. The id of a contract or page stands for the path, since paths
 * carry tokens; where none was found, the gateway's route does.
 */
const observe = (telemetry: Telemetry, noted: WeakMap<object, Noted>): HttpMiddleware => ({
  before: ({ event }) => {
    noted.set(event, { began: performance.now() });
  },
  after: ({ event, response }) => {
    const { began = performance.now(), route = event.routeKey } = noted.get(event) ?? {};
    telemetry.info('request', {
      route,
      status: response?.statusCode ?? 200,
      milliseconds: Math.round(performance.now() - began),
      requestId: event.requestContext.requestId,
    });
  },
});

/** HEAD is answered like GET, without what GET would bring. */
const bodiless: HttpMiddleware = {
  after: ({ event, response }) => {
    if (response && event.requestContext?.http?.method === 'HEAD') delete response.body;
  },
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

/** The one stack that every HTTP function runs in. `handle` names the route that it found, for the log. */
export const httpStack = (
  telemetry: Telemetry,
  handle: (event: HttpEvent, name: (route: string) => void) => Promise<APIGatewayProxyStructuredResultV2>,
) => {
  const noted = new WeakMap<object, Noted>();
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(observe(telemetry, noted))
    .use(bodiless)
    .use(compress)
    .use(secureHeaders)
    .handler(async (event, context) => {
      const note = noted.get(event) ?? { began: performance.now() };
      const name = (route: string): void => {
        note.route = route;
      };
      try {
        return await withDeadline(context, () => handle(httpEvent.parse(event), name));
      } catch (error) {
        telemetry.error('crashed', error, { route: note.route ?? event.routeKey });
        return toResult(problemResponse(new Problem('internal')));
      }
    });
};

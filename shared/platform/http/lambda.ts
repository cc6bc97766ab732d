import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { withDeadline } from '../deadline.ts';
import { compressed } from '../table/compress.ts';
import type { Telemetry } from '../telemetry.ts';
import type { RawResponse } from './client.ts';
import { enrolling, type Group, type Method, signedIn } from './contract.ts';
import { formFields } from './forms.ts';
import { Problem } from './problems.ts';
import {
  type IncomingRequest,
  maxBodyBytes,
  problemResponse,
  type RequestContext,
  type StaffIdentity,
} from './server.ts';

/** The part of API Gateway's event that we use, payload format 2.0. */
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

/**
 * API Gateway renders the groups of a token as the text `[owner manager]`; other gateways leave the list. The name of a
 * group may hold commas, but no space.
 */
export const groupsOf = (claim: unknown): Group[] => {
  const names = Array.isArray(claim)
    ? claim.map(String)
    : String(claim ?? '')
        .replace(/^\[|\]$/g, '')
        .split(/\s+/);
  return signedIn.filter((group) => names.includes(group));
};

/** An access token passes the gateway, too, but says nothing of who asks: only an ID token counts. */
const staffOf = (event: HttpEvent): StaffIdentity | undefined => {
  const claims = event.requestContext.authorizer?.jwt?.claims;
  if (claims?.['token_use'] !== 'id') return undefined;
  const { sub = '', iat = 0, auth_time: authTime, email } = claims;
  const groups = groupsOf(claims['cognito:groups']);
  return {
    id: String(sub),
    roles: groups.filter((group) => group !== enrolling),
    ...(groups.includes(enrolling) ? { enrolling: true } : {}),
    issuedAt: Number(iat),
    ...(authTime === undefined ? {} : { beganAt: Number(authTime) }),
    ...(email === undefined ? {} : { email: String(email) }),
  };
};

/** AWS hands cookies over apart from the headers; an emulator leaves them there. */
const cookiesOf = ({ cookies, headers }: HttpEvent): string[] => cookies ?? headers['cookie']?.split(/;\s*/) ?? [];

export const contextOf = (event: HttpEvent): RequestContext => ({
  sourceIp: event.requestContext.http.sourceIp,
  staff: staffOf(event),
  cookies: cookiesOf(event),
  site: event.headers['sec-fetch-site'],
});

const bodyOf = (event: HttpEvent): string | undefined =>
  event.isBase64Encoded && event.body ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;

/** Measures the body without decoding or parsing it. */
const isTooLarge = ({ body = '', isBase64Encoded }: HttpEvent): boolean =>
  Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > maxBodyBytes;

/** The fields of a form that was posted; of one that is too large to be ours, nothing but that it is. */
export const postedIn = async (event: HttpEvent): Promise<{ form?: URLSearchParams; tooLarge?: true }> => {
  if (event.requestContext.http.method !== 'POST') return {};
  if (isTooLarge(event)) return { tooLarge: true };
  return { form: await formFields(bodyOf(event) ?? '', event.headers['content-type']) };
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

export const toResult = ({ status, headers, cookies, body }: RawResponse): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers,
  ...(cookies ? { cookies } : {}),
  body,
});

/** Notes about a request for its log line. */
interface Noted {
  /** Milliseconds of the process. */
  began: number;
  /** The id of the contract or page. */
  route?: string;
  /** The `sub` of a signed-in member of staff. */
  staff?: string | undefined;
}

/**
 * One log line per request, API Gateway keeps the metrics. The id of a contract or page stands for the path, since paths
 * carry tokens; where none was found, the gateway's route does. Of staff it says who asked, by `sub`.
 */
const observe = (telemetry: Telemetry, noted: WeakMap<object, Noted>): HttpMiddleware => ({
  before: ({ event }) => {
    noted.set(event, { began: performance.now() });
  },
  after: ({ event, response }) => {
    const { began = performance.now(), route = event.routeKey, staff } = noted.get(event) ?? {};
    telemetry.info('request', {
      route,
      ...(staff ? { staff } : {}),
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

/** The answer with the headers that keep browsers safe, where it has none of its own. */
export const safely = (response: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 => ({
  ...response,
  headers: {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000',
    // Whatever is no page loads nothing and stands in no frame; a page brings a policy of its own.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...response.headers,
  },
});

const secureHeaders: HttpMiddleware = {
  after: (request) => {
    if (request.response) request.response = safely(request.response);
  },
};

const compress: HttpMiddleware = {
  after: (request) => {
    if (request.response) request.response = compressed(request.response, request.event.headers['accept-encoding']);
  },
};

/**
 * Time for whoever has not signed in, after which a function begins no further attempt: a crowd at one time must not use
 * up the executions that staff and messages need.
 */
const anonymousMs = 3_000;

/** The one stack that every HTTP function runs in. `handle` names the route that it found, for the log. */
export const httpStack = (
  telemetry: Telemetry,
  handle: (event: HttpEvent, name: (route: string) => void) => Promise<APIGatewayProxyStructuredResultV2>,
) => {
  const noted = new WeakMap<object, Noted>();
  // Lambda itself ends what takes too long, and retries stop before, at their deadline. A timer here would go by another
  // clock than theirs where functions are given more patience.
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({ timeoutEarlyInMillis: 0 })
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
        const parsed = httpEvent.parse(event);
        note.staff = staffOf(parsed)?.id;
        const most = note.staff === undefined ? anonymousMs : undefined;
        return await withDeadline(context, () => handle(parsed, name), most);
      } catch (error) {
        telemetry.error('crashed', error, { route: note.route ?? event.routeKey });
        return toResult(problemResponse(new Problem('internal')));
      }
    });
};

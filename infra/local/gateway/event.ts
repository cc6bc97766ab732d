import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { accountId } from '../services/names.ts';
import { type Claims, renderedClaims } from './identity.ts';
import type { Match } from './routes.ts';

export type GatewayEvent = APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer;

/** The peer's address without the IPv6 form of IPv4. */
const sourceIpOf = (request: IncomingMessage): string => (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');

const textual = /^(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i;

const headersOf = (request: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && values) headers[name] = values.join(',');
  }
  const sourceIp = sourceIpOf(request);
  const forwardedFor = headers['x-forwarded-for'];
  return {
    ...headers,
    'x-amzn-trace-id': `Root=1-${randomUUID().slice(0, 8)}`,
    'x-forwarded-for': forwardedFor ? `${forwardedFor}, ${sourceIp}` : sourceIp,
    'x-forwarded-port': String(request.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
};

const queryOf = (search: URLSearchParams): Record<string, string> | undefined => {
  const names = [...new Set(search.keys())];
  return names.length === 0
    ? undefined
    : Object.fromEntries(names.map((name) => [name, search.getAll(name).join(',')]));
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2026:19:03:58 +0000`. */
const logTime = (instant: number): string => {
  const iso = new Date(instant).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

export interface Arrived {
  request: IncomingMessage;
  url: URL;
  body: Buffer;
  match: Match;
  /** Claims of a verified token, on routes for staff. */
  claims: Claims | undefined;
}

/** The event of an HTTP API, payload format 2.0. */
export const gatewayEvent = ({ request, url, body, match, claims }: Arrived): GatewayEvent => {
  const headers = headersOf(request);
  const isBase64Encoded = body.length > 0 && !textual.test(headers['content-type'] ?? '');
  const domainName = headers['host'] ?? '';
  const path = decodeURIComponent(url.pathname);
  const cookies = request.headersDistinct['cookie']?.flatMap((line) => line.split(/;\s*/)).filter((one) => one !== '');
  const query = queryOf(url.searchParams);
  const timeEpoch = Date.now();
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    ...(cookies?.length ? { cookies } : {}),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId,
      apiId: 'local',
      ...(claims ? { authorizer: { jwt: { claims: renderedClaims(claims), scopes: null } } } : {}),
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method: request.method ?? '',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: sourceIpOf(request),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.routeKey,
      stage: '$default',
      time: logTime(timeEpoch),
      timeEpoch,
    },
    ...(Object.keys(match.params).length > 0 ? { pathParameters: match.params } : {}),
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  } as GatewayEvent;
};

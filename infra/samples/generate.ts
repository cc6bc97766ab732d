import { contracts, examples } from '../../shared/contracts.ts';
import type { RouteContract } from '../../shared/platform/http/contract.ts';
import type { AnyExample } from '../../shared/platform/http/examples.ts';
import { createRouter } from '../../shared/platform/http/router.ts';
import { functions } from '../manifest.ts';
import { fillings } from './fillings.ts';

const host = 'a1b2c3d4e5.execute-api.eu-west-2.amazonaws.com';
const sourceIp = '203.0.113.42';
const userAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1';

/** Path at which something in an example is replaced: `body.client.phone`, `body.services.0.staffId`. */
const filled = (value: unknown, path: string, filling: Record<string, string>): unknown => {
  if (filling[path] !== undefined) return filling[path];
  if (Array.isArray(value)) return value.map((each, index) => filled(each, `${path}.${index}`, filling));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, filled(each, `${path}.${name}`, filling)]),
  );
};

/** The fillings that no value of the example waits for. */
const unused = (example: AnyExample, filling: Record<string, string>): string[] =>
  Object.keys(filling).filter((path) => {
    if (path === 'ifMatch') return false;
    const found = path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], example);
    return found === undefined;
  });

/** Claims of an ID token of Cognito, as the authorizer hands them on; for a receptionist where the route lets one in. */
const authorizerFor = (roles: readonly string[]) => ({
  jwt: {
    claims: {
      aud: '4rsv7qgd8m5e1example',
      auth_time: '1795428000',
      'cognito:groups': roles.includes('reception') ? '[reception]' : `[${roles.join(' ')}]`,
      'cognito:username': 'b6d2f2a4-5021-70c1-6c1e-2f1f3c3c9d11',
      email: 'reception@linden-rose.example',
      email_verified: 'true',
      exp: '1795431600',
      iat: '1795428000',
      iss: 'https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_EXAMPLE',
      sub: 'b6d2f2a4-5021-70c1-6c1e-2f1f3c3c9d11',
      token_use: 'id',
    },
    scopes: null,
  },
});

const textOf = (body: unknown, { bodyType }: RouteContract): string =>
  bodyType === 'application/x-www-form-urlencoded'
    ? new URLSearchParams(body as Record<string, string>).toString()
    : JSON.stringify(body);

/** Placeholders stay readable in a query; what fills them needs no encoding. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}').replaceAll('%2C', ',');

const prefixed = (filling: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(filling).map(([path, text]) => [`.${path}`, text]));

const gateway = createRouter(
  Object.entries(functions).flatMap(([functionName, { trigger }]) =>
    trigger.kind === 'http' ? trigger.routes.map((route) => ({ ...route, functionName })) : [],
  ),
);

/** The event of an HTTP API, payload format 2.0, that brings a route its example. */
const eventOf = (contract: RouteContract, example: AnyExample, filling: Record<string, string>) => {
  const { params, query, body } = filled(example, '', prefixed(filling)) as AnyExample;
  const staff = Array.isArray(contract.caller) ? contract.caller : undefined;
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => params?.[name] ?? '');
  const found = gateway.find(contract.method, path);
  if (!found) throw new Error(`No function of the manifest serves ${contract.method} ${contract.path}`);
  const routeKey = `${found.route.method} ${found.route.path}`;
  const hasParams = Object.keys(found.params).length > 0;
  const entries = Object.entries(query ?? {}).map(([name, value]) => [name, String(value)] as const);
  const isForm = contract.bodyType === 'application/x-www-form-urlencoded';
  const event = {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: entries.map(([name, value]) => `${name}=${encoded(value)}`).join('&'),
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
      'accept-language': 'en-US,en;q=0.9',
      ...(contract.body ? { 'content-type': contract.bodyType ?? 'application/json' } : {}),
      host,
      'user-agent': userAgent,
      'x-amzn-trace-id': 'Root=1-69238f5e-2f1c3b4a5d6e7f8091a2b3c4',
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...(staff ? { authorization: 'Bearer eyJ.example.token' } : {}),
      ...(contract.idempotency ? { 'idempotency-key': '{{uuid}}' } : {}),
      ...(contract.precondition ? { 'if-match': filling['ifMatch'] ?? '"1"' } : {}),
    },
    ...(entries.length > 0 ? { queryStringParameters: Object.fromEntries(entries) } : {}),
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      ...(staff ? { authorizer: authorizerFor(staff) } : {}),
      domainName: host,
      domainPrefix: 'a1b2c3d4e5',
      http: { method: contract.method, path, protocol: 'HTTP/1.1', sourceIp, userAgent },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      time: '22/Nov/2026:15:00:00 +0000',
      timeEpoch: 1_795_359_600_000,
    },
    ...(hasParams ? { pathParameters: found.params } : {}),
    ...(contract.body ? { body: textOf(body, contract) } : {}),
    isBase64Encoded: isForm,
  };
  return { functionName: found.route.functionName, event };
};

/** A sample that `npm run samples` writes. */
export interface GeneratedSample {
  routeId: string;
  /** Below `events/`. */
  file: string;
  text: string;
}

/** One good sample for each route of the API, made from the route's example. */
export const generatedSamples = (): GeneratedSample[] =>
  contracts.map((contract: RouteContract) => {
    const example = examples[contract.id];
    if (!example) throw new Error(`The route ${contract.id} has no example`);
    const filling = fillings[contract.id] ?? {};
    const lost = unused(example, filling);
    if (lost.length > 0) throw new Error(`The example of ${contract.id} has no ${lost.join(', ')}`);
    const { functionName, event } = eventOf(contract, example, filling);
    const file = `${functionName}/${contract.id}.json`;
    return { routeId: contract.id, file, text: `${JSON.stringify(event, null, 2)}\n` };
  });

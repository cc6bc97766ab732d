import {
  type Args,
  type Method,
  type ProblemBody,
  type ProblemBodyOf,
  problemSchemaOf,
  type Result,
  type RouteContract,
} from './contract.ts';
import { type ProblemName, problems } from './problems.ts';

export interface RawRequest {
  method: Method;
  /** With its parameters filled in and percent-encoded. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: string | undefined;
}

export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  /** Each a `Set-Cookie`. */
  cookies?: string[];
  body: string;
}

/** Carries a request: over HTTP, or straight into the handlers of the same process. */
export type Transport = (contract: RouteContract, request: RawRequest) => Promise<RawResponse>;

export type Outcome<R extends RouteContract> =
  | { ok: true; status: number; data: Result<R> }
  | { ok: false; status: number; problem: ProblemBodyOf<R['errors'][number]> };

/** One method per route, named by its id. */
export type Client<Routes extends readonly RouteContract[]> = {
  [R in Routes[number] as R['id']]: (args: Args<R>) => Promise<Outcome<R>>;
};

type LooseArgs = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
  ifMatch?: number | string;
};

const text = (values: Record<string, unknown> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]),
  );

const fillPath = (path: string, params: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

const parsedProblem = ({ errors }: RouteContract, body: string): ProblemBody | undefined => {
  try {
    return problemSchemaOf(errors).safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
};

/** Refusals of API Gateway itself come without problem details: `{"message":"Unauthorized"}`. */
const ofGateway: Record<number, ProblemName> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  413: 'body_too_large',
  429: 'too_many_requests',
  503: 'busy',
};

const problemIn = (contract: RouteContract, { status, body }: RawResponse): ProblemBody => {
  const code = ofGateway[status] ?? (status < 500 ? 'invalid_request' : 'internal');
  return (
    parsedProblem(contract, body) ?? { type: `urn:regulars:problem:${code}`, title: problems[code].title, status, code }
  );
};

const send = async (
  contract: RouteContract,
  args: LooseArgs,
  transport: Transport,
): Promise<Outcome<RouteContract>> => {
  const headers: Record<string, string> = { accept: contract.contentType ?? 'application/json' };
  let body: string | undefined;
  if (contract.body && contract.bodyType === 'application/x-www-form-urlencoded') {
    headers['content-type'] = contract.bodyType;
    body = new URLSearchParams(text(args.body as Record<string, unknown>)).toString();
  } else if (contract.body) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(args.body);
  }
  if (args.idempotencyKey) headers['idempotency-key'] = args.idempotencyKey;
  if (args.ifMatch !== undefined) headers['if-match'] = `"${args.ifMatch}"`;
  const path = fillPath(contract.path, text(args.params));
  const response = await transport(contract, { method: contract.method, path, query: text(args.query), headers, body });
  if (response.status >= 400) {
    return { ok: false, status: response.status, problem: problemIn(contract, response) };
  }
  const data = contract.answer ? contract.answer.parse(JSON.parse(response.body)) : response.body;
  return { ok: true, status: response.status, data: data as string };
};

/** The typed client made from contracts; pages and tests use it. */
export const createClient = <const Routes extends readonly RouteContract[]>(
  routes: Routes,
  transport: Transport,
): Client<Routes> =>
  Object.fromEntries(
    routes.map((contract) => [contract.id, (args: LooseArgs) => send(contract, args, transport)]),
  ) as unknown as Client<Routes>;

/** Over HTTP; `headers` go with every request (a bearer token, say). */
export const httpTransport =
  (origin: string, headers: Record<string, string> = {}): Transport =>
  async (_, request) => {
    const query = new URLSearchParams(request.query).toString();
    const response = await fetch(`${origin}${request.path}${query ? `?${query}` : ''}`, {
      method: request.method,
      headers: { ...request.headers, ...headers },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };

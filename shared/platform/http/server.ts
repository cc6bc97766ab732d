import * as z from 'zod';
import { unknownFields } from '../unknown-fields.ts';
import type { RawRequest, RawResponse, Transport } from './client.ts';
import { type Answer, type Call, enrolling, type ProblemBody, type Role, type RouteContract } from './contract.ts';
import { formFields, isForm, mediaType } from './forms.ts';
import { type Fault, fieldPath, Problem } from './problems.ts';

/** Larger than any form of ours, smaller than anything that hurts. */
export const maxBodyBytes = 65_536;

export interface StaffIdentity {
  /** The `sub` of the token. */
  id: string;
  roles: readonly Role[];
  /** Has yet to turn on the authenticator that their role needs. */
  enrolling?: boolean | undefined;
  email?: string | undefined;
  /** The token's issue; seconds since 1970. */
  issuedAt?: number | undefined;
  /** The sign-in that the token goes back to, over all renewals; seconds since 1970. */
  beganAt?: number | undefined;
  /** Member of the team whom this person is; absent: none. */
  staffId?: string | undefined;
  /** Ids of the locations where the person works; absent: all. */
  locations?: readonly string[] | undefined;
}

/** Looks up what a token doesn't tell. Throws unauthenticated for a token that counts no more. */
export type Identify = (staff: StaffIdentity) => Promise<StaffIdentity>;

/** The caller, their address, and what their browser tells. */
export interface RequestContext {
  sourceIp: string;
  staff?: StaffIdentity | undefined;
  /** `name=value` each. */
  cookies?: readonly string[] | undefined;
  /** Browsers' word for where a request comes from (`Sec-Fetch-Site`); programs and old browsers say nothing. */
  site?: string | undefined;
}

export interface IncomingRequest extends RawRequest {
  params: Record<string, string>;
  context: RequestContext;
}

export type Handle<R extends RouteContract> = (
  call: Call<R> & {
    context: RequestContext;
    idempotencyKey: R['idempotency'] extends 'required' ? string : undefined;
    /** The version that the caller read, without quotes. */
    ifMatch: R['precondition'] extends 'required' ? string : undefined;
    /** Sends a cookie along (the text of a `Set-Cookie`), whatever the answer, a refusal included. */
    setCookie: (cookie: string) => void;
  },
) => Promise<Answer<R>> | Answer<R>;

/** A contract with the use case behind it. */
export interface Binding {
  contract: RouteContract;
  handle: (call: never) => unknown;
}

export const bind = <const R extends RouteContract>(contract: R, handle: Handle<R>): Binding => ({ contract, handle });

const toFault = (issue: z.core.$ZodIssue): Fault => ({
  path: fieldPath(issue.path),
  message: issue.message,
  ...(issue.code === 'invalid_value' ? { allowed: issue.values.map(String) } : {}),
});

/** Nobody reads more of them, and the faults of a small body can outgrow what a function may answer. */
const maxFaults = 20;

const refuse = (errors: readonly Fault[]): Problem =>
  new Problem('invalid_request', {
    detail: errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
    errors,
  });

/** `unknown`: fields of the value that are refused whatever the rest is like. */
const parse = (schema: z.ZodType, value: unknown, unknown: readonly Fault[] = []): unknown => {
  const result = schema.safeParse(value);
  if (result.success && unknown.length === 0) return result.data;
  const named = new Set(unknown.map(({ path }) => path));
  const others = (result.error?.issues ?? []).map(toFault).filter(({ path }) => !named.has(path));
  throw refuse([...unknown, ...others].slice(0, maxFaults));
};

const strictly = (schema: z.ZodType, value: unknown): unknown => parse(schema, value, unknownFields(schema, value));

const nothing = z.object({});

/**
 * Parses the query. Answers that are not JSON (calendar files, one-click unsubscribing) are opened by other people's
 * programs, some of which add to an address what only they understand.
 */
const parseQuery = ({ query, contentType }: RouteContract, request: IncomingRequest): unknown => {
  if (contentType) return query && parse(query, request.query);
  const parsed = strictly(query ?? nothing, request.query);
  return query && parsed;
};

/** A body without fields is let be where none is asked for is let be: some clients send `{}` or nothing as JSON. */
const refuseStray = ({ headers, body = '' }: IncomingRequest): undefined => {
  if (body.length > maxBodyBytes || mediaType(headers['content-type']) !== 'application/json') return;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return;
  }
  const unknown = unknownFields(nothing, value);
  if (unknown.length > 0) throw refuse(unknown);
};

const parseBody = async (contract: RouteContract, request: IncomingRequest): Promise<unknown> => {
  if (!contract.body) return contract.method === 'GET' ? undefined : refuseStray(request);
  const expected = contract.bodyType ?? 'application/json';
  const type = request.headers['content-type'];
  const text = request.body ?? '';
  if (Buffer.byteLength(text) > maxBodyBytes)
    throw new Problem('body_too_large', { detail: `At most ${maxBodyBytes} bytes.` });
  const wantsForm = isForm(expected);
  if (wantsForm ? !isForm(type) : mediaType(type) !== expected)
    throw new Problem('unsupported_media_type', { detail: `Send Content-Type: ${expected}.` });
  // Mail programs may send more than RFC 8058 asks them to.
  if (wantsForm) return parse(contract.body, Object.fromEntries(await formFields(text, type)));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('invalid_request', {
      detail: 'The body is not JSON.',
      errors: [{ path: '', message: 'is not JSON' }],
    });
  }
  return strictly(contract.body, value);
};

const idempotencyKeyOf = (contract: RouteContract, request: IncomingRequest): string | undefined => {
  if (contract.idempotency !== 'required') return undefined;
  const key = request.headers['idempotency-key'];
  if (!key)
    throw new Problem('idempotency_key_missing', {
      detail: 'Send an Idempotency-Key header: a fresh UUID for each new request.',
    });
  if (!/^[\x21-\x7e]{8,100}$/.test(key)) {
    const message = 'must be 8 to 100 printable ASCII characters';
    throw new Problem('invalid_request', {
      detail: `Idempotency-Key ${message}.`,
      errors: [{ path: 'Idempotency-Key', message }],
    });
  }
  return key;
};

/**
 * Weak and unquoted forms count, too: proxies that compress weaken tags, and people forget quotes. `*` is refused: it
 * would overwrite whatever somebody else has just saved.
 */
const ifMatchOf = (contract: RouteContract, request: IncomingRequest): string | undefined => {
  if (contract.precondition !== 'required') return undefined;
  const header = request.headers['if-match']?.trim();
  if (!header)
    throw new Problem('version_missing', { detail: 'Send the version that you read: If-Match: "<version>".' });
  const [, quoted, bare] = /^(?:W\/)?(?:"([\w.:-]{1,64})"|([\w.:-]{1,64}))$/.exec(header) ?? [];
  const version = quoted ?? bare;
  if (version === undefined) {
    const message = 'must be the one version that you read, in quotes; neither * nor a list';
    throw new Problem('invalid_request', {
      detail: `If-Match ${message}.`,
      errors: [{ path: 'If-Match', message }],
    });
  }
  return version;
};

/** The request as whoever asks may send it. */
const admitted = async (
  contract: RouteContract,
  request: IncomingRequest,
  identify?: Identify,
): Promise<IncomingRequest> => {
  if (!Array.isArray(contract.caller)) return request;
  const { staff } = request.context;
  if (!staff) throw new Problem('unauthenticated');
  const known = identify ? await identify(staff) : staff;
  const allowed: readonly string[] = contract.caller;
  const isEnrolling = known.enrolling === true && allowed.includes(enrolling);
  if (!isEnrolling && !known.roles.some((role) => allowed.includes(role))) {
    throw new Problem('forbidden', { detail: `Needs one of the roles: ${allowed.join(', ')}.` });
  }
  return { ...request, context: { ...request.context, staff: known } };
};

export const problemBody = (problem: Problem): ProblemBody => {
  const { code, status, title } = problem.kind;
  const { detail, errors, retryAfter, ...members } = problem.extras;
  return {
    type: `urn:regulars:problem:${code}`,
    title,
    status,
    code,
    ...(detail ? { detail } : {}),
    ...(errors
      ? { errors: errors.map((fault) => ({ ...fault, allowed: fault.allowed ? [...fault.allowed] : undefined })) }
      : {}),
    ...members,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
};

export const problemResponse = (problem: Problem): RawResponse => ({
  status: problem.status,
  headers: {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(problem.extras.retryAfter === undefined ? {} : { 'retry-after': String(problem.extras.retryAfter) }),
  },
  body: JSON.stringify(problemBody(problem)),
});

/** An answer's own version goes out as its entity tag, too. */
const entityTag = (answer: unknown): { etag?: string } => {
  const { version } = (answer ?? {}) as { version?: unknown };
  return typeof version === 'number' || typeof version === 'string' ? { etag: `"${version}"` } : {};
};

/** Answers that never change, with how each went out by its contract. */
const sent = new WeakMap<object, Map<RouteContract, RawResponse>>();

/** Marks an answer that a use case gives again and again, and nobody writes to: it passes the contract's schema once. */
export const lasting = <T extends object>(answer: T): T => {
  sent.set(answer, new Map());
  return answer;
};

const respond = (contract: RouteContract, answer: unknown): RawResponse => {
  const headers = { 'content-type': contract.contentType ?? 'application/json', 'cache-control': 'no-store' };
  if (!contract.answer) return { status: contract.status, headers, body: String(answer) };
  const parsed = contract.answer.parse(answer);
  return { status: contract.status, headers: { ...headers, ...entityTag(parsed) }, body: JSON.stringify(parsed) };
};

/** Parses what comes in, calls the use case, lets the answer out through its schema. Throws Problem. */
const run = async (
  { contract, handle }: Binding,
  asked: IncomingRequest,
  identify: Identify | undefined,
  setCookie: (cookie: string) => void,
): Promise<RawResponse> => {
  const request = await admitted(contract, asked, identify);
  const call = {
    params: contract.params ? parse(contract.params, request.params) : undefined,
    query: parseQuery(contract, request),
    idempotencyKey: idempotencyKeyOf(contract, request),
    ifMatch: ifMatchOf(contract, request),
    body: await parseBody(contract, request),
    context: request.context,
    setCookie,
  };
  const answer = await handle(call as never);
  const before = typeof answer === 'object' && answer !== null ? sent.get(answer) : undefined;
  const response = before?.get(contract) ?? respond(contract, answer);
  before?.set(contract, response);
  return response;
};

/** Does what `run` does, and turns what goes wrong into problem details. `onCrash` hears of what nobody foresaw. */
export const serve = async (
  binding: Binding,
  request: IncomingRequest,
  onCrash: (error: unknown) => void,
  identify?: Identify,
): Promise<RawResponse> => {
  const cookies: string[] = [];
  const withCookies = (response: RawResponse) => (cookies.length > 0 ? { ...response, cookies } : response);
  try {
    return withCookies(await run(binding, request, identify, (cookie) => cookies.push(cookie)));
  } catch (error) {
    if (error instanceof Problem) return withCookies(problemResponse(error));
    onCrash(error);
    return withCookies(problemResponse(new Problem('internal')));
  }
};

/** The typed client's way into handlers of the same process: pages go through the API without the network. */
export const inProcess = (
  bindings: readonly Binding[],
  context: RequestContext,
  onCrash: (error: unknown) => void,
): Transport => {
  const byId = new Map(bindings.map((binding) => [binding.contract.id, binding]));
  return async (contract, request) => {
    const binding = byId.get(contract.id);
    if (!binding) throw new Error(`No handler is bound to ${contract.id}`);
    const names = [...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const pattern = new RegExp(`^${contract.path.replace(/\{\w+\}/g, '([^/]*)')}$`);
    const values = pattern.exec(request.path)?.slice(1) ?? [];
    const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
    return serve(binding, { ...request, params, context }, onCrash);
  };
};

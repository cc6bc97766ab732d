import type * as z from 'zod';

/**
 * Refusals of the platform itself, or of any capability: by name. What only a capability knows it declares in a
 * `problems.ts` of its own with `defineProblem`. The name is the code in RFC 9457 problem details, `status` its HTTP
 * status, `title` what it means for whoever reads it. Rules throw `new Problem(…)`; nothing else decides a status.
 */
export const problems = {
  invalid_request: { status: 400, title: 'Something in the request is missing or malformed' },
  idempotency_key_missing: { status: 400, title: 'The Idempotency-Key header is missing' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Your role may not do this' },
  form_rejected: { status: 403, title: 'The form could not be accepted; load it again' },
  not_found: { status: 404, title: 'There is nothing here' },
  link_invalid: { status: 404, title: 'This link is not valid' },
  link_expired: { status: 410, title: 'This link has expired' },
  method_not_allowed: { status: 405, title: 'This address takes other methods' },
  status_conflict: { status: 409, title: 'Not possible in its present state' },
  already_exists: { status: 409, title: 'This id is already in use' },
  changed_meanwhile: { status: 409, title: 'Somebody changed this at the same moment; look again' },
  version_mismatch: { status: 412, title: 'Somebody changed this since you read it; look again' },
  body_too_large: { status: 413, title: 'The request body is too large' },
  unsupported_media_type: { status: 415, title: 'The request body is not of the type that is expected here' },
  unprocessable: { status: 422, title: 'The request is well formed but cannot be done as asked' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used with another request' },
  version_missing: { status: 428, title: 'The If-Match header with the version that you read is missing' },
  too_many_requests: { status: 429, title: 'Too many requests; wait a moment' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  not_set_up: { status: 503, title: 'This business is not set up yet' },
  busy: { status: 503, title: 'The system is busy; try again in a moment' },
} as const satisfies Record<string, { status: number; title: string }>;

/** One of the platform's own. */
export type ProblemName = keyof typeof problems;

/** Members of a problem that carries no more than every problem does. */
export type NoMembers = Record<never, z.ZodType>;

/** A refusal, and why. */
export interface ProblemKind<Code extends string = string, Members extends z.ZodRawShape = z.ZodRawShape> {
  code: Code;
  status: number;
  title: string;
  /** Schemas of what its answer may carry beyond the members of every problem; none of them is required. */
  members: Members;
}

/** Declares what a capability refuses; its contracts list it under `errors`, its rules throw it. */
export const defineProblem = <const Code extends string, const Members extends z.ZodRawShape = NoMembers>(
  code: Code,
  status: number,
  title: string,
  members?: Members,
): ProblemKind<Code, Members> => ({ code, status, title, members: members ?? ({} as Members) });

/** A problem of the platform by its name, of a capability by its declaration. */
export const kindOf = (problem: ProblemName | ProblemKind): ProblemKind =>
  typeof problem === 'string' ? { code: problem, ...problems[problem], members: {} } : problem;

/** One fault in the input: `path` as in `services[0].serviceId`, `allowed` when the choices are few. */
export interface Fault {
  path: string;
  message: string;
  allowed?: readonly string[] | undefined;
}

/** Fills what a problem's answer carries beyond its code. */
export type ProblemExtras<Members extends z.ZodRawShape = NoMembers> = {
  detail?: string;
  errors?: readonly Fault[];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
} & { readonly [Name in keyof Members]?: z.input<Members[Name]> };

export class Problem<Members extends z.ZodRawShape = NoMembers> extends Error {
  readonly kind: ProblemKind;
  readonly extras: ProblemExtras;

  constructor(problem: ProblemName | ProblemKind<string, Members>, extras: ProblemExtras<NoInfer<Members>> = {}) {
    const kind = kindOf(problem);
    super(extras.detail ?? kind.title);
    this.name = 'Problem';
    this.kind = kind;
    this.extras = extras;
  }

  get code(): string {
    return this.kind.code;
  }

  get status(): number {
    return this.kind.status;
  }
}

/** Long enough for any field of ours; what is sent may be as long as a body. */
export const maxNameLength = 60;

/** Names come from whoever asks: a long one would make the answer longer than the question. */
export const shortName = (name: string): string =>
  name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…`.toWellFormed() : name;

/** `services[0].serviceId` */
export const fieldPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = shortName(String(key));
    return text ? `${text}.${name}` : name;
  }, '');

/** 422 that names one field. */
export const unprocessable = (path: string, message: string, allowed?: readonly string[]): Problem =>
  new Problem('unprocessable', { detail: `${path}: ${message}`, errors: [{ path, message, allowed }] });

/** 412 that tells the version that stands now. */
export const versionMismatch = (present: number | string): Problem =>
  new Problem('version_mismatch', {
    detail: `The version is now "${present}": read it again, then send that in If-Match.`,
    errors: [{ path: 'If-Match', message: 'is not the present version', allowed: [`"${present}"`] }],
  });

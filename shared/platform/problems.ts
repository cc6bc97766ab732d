/**
 * Every error the API can answer with, in one table: the name is the code in RFC 9457 problem details,
 * `status` its HTTP status, `title` what it means for whoever reads it.
 * Rules throw `new Problem(name, …)`; nothing else decides a status.
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
  time_taken: { status: 409, title: 'That time has just been taken' },
  status_conflict: { status: 409, title: 'The appointment is in a state that does not allow this' },
  cut_off_passed: { status: 409, title: 'It is too late to change this appointment online' },
  review_closed: { status: 409, title: 'The review can no longer be changed' },
  changed_meanwhile: { status: 409, title: 'Somebody changed this at the same moment; look again' },
  body_too_large: { status: 413, title: 'The request body is too large' },
  unsupported_media_type: { status: 415, title: 'The request body is not of the type that is expected here' },
  unprocessable: { status: 422, title: 'The request is well formed but cannot be done as asked' },
  time_unavailable: { status: 422, title: 'That time cannot be booked' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used with another request' },
  too_many_requests: { status: 429, title: 'Too many requests; wait a moment' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'The system is busy; try again in a moment' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof problems;

/** One fault in the input: `path` as in `services[0].serviceId`, `allowed` when the choices are few. */
export interface Fault {
  path: string;
  message: string;
  allowed?: readonly string[] | undefined;
}

export interface ProblemExtras {
  detail?: string;
  errors?: readonly Fault[];
  /** Free times near a taken one, ISO 8601 with offset. */
  nearest?: readonly { startsAt: string }[];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
}

export class Problem extends Error {
  readonly code: ProblemName;
  readonly extras: ProblemExtras;

  constructor(code: ProblemName, extras: ProblemExtras = {}) {
    super(extras.detail ?? problems[code].title);
    this.name = 'Problem';
    this.code = code;
    this.extras = extras;
  }

  get status(): number {
    return problems[this.code].status;
  }
}

/** 422 that names one field. */
export const unprocessable = (path: string, message: string, allowed?: readonly string[]): Problem =>
  new Problem('unprocessable', { detail: `${path}: ${message}`, errors: [{ path, message, allowed }] });

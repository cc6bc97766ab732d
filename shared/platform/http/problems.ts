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
  booking_refused: { status: 403, title: 'Please call us to book' },
  form_rejected: { status: 403, title: 'The form could not be accepted; load it again' },
  not_found: { status: 404, title: 'There is nothing here' },
  link_invalid: { status: 404, title: 'This link is not valid' },
  link_expired: { status: 410, title: 'This link has expired' },
  method_not_allowed: { status: 405, title: 'This address takes other methods' },
  time_taken: { status: 409, title: 'That time has just been taken' },
  series_conflict: { status: 409, title: 'Some of these times can’t be had; nothing was changed' },
  offer_expired: { status: 410, title: 'This offer has ended' },
  status_conflict: { status: 409, title: 'The appointment is in a state that does not allow this' },
  cut_off_passed: { status: 409, title: 'It is too late to change this appointment online' },
  review_closed: { status: 409, title: 'The review can no longer be changed' },
  already_exists: { status: 409, title: 'There is one with this id already' },
  still_used: { status: 409, title: 'Something else still refers to this' },
  appointments_touched: { status: 409, title: 'Appointments ahead would no longer fit; decide what becomes of them' },
  changed_meanwhile: { status: 409, title: 'Somebody changed this at the same moment; look again' },
  version_mismatch: { status: 412, title: 'Somebody changed this since you read it; look again' },
  body_too_large: { status: 413, title: 'The request body is too large' },
  unsupported_media_type: { status: 415, title: 'The request body is not of the type that is expected here' },
  unprocessable: { status: 422, title: 'The request is well formed but cannot be done as asked' },
  time_unavailable: { status: 422, title: 'That time cannot be booked' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used with another request' },
  version_missing: { status: 428, title: 'The If-Match header with the version that you read is missing' },
  too_many_requests: { status: 429, title: 'Too many requests; wait a moment' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  not_set_up: { status: 503, title: 'This business is not set up yet' },
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
  /** Of repeating appointments, each that can't be had, in order. */
  conflicts?: readonly SeriesConflict[];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  /** Appointments that a change would touch, the first of `touchedTotal`. */
  touched?: readonly Touched[];
  touchedTotal?: number;
}

/** One of repeating appointments that can't be had, and why. */
export interface SeriesConflict {
  /** ISO 8601 with offset; without one where the clock skips that time. */
  startsAt: string;
  code: 'time_taken' | 'time_unavailable' | 'time_missing';
  /** Free times of that day. */
  nearest: readonly { startsAt: string }[];
  /** Local. */
  date: string;
  /** Of one that is there already and should move. */
  appointmentId?: string | undefined;
}

/** An appointment ahead that a change of settings would touch. */
export interface Touched {
  appointmentId: string;
  /** ISO 8601 with offset. */
  startsAt: string;
  locationId: string;
  firstName?: string | undefined;
  /** Ids. */
  services: readonly string[];
  /** Ids. */
  staff: readonly string[];
  /** Codes: what about it no longer fits. */
  why: readonly string[];
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

/** `services[0].serviceId` */
export const fieldPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );

/** 422 that names one field. */
export const unprocessable = (path: string, message: string, allowed?: readonly string[]): Problem =>
  new Problem('unprocessable', { detail: `${path}: ${message}`, errors: [{ path, message, allowed }] });

/** 412 that tells the version that stands now. */
export const versionMismatch = (present: number | string): Problem =>
  new Problem('version_mismatch', {
    detail: `The version is now "${present}": read it again, then send that in If-Match.`,
    errors: [{ path: 'If-Match', message: 'is not the present version', allowed: [`"${present}"`] }],
  });

import * as z from 'zod';
import type { ProblemKind, ProblemName } from './problems.ts';

/** Staff roles, strongest first; they are the names of the Cognito groups. */
export const roles = ['owner', 'manager', 'reception', 'staff'] as const;
export type Role = (typeof roles)[number];

/** `public`: anyone. `link`: whoever holds a signed token, in the path. A list: signed-in staff with one of the roles. */
export type Caller = 'public' | 'link' | readonly Role[];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A route is declared once; gateway, parsing, serialising, OpenAPI and the typed client are made from this. */
export interface RouteContract {
  /** operationId, and the method's name on the typed client. */
  id: string;
  method: Method;
  /** API Gateway form: `/v1/appointments/{appointmentId}`. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  caller: Caller;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Forms that a mail program or a page without scripts posts. */
  bodyType?: 'application/json' | 'application/x-www-form-urlencoded';
  /** `required`: a POST that creates; the same key gives the same answer for 24 hours. */
  idempotency?: 'required';
  /** `required`: a change of what was read; `If-Match` carries the version that was, and another one refuses it. */
  precondition?: 'required';
  status: number;
  /** Left out when `contentType` is not JSON. */
  answer?: z.ZodType;
  contentType?: string;
  /** What it may refuse: problems of the platform by name, of a capability as declared. */
  errors: readonly (ProblemName | ProblemKind)[];
}

export const route = <const R extends RouteContract>(contract: R): R => contract;

/** For `errors`: what any route of its kind may refuse. */
export const staffErrors = ['invalid_request', 'unauthenticated', 'forbidden'] as const;
export const linkErrors = ['invalid_request', 'link_invalid', 'link_expired'] as const;
export const bodyErrors = ['body_too_large', 'unsupported_media_type'] as const;
export const idempotencyErrors = ['idempotency_key_missing', 'idempotency_mismatch'] as const;
export const versionErrors = ['version_missing', 'version_mismatch'] as const;

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Input<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a use case behind the route gets: parsed. */
export interface Call<R extends RouteContract> {
  params: Output<R['params']>;
  query: Output<R['query']>;
  body: Output<R['body']>;
}

/** What a use case answers; it leaves through the schema. Text for routes that declare another content type. */
export type Answer<R extends RouteContract> = R['answer'] extends z.ZodType ? z.input<R['answer']> : string;

/** What a caller of the typed client gives. */
export type Args<R extends RouteContract> = (R['params'] extends z.ZodObject
  ? { params: Input<R['params']> }
  : object) &
  (R['query'] extends z.ZodObject ? { query: Input<R['query']> } : object) &
  (R['body'] extends z.ZodType ? { body: Input<R['body']> } : object) &
  (R['idempotency'] extends 'required' ? { idempotencyKey: string } : object) &
  (R['precondition'] extends 'required' ? { ifMatch: number | string } : object);

/** What a caller of the typed client gets. */
export type Result<R extends RouteContract> = R['answer'] extends z.ZodType ? z.output<R['answer']> : string;

/** RFC 9457 problem details. */
export const problemSchema = z.object({
  type: z.string().meta({ description: 'A URI that names the problem: `urn:regulars:problem:` and the code.' }),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z
    .array(z.object({ path: z.string(), message: z.string(), allowed: z.array(z.string()).optional() }))
    .optional()
    .meta({ description: 'Each fault with the path of its field and, where the choices are few, what is allowed.' }),
  nearest: z.array(z.object({ startsAt: z.string() })).optional(),
  conflicts: z
    .array(
      z.object({
        date: z.string(),
        startsAt: z.string(),
        code: z.string(),
        nearest: z.array(z.object({ startsAt: z.string() })),
        appointmentId: z.string().optional(),
      }),
    )
    .optional()
    .meta({ description: 'Of repeating appointments: each that can’t be had, why, and free times of that day.' }),
  retryAfter: z.int().optional(),
  affected: z
    .array(
      z.object({
        appointmentId: z.string(),
        startsAt: z.string(),
        locationId: z.string(),
        firstName: z.string().optional(),
        services: z.array(z.string()),
        staff: z.array(z.string()),
        why: z.array(z.string()),
      }),
    )
    .optional()
    .meta({ description: 'Appointments that a change of settings would affect, the earliest first, at most 100.' }),
  affectedTotal: z.int().optional().meta({ description: 'How many there are in all.' }),
});
export type ProblemBody = z.output<typeof problemSchema>;

import * as z from 'zod';
import { memoByObject } from '../memo.ts';
import { kindOf, type NoMembers, type ProblemKind, type ProblemName } from './problems.ts';

/** Staff roles, strongest first; they are the names of the Cognito groups. */
export const roles = ['owner', 'manager', 'reception', 'staff'] as const;
export type Role = (typeof roles)[number];

/** Group in the token of owners and managers in place of their own, until their authenticator is on. It is no role. */
export const enrolling = 'enrolling';
export type Group = Role | typeof enrolling;

/** Everybody who is signed in, also those who have yet to turn on their authenticator. */
export const signedIn = [...roles, enrolling] as const;

/** `public`: anyone. `link`: whoever holds a signed token, in the path. A list: signed-in staff with one of the groups. */
export type Caller = 'public' | 'link' | readonly Group[];

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
  /** Counted like every act by a link, but done even where there were too many: nobody is kept from stopping messages. */
  neverRefused?: true;
  status: number;
  /** Left out when `contentType` is not JSON. */
  answer?: z.ZodType;
  contentType?: string;
  /** Its refusals: problems of the platform by name, of a capability as declared. */
  errors: readonly (ProblemName | ProblemKind)[];
}

export const route = <const R extends RouteContract>(contract: R): R => contract;

/** For `errors`: what any route of its kind may refuse. */
export const staffErrors = ['invalid_request', 'unauthenticated', 'forbidden'] as const;
export const linkErrors = ['invalid_request', 'link_invalid', 'link_expired'] as const;
export const linkActErrors = [...linkErrors, 'too_many_requests'] as const;
export const bodyErrors = ['body_too_large', 'unsupported_media_type'] as const;
export const idempotencyErrors = ['idempotency_key_missing', 'idempotency_mismatch'] as const;
export const versionErrors = ['version_missing', 'version_mismatch'] as const;

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Input<T> = T extends z.ZodType ? z.input<T> : undefined;

/** Parsed input of the use case behind the route. */
export interface Call<R extends RouteContract> {
  params: Output<R['params']>;
  query: Output<R['query']>;
  body: Output<R['body']>;
}

/** Answer of a use case; it leaves through the schema. Text for routes that declare another content type. */
export type Answer<R extends RouteContract> = R['answer'] extends z.ZodType ? z.input<R['answer']> : string;

/** Arguments of a call of the typed client. */
export type Args<R extends RouteContract> = (R['params'] extends z.ZodObject
  ? { params: Input<R['params']> }
  : object) &
  (R['query'] extends z.ZodObject ? { query: Input<R['query']> } : object) &
  (R['body'] extends z.ZodType ? { body: Input<R['body']> } : object) &
  (R['idempotency'] extends 'required' ? { idempotencyKey: string } : object) &
  (R['precondition'] extends 'required' ? { ifMatch: number | string } : object);

/** Result of a call of the typed client. */
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
  retryAfter: z.int().optional(),
});
export type ProblemBody = z.output<typeof problemSchema>;

/** Problem details with the members that the kinds declare. */
export const problemSchemaOf = memoByObject((errors: RouteContract['errors']) => {
  const members: NoMembers = Object.assign({}, ...errors.map((problem) => kindOf(problem).members));
  return problemSchema.extend(z.object(members).partial().shape);
});

type MembersOf<Kinds> = Kinds extends ProblemKind<string, infer Members> ? Members : never;
type NamesOf<Members> = Members extends unknown ? keyof Members : never;
type MemberOf<Members, Name extends PropertyKey> = Members extends Record<Name, infer Member> ? Member : never;

/** Problem details of one of the kinds, as they are read. */
export type ProblemBodyOf<Kinds extends ProblemName | ProblemKind> = ProblemBody & {
  [Name in NamesOf<MembersOf<Kinds>>]?: z.output<MemberOf<MembersOf<Kinds>, Name>> | undefined;
};

import * as z from 'zod';
import { id } from '../platform/fields.ts';
import { bodyErrors, idempotencyErrors, route, staffErrors } from '../platform/http/contract.ts';

const __camel__Answer = z.object({
  id,
  title: z.string(),
  createdAt: z.string().meta({ description: 'UTC.' }),
});
export type __Pascal__Answer = z.input<typeof __camel__Answer>;

export const create__Pascal__ = route({
  id: 'create__Pascal__',
  method: 'POST',
  path: '/v1/__name__',
  tag: '__name__',
  caller: ['owner', 'manager'],
  body: z.object({ title: z.string().trim().min(1).max(100) }),
  idempotency: 'required',
  summary: 'Create one of the __plain__',
  status: 201,
  answer: __camel__Answer,
  errors: [...staffErrors, ...bodyErrors, ...idempotencyErrors, 'busy'],
});

export const list__Pascal__ = route({
  id: 'list__Pascal__',
  method: 'GET',
  path: '/v1/__name__',
  tag: '__name__',
  caller: ['owner', 'manager'],
  query: z.object({
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as YYYY-MM')
      .optional()
      .meta({ description: 'Of UTC; the present one where absent.' }),
  }),
  summary: 'The __plain__ of a month, the newest first',
  status: 200,
  answer: z.object({ __camel__: z.array(__camel__Answer) }),
  errors: staffErrors,
});

export const __camel__Routes = [create__Pascal__, list__Pascal__] as const;

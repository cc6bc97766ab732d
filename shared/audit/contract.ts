import * as z from 'zod';
import { route } from '../platform/contract.ts';
import { localDate } from '../platform/fields.ts';

export const auditAnswer = z.object({
  at: z.string().meta({ description: 'UTC.' }),
  by: z.string().meta({ description: 'The `sub` of whoever did it.' }),
  roles: z.array(z.string()),
  action: z.string().meta({ description: '`settings.changed`, `appointment.cancelled`.' }),
  subject: z.string().meta({ description: 'What it was done to: `staff/amina`, `appointment/…`.' }),
  details: z.record(z.string(), z.string()).optional(),
});

export const listAudit = route({
  id: 'listAudit',
  method: 'GET',
  path: '/v1/audit',
  tag: 'audit',
  caller: ['owner'],
  query: z.object({
    date: localDate.optional().meta({ description: 'A day of UTC; today where absent.', format: 'date' }),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    cursor: z.string().max(500).optional(),
  }),
  summary: 'Who among staff did what on a day, the newest first',
  status: 200,
  answer: z.object({
    date: localDate,
    entries: z.array(auditAnswer),
    cursor: z.string().optional().meta({ description: 'Of the next page; absent on the last one.' }),
  }),
  errors: ['invalid_request', 'unauthenticated', 'forbidden'],
});

export const auditRoutes = [listAudit] as const;

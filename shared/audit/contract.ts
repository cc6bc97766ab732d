import * as z from 'zod';
import { localDate, namedStaff, paging } from '../platform/fields.ts';
import { route, staffErrors } from '../platform/http/contract.ts';

const auditAnswer = z.object({
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
    ...paging,
  }),
  summary: 'Who among staff did what on a day, the newest first',
  status: 200,
  answer: z.object({
    date: localDate,
    entries: z.array(auditAnswer),
    people: namedStaff,
    cursor: z.string().optional().meta({ description: 'Of the next page; absent on the last one.' }),
  }),
  errors: staffErrors,
});

export const listReads = route({
  id: 'listReads',
  method: 'GET',
  path: '/v1/audit/reads',
  tag: 'audit',
  caller: ['owner'],
  query: listAudit.query,
  summary: 'Who among staff read what on a day, the newest first',
  description:
    'Clients’ cards, the waiting list, and more than a week of the diary. Reads of one thing by one person within ten minutes are one entry.',
  status: 200,
  answer: listAudit.answer,
  errors: staffErrors,
});

export const auditRoutes = [listAudit, listReads] as const;

import * as z from 'zod';
import { messageName } from '../messages/contract.ts';
import { id } from '../platform/fields.ts';
import { bodyErrors, idempotencyErrors, route, staffErrors } from '../platform/http/contract.ts';

export const resendMessage = route({
  id: 'resendMessage',
  method: 'POST',
  path: '/v1/clients/{clientId}/messages/resend',
  tag: 'messages',
  caller: ['owner', 'manager', 'reception'],
  params: z.object({ clientId: id }),
  body: messageName,
  idempotency: 'required',
  summary: 'Send a message of an appointment again',
  description:
    'As it would read now, to the addresses given with the appointment. Refused while it is under way, when it no longer applies (a reminder of a cancelled appointment), and where the client has said no. At most five times for one message. It counts in the budget of the address (`messageBudget` of the settings) and goes also where that is spent.',
  status: 202,
  answer: z.object({
    resend: z.int().meta({ description: 'Under this number it will stand in the list of messages.' }),
    leftThisHour: z
      .int()
      .optional()
      .meta({ description: 'This one counted: how many more messages that the client causes fit into the hour.' }),
    leftToday: z.int().optional().meta({ description: 'The same of 24 hours.' }),
  }),
  errors: [
    ...staffErrors,
    'not_found',
    'status_conflict',
    ...idempotencyErrors,
    ...bodyErrors,
    'too_many_requests',
    'busy',
  ],
});

export const journeyRoutes = [resendMessage] as const;

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
    'As it would read now, to the addresses given with the appointment. Refused while it is under way, when it no longer applies (a reminder of a cancelled appointment), and where the client has said no. At most five times for one message.',
  status: 202,
  answer: z.object({
    resend: z.int().meta({ description: 'Under this number it will stand in the list of messages.' }),
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

import * as z from 'zod';
import { diaryAppointment } from '../diary/contract.ts';
import { either, id, namedStaff } from '../platform/fields.ts';
import { bodyErrors, route, staffErrors } from '../platform/http/contract.ts';

/** Appointments that one answer lists at most. */
export const mostListed = 200;
/** Appointments that one request cancels or brings back at most: each is a transaction of its own. */
const mostAtOnce = 50;

const utc = z.string().meta({ description: 'UTC.' });
const desk = ['owner', 'manager', 'reception'] as const;

export const listOnlineBookings = route({
  id: 'listOnlineBookings',
  method: 'GET',
  path: '/v1/online-bookings',
  tag: 'online bookings',
  caller: desk,
  query: z
    .object({
      appointmentId: id.optional().meta({
        description:
          'What came from the same source from half an hour before this booking until half an hour after it.',
      }),
      from: z.iso
        .datetime({ offset: true, error: 'must be an instant as 2026-11-24T10:00:00Z' })
        .optional()
        .meta({ description: 'Of all sources, the hour from this instant on. Either this or `appointmentId`.' }),
    })
    .refine(...either('appointmentId', 'from')),
  summary: 'What was booked by the public form within an hour, the oldest first',
  description: `At the locations where the caller works. Kept for seven days; at most ${mostListed}, then \`next\` is where to go on.`,
  status: 200,
  answer: z.object({
    from: utc,
    until: utc,
    bookings: z.array(
      z.object({
        appointment: diaryAppointment,
        source: z.string().meta({ description: 'The same for what came from the same household; says nothing else.' }),
        suggested: z.boolean().meta({
          description: 'Nobody has proved an address of it, and it can still be cancelled.',
        }),
      }),
    ),
    people: namedStaff,
    next: utc.optional(),
  }),
  errors: [...staffErrors, 'not_found', 'unprocessable'],
});

const chosen = {
  appointmentIds: z
    .array(id)
    .min(1)
    .max(mostAtOnce)
    .refine((ids) => new Set(ids).size === ids.length, 'must not name an appointment twice'),
};

const outcome = z.object({
  done: z.array(id).meta({ description: 'Those that were already so are among them.' }),
  left: z.array(z.object({ id, reason: z.string() })).meta({ description: 'Those that stay as they are, and why.' }),
});
export type Outcome = z.output<typeof outcome>;

export const cancelOnlineBookings = route({
  id: 'cancelOnlineBookings',
  method: 'POST',
  path: '/v1/online-bookings/cancel',
  tag: 'online bookings',
  caller: desk,
  body: z.object({
    ...chosen,
    tell: z.enum(['everybody', 'proven', 'nobody']).default('proven').meta({
      description:
        'Who is told: `proven`, whoever has pressed a link in a message about the booking; a bot’s messages would go to strangers.',
    }),
  }),
  summary: 'Cancel what a bot has booked',
  description:
    'One after another, so an answer that doesn’t come is no harm: asking again goes on. Each can be brought back for seven days.',
  status: 200,
  answer: outcome,
  errors: [...staffErrors, ...bodyErrors, 'busy'],
});

export const restoreOnlineBookings = route({
  id: 'restoreOnlineBookings',
  method: 'POST',
  path: '/v1/online-bookings/restore',
  tag: 'online bookings',
  caller: desk,
  body: z.object(chosen),
  summary: 'Bring back what was cancelled',
  description:
    'Each at its own time with its own people, where that is still free. Whoever wasn’t told that it was cancelled isn’t told of this either.',
  status: 200,
  answer: outcome,
  errors: [...staffErrors, ...bodyErrors, 'busy'],
});

export const onlineBookingsRoutes = [listOnlineBookings, cancelOnlineBookings, restoreOnlineBookings] as const;

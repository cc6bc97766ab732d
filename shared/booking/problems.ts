import * as z from 'zod';
import { defineProblem } from '../platform/http/problems.ts';

/** Free times near one that is not. */
const nearest = z.array(z.object({ startsAt: z.string() }));

const affected = z.object({
  appointmentId: z.string(),
  startsAt: z.string(),
  locationId: z.string(),
  firstName: z.string().optional(),
  services: z.array(z.string()),
  staff: z.array(z.string()),
  why: z.array(z.string()),
});
export type Affected = z.output<typeof affected>;

/** Members of a problem that appointments ahead cause: the first of them, and their number. */
export const affectedMembers = {
  affected: z
    .array(affected)
    .meta({ description: 'Appointments that a change of settings would affect, the earliest first, at most 100.' }),
  affectedTotal: z.int().meta({ description: 'How many there are in all.' }),
};

export const bookingRefused = defineProblem('booking_refused', 403, 'Please call us to book');
export const formUsed = defineProblem('form_used', 409, 'This form has been used to book already');
export const timeTaken = defineProblem('time_taken', 409, 'That time has just been taken', {
  nearest,
  ...affectedMembers,
});
export const timeUnavailable = defineProblem('time_unavailable', 422, 'That time cannot be booked', { nearest });
export const tooManyMoves = defineProblem(
  'too_many_moves',
  409,
  'This appointment has been moved often; please call us',
);
export const cutOffPassed = defineProblem('cut_off_passed', 409, 'It is too late to change this appointment online');

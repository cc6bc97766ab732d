import { defineProblem } from '../platform/http/problems.ts';

export const bookingRefused = defineProblem('booking_refused', 403, 'Please call us to book');
export const timeTaken = defineProblem('time_taken', 409, 'That time has just been taken');
export const timeUnavailable = defineProblem('time_unavailable', 422, 'That time cannot be booked');
export const cutOffPassed = defineProblem('cut_off_passed', 409, 'It is too late to change this appointment online');

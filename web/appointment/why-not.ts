import { cutOffPassed, tooManyMoves } from '../../shared/booking/problems.ts';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { type Appointment, problemOf } from '../api.ts';
import { isTooLate } from './stage.ts';

/** The reason why an appointment may not be changed: what the API would answer to the press. */
export const whyNot = (appointment: Appointment, now: number): ProblemBody => {
  if (isTooLate(appointment, now)) return problemOf(cutOffPassed);
  return problemOf(appointment.may.cancel ? tooManyMoves : 'status_conflict');
};

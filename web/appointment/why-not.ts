import { cutOffPassed } from '../../shared/booking/problems.ts';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import { type Appointment, problemOf } from '../api.ts';
import { isTooLate } from './stage.ts';

/** Why an appointment that may not be changed may not: what the API would answer to the press. */
export const whyNot = (appointment: Appointment, now: number): ProblemBody =>
  problemOf(isTooLate(appointment, now) ? cutOffPassed : 'status_conflict');

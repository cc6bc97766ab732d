import { affectedMembers } from '../booking/problems.ts';
import { defineProblem } from '../platform/http/problems.ts';

export const stillUsed = defineProblem('still_used', 409, 'Something else still refers to this');
export const appointmentsAffected = defineProblem(
  'appointments_affected',
  409,
  'Appointments ahead would no longer fit; decide what becomes of them',
  affectedMembers,
);

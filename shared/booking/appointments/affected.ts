import { isoWithOffset } from '../../platform/time/time.ts';
import type { Affected } from '../problems.ts';
import type { Appointment } from './appointments.ts';

/** Tells an appointment in a problem; `why` has codes. */
export const describeAffected = (
  { id, startsAt, zone, locationId, contact, services }: Appointment,
  why: string[],
): Affected => ({
  appointmentId: id,
  startsAt: isoWithOffset(startsAt, zone),
  locationId,
  firstName: contact.firstName,
  services: services.map((line) => line.id),
  staff: [...new Set(services.map((line) => line.staffId))],
  why,
});

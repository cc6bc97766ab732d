import type { Directory } from '../business/directory.ts';
import type { Appointment } from './appointments/appointments.ts';
import { calendarFile } from './appointments/calendar.ts';
import { servicesOf } from './appointments/view.ts';

/** The appointment as a calendar file, in the client's language. */
export const calendarOf = (directory: Directory, appointment: Appointment, manageUrl: string) => {
  const { id, sequence, status, startsAt, endsAt, updatedAt, locationId, contact } = appointment;
  const location = directory.location(locationId);
  return calendarFile({
    appointmentId: id,
    sequence,
    status,
    startsAt,
    endsAt,
    updatedAt,
    language: contact.language,
    business: directory.settings.name,
    location: { name: location?.name ?? locationId, address: location?.address ?? '' },
    services: servicesOf(directory, appointment, contact.language).map(({ name }) => name),
    manageUrl,
  });
};

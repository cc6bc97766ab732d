import { addressesOf, addressOf } from '../../clients/clients.ts';
import { type Appointment, isUnproven } from './entity.ts';

type Booked = Pick<Appointment, 'contact' | 'proven' | 'household' | 'bookedBy'>;

/**
 * The addresses at which missing the visit counts in full: the one that was proved by the booking, or all where staff booked.
 * A visit that anybody can have booked counts nowhere but on the card, so that nobody gets somebody else refused.
 */
export const countsAt = (appointment: Booked): string[] => {
  const { contact, proven, bookedBy } = appointment;
  if (proven) return [addressOf(contact, proven)].filter((address) => address !== undefined);
  const byStaff = bookedBy !== undefined && bookedBy !== 'client' && bookedBy !== 'system';
  return byStaff && !isUnproven(appointment) ? addressesOf(contact) : [];
};

/** The address that a visit proves: the only one with which it was booked. */
export const provedByVisit = ({ contact }: Pick<Booked, 'contact'>): string | undefined => {
  const all = addressesOf(contact);
  return all.length === 1 ? all[0] : undefined;
};

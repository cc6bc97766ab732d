import type { Appointment } from '../booking/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { skipReasons } from './contract.ts';

export type SkipReason = (typeof skipReasons)[number];

const ahead = ({ status }: Appointment): boolean => status === 'pending' || status === 'confirmed';

/** Whether the touchpoint applies to an appointment in its state, whatever the time; planning and delivery both ask. */
export const applies = (touchpoint: Touchpoint, appointment: Appointment): boolean => {
  if (touchpoint.anchor === 'cancellation') return appointment.status === 'cancelled';
  if (touchpoint.when.includes('completed')) return appointment.status === 'completed';
  if (touchpoint.anchor === 'end' || touchpoint.anchor === 'last-visit') {
    return appointment.status !== 'cancelled' && appointment.status !== 'no_show';
  }
  return ahead(appointment);
};

/** Why a message that has fallen due must not go any more; undefined when it must. Pure. */
export const skipReason = (
  touchpoint: Touchpoint,
  appointment: Appointment,
  sequence: number,
  now: number,
  others: () => Promise<readonly Appointment[]>,
): Promise<SkipReason | undefined> | SkipReason | undefined => {
  if (appointment.status === 'cancelled' && touchpoint.anchor !== 'cancellation') return 'cancelled';
  if (appointment.sequence !== sequence) return 'moved';
  if (touchpoint.when.includes('completed') && appointment.status !== 'completed') return 'not_completed';
  if (touchpoint.when.includes('unconfirmed') && appointment.status !== 'pending') return 'already_confirmed';
  if (['booking', 'move', 'start'].includes(touchpoint.anchor) && now >= appointment.startsAt) return 'too_late';
  if (!applies(touchpoint, appointment)) return 'superseded';
  if (touchpoint.anchor !== 'last-visit' && !touchpoint.when.includes('nothing-booked')) return undefined;
  return others().then((later) => {
    if (touchpoint.when.includes('nothing-booked') && later.some((other) => ahead(other) && other.startsAt > now))
      return 'has_booking';
    const services = new Set(appointment.services.map((service) => service.id));
    const repeated = later.some(
      (other) =>
        other.id !== appointment.id &&
        other.status === 'completed' &&
        other.services.some((service) => services.has(service.id)),
    );
    return touchpoint.anchor === 'last-visit' && repeated ? 'superseded' : undefined;
  });
};

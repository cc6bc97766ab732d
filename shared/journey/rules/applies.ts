import type { Appointment } from '../../booking/appointments/appointments.ts';
import { toldSequence } from '../../booking/appointments/promised.ts';
import { isExpected, needsApproval } from '../../booking/contract.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import type { SkipReason } from '../../messages/contract.ts';
import { type Act, acts } from '../../messages/templates/repeats.ts';
import { day, shift } from '../../platform/time/time.ts';

/** Whether it is of use only until the visit begins. */
const precedesVisit = ({ anchor, offset }: Pick<Touchpoint, 'anchor' | 'offset'>): boolean =>
  anchor === 'booking' || anchor === 'move' || (anchor === 'start' && shift(0, offset, 'UTC') < 0);

/** Lies ahead, or has begun and is not marked yet: whoever sits in the chair is not asked to come back. */
const isBooked = (appointment: Appointment, now: number): boolean =>
  (isExpected(appointment) || appointment.status === 'arrived') && appointment.startsAt > now - day;

/** Act of client or staff that the touchpoint answers; `undefined`: it goes by the visit. */
export const actOf = ({ anchor }: Pick<Touchpoint, 'anchor'>): Act | undefined => acts.find((act) => act === anchor);

/**
 * Its place among the appointments of its series that the act booked, moved or cancelled together: the first speaks for
 * all. `undefined`: of this act the appointment speaks for itself.
 */
export const placeInSeries = (
  { anchor }: Pick<Touchpoint, 'anchor'>,
  appointment: Appointment,
): 'first' | 'later' | undefined => {
  const { id, status, series, together } = appointment;
  const sequence = toldSequence(appointment);
  if (anchor === 'booking') return sequence === 0 && series ? (series.index === 0 ? 'first' : 'later') : undefined;
  const isAct = anchor === (status === 'cancelled' ? 'cancellation' : 'move');
  if (!isAct || together?.sequence !== sequence) return undefined;
  return together.first.id === id ? 'first' : 'later';
};

/** Whether the touchpoint applies to an appointment in its state, whatever the time; planning and delivery both ask. */
export const applies = (touchpoint: Touchpoint, appointment: Appointment): boolean => {
  if (placeInSeries(touchpoint, appointment) === 'later') return false;
  if (touchpoint.anchor === 'cancellation') return appointment.status === 'cancelled' && !appointment.untold;
  // The client has been told on the page that it waits for the business, and hears more when that is decided.
  if (needsApproval(appointment)) return false;
  if (touchpoint.when.includes('completed')) return appointment.status === 'completed';
  if (precedesVisit(touchpoint)) return isExpected(appointment);
  return appointment.status !== 'cancelled' && appointment.status !== 'no_show';
};

/** Instant back to which `others` of `skipReason` must reach. */
export const othersSince = ({ startsAt }: Pick<Appointment, 'startsAt'>, now: number): number =>
  Math.min(startsAt, now - day);

/**
 * Why a message that has fallen due must not go any more; undefined when it must. Pure.
 * `others` are asked for where it matters: the client's appointments that start after `othersSince`.
 */
export const skipReason = (
  touchpoint: Touchpoint,
  appointment: Appointment,
  sequence: number,
  now: number,
  others: () => Promise<readonly Appointment[]>,
): Promise<SkipReason | undefined> | SkipReason | undefined => {
  if (appointment.status === 'cancelled' && touchpoint.anchor !== 'cancellation') return 'cancelled';
  if (toldSequence(appointment) !== sequence) return 'moved';
  if (touchpoint.when.includes('completed') && appointment.status !== 'completed') return 'not_completed';
  if (touchpoint.when.includes('unconfirmed') && appointment.status !== 'pending') return 'already_confirmed';
  if (precedesVisit(touchpoint) && now >= appointment.startsAt) return 'too_late';
  if (!applies(touchpoint, appointment)) return 'superseded';
  if (touchpoint.anchor !== 'last-visit' && !touchpoint.when.includes('nothing-booked')) return undefined;
  return others().then((all) => {
    const rest = all.filter(({ id }) => id !== appointment.id);
    if (touchpoint.when.includes('nothing-booked') && rest.some((other) => isBooked(other, now))) return 'has_booking';
    const services = new Set(appointment.services.map((service) => service.id));
    const repeated = rest.some(
      (other) =>
        other.startsAt > appointment.startsAt &&
        other.status === 'completed' &&
        other.services.some((service) => services.has(service.id)),
    );
    return touchpoint.anchor === 'last-visit' && repeated ? 'superseded' : undefined;
  });
};

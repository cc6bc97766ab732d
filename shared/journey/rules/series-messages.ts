import type { Appointment } from '../../booking/appointments/appointments.ts';
import { toldSequence } from '../../booking/appointments/promised.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import { actOf, placeInSeries } from './applies.ts';

/** Longer than the function that cancels a series may take, so that no transaction of the act comes later. */
const actLasts = minute;

/** The appointment for which a message was planned, the first of its series where it speaks for one. */
export interface Planned {
  appointmentId: string;
  /** Sequence that the act gave it. */
  sequence: number;
}

type Anchored = Pick<Touchpoint, 'anchor'>;

/** Whether the message may speak for others of the appointment's series. */
export const maySpeakForSeries = (touchpoint: Anchored, appointment: Appointment, { sequence }: Planned): boolean =>
  actOf(touchpoint) !== undefined &&
  (toldSequence(appointment) !== sequence || placeInSeries(touchpoint, appointment) === 'first');

const isPartOf =
  ({ anchor }: Anchored, { appointmentId, sequence }: Planned) =>
  ({ together }: Appointment): boolean =>
    anchor === 'booking'
      ? sequence === 0
      : together?.first.id === appointmentId && together.first.sequence === sequence;

/** Those of a series that are as the act left them, in order of time. */
export const leftBy = (touchpoint: Anchored, planned: Planned, series: readonly Appointment[]): Appointment[] =>
  series
    .filter((each) => isPartOf(touchpoint, planned)(each) && placeInSeries(touchpoint, each) !== undefined)
    .sort((one, other) => one.startsAt - other.startsAt);

/**
 * Instant until which an act that has more of the series to cancel may go on, if it has not been broken off; `undefined`:
 * all is done.
 */
export const goesOnUntil = (
  touchpoint: Anchored,
  planned: Planned,
  series: readonly Appointment[],
): Instant | undefined => {
  if (touchpoint.anchor !== 'cancellation') return undefined;
  const done = series.filter(isPartOf(touchpoint, planned));
  const count = done[0]?.together?.count ?? 0;
  return done.length < count ? Math.max(...done.map(({ cancelledAt = 0 }) => cancelledAt)) + actLasts : undefined;
};

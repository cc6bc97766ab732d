import type { Appointment } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { Row } from '../messages/templates/values.ts';
import { type Instant, minute } from '../platform/time/time.ts';
import { actOf, placeInRow } from './applies.ts';

/** Longer than the function that cancels a row may take, so that no transaction of the act comes later. */
const actLasts = minute;

/** Of the first of a row, for which a message was planned. */
interface Planned {
  appointmentId: string;
  /** That the act gave it. */
  sequence: number;
}

type Anchored = Pick<Touchpoint, 'anchor'>;

/** Whether the message may speak for others of the appointment's row. */
export const maySpeakForRow = (touchpoint: Anchored, appointment: Appointment, { sequence }: Planned): boolean =>
  actOf(touchpoint) !== undefined &&
  (appointment.sequence !== sequence || placeInRow(touchpoint, appointment) === 'first');

const isPartOf =
  ({ anchor }: Anchored, { appointmentId, sequence }: Planned) =>
  ({ together }: Appointment): boolean =>
    anchor === 'booking'
      ? sequence === 0
      : together?.first.id === appointmentId && together.first.sequence === sequence;

/** Those of a row that are as the act left them, in order of time. */
export const leftBy = (touchpoint: Anchored, planned: Planned, row: readonly Appointment[]): Appointment[] =>
  row
    .filter((each) => isPartOf(touchpoint, planned)(each) && placeInRow(touchpoint, each) !== undefined)
    .sort((one, other) => one.startsAt - other.startsAt);

/**
 * Where the act is to cancel more of the row than it has: until when it may, if it has not been broken off; `undefined`:
 * all is done.
 */
export const goesOnUntil = (
  touchpoint: Anchored,
  planned: Planned,
  row: readonly Appointment[],
): Instant | undefined => {
  if (touchpoint.anchor !== 'cancellation') return undefined;
  const done = row.filter(isPartOf(touchpoint, planned));
  const count = done[0]?.together?.count ?? 0;
  return done.length < count ? Math.max(...done.map(({ cancelledAt = 0 }) => cancelledAt)) + actLasts : undefined;
};

/** What the first of these says of the others; `undefined`: there are none. */
export const rowOf = (touchpoint: Anchored, told: readonly Appointment[]): Row | undefined => {
  const act = actOf(touchpoint);
  if (!act || told.length < 2) return undefined;
  return { act, count: told.length, lastAt: Math.max(...told.map(({ startsAt }) => startsAt)) };
};

import type { TouchpointMessage } from '../../background/kinds.ts';
import type { Appointment } from '../../booking/appointments/appointments.ts';
import { toldSequence } from '../../booking/appointments/promised.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Act } from '../../messages/templates/repeats.ts';
import { day, type Instant, shift } from '../../platform/time/time.ts';
import { actOf, applies, placeInSeries } from './applies.ts';
import { dueAt } from './due.ts';

/** Made from what it is for, so that planning twice plans once. */
export const scheduleName = (appointmentId: string, touchpointId: string): string => `${appointmentId}.${touchpointId}`;

/**
 * Name of the schedule of a message that fell due in quiet hours and waits for their end. Not the planner's own name, which moves with
 * the appointment: planner and delivery would overwrite and delete each other's schedules.
 */
export const deferredName = (message: TouchpointMessage): string =>
  [scheduleName(message.appointmentId, message.touchpointId), message.sequence, message.resend]
    .filter((part) => part !== undefined)
    .join('.');

/** Name of the one schedule under which messages of a touchpoint to one client wait for room in the budget of the address. */
export const joinedName = ({ id }: Pick<Touchpoint, 'id'>, { clientId }: Pick<Appointment, 'clientId'>): string =>
  `${scheduleName(clientId, id)}.joined`;

export const repeatDaysOf = (catalogueIndex: CatalogueIndex, { services }: Appointment): number | undefined => {
  const intervals = services.flatMap(({ id }) => catalogueIndex.service(id)?.repeatDays ?? []);
  return intervals.length > 0 ? Math.min(...intervals) : undefined;
};

/** Whether the client moves it again and again and hears of the last move only, once that has stood for a while. */
const isCollected = ({ anchor }: Pick<Touchpoint, 'anchor'>, { movedAt, linkMoves }: Appointment): boolean =>
  anchor === 'move' && linkMoves?.tellAt !== undefined && linkMoves.at === movedAt;

const dueFor = (
  catalogueIndex: CatalogueIndex,
  touchpoint: Touchpoint,
  appointment: Appointment,
): Instant | undefined =>
  dueAt({
    touchpoint,
    anchors: isCollected(touchpoint, appointment)
      ? { ...appointment, movedAt: appointment.linkMoves?.tellAt }
      : appointment,
    repeatDays: repeatDaysOf(catalogueIndex, appointment),
    zone: appointment.zone,
    quietHours: catalogueIndex.settings.quietHours,
    contact: appointment.contact,
  });

export const speaksForSeries = (touchpoint: Touchpoint, appointment: Appointment): boolean =>
  placeInSeries(touchpoint, appointment) === 'first';

/** Does what `dueFor` does, where the touchpoint applies to the appointment's state. */
export const plannedFor = (
  catalogueIndex: CatalogueIndex,
  touchpoint: Touchpoint,
  appointment: Appointment,
): Instant | undefined =>
  applies(touchpoint, appointment) ? dueFor(catalogueIndex, touchpoint, appointment) : undefined;

export const messageFor = (touchpoint: Touchpoint, appointment: Appointment): TouchpointMessage => ({
  kind: 'touchpoint',
  appointmentId: appointment.id,
  touchpointId: touchpoint.id,
  sequence: toldSequence(appointment),
});

/**
 * A message by which the first of a series speaks for the others too has a name of its own: it goes, about them, also where
 * that one changes again and its own schedules with it.
 */
export const planName = (touchpoint: Touchpoint, appointment: Appointment): string => {
  const name = scheduleName(appointment.id, touchpoint.id);
  return speaksForSeries(touchpoint, appointment) ? `${name}.row${toldSequence(appointment)}` : name;
};

/**
 * The act that turned the old appointment into the new one, as journeys know it. One that waited is booked when it is
 * approved; one whose cancelling was undone is booked again, unless the client never heard of that.
 */
export const actBetween = (before: Appointment | undefined, after: Appointment): Act | undefined => {
  if (!before) return 'booking';
  if (after.status === 'cancelled') return before.status === 'cancelled' ? undefined : 'cancellation';
  if ((before.awaiting && !after.awaiting) || (before.status === 'cancelled' && !before.untold)) return 'booking';
  return after.movedAt !== before.movedAt ? 'move' : undefined;
};

/** Answers an act at once, whatever the hour, so it has no schedule unless moves are collected. */
export const isImmediate = (touchpoint: Touchpoint): boolean =>
  actOf(touchpoint) !== undefined && touchpoint.quiet === 'ignore' && shift(0, touchpoint.offset, 'UTC') === 0;

/** Whether the schedules of an appointment may hold it. */
export const hasSchedule = (touchpoint: Touchpoint, { linkMoves }: Appointment): boolean =>
  !isImmediate(touchpoint) || (touchpoint.anchor === 'move' && linkMoves !== undefined && linkMoves.count > 1);

/** A desk that marks at closing time, or after the weekend, still asks for the review; later than this nobody remembers. */
export const lateMarking = 3 * day;

/** Whether what has just happened asks for the message at once, without a schedule. */
export const isDueAtOnce = (
  catalogueIndex: CatalogueIndex,
  touchpoint: Touchpoint,
  before: Appointment | undefined,
  after: Appointment,
  now: Instant,
): boolean => {
  const due = plannedFor(catalogueIndex, touchpoint, after);
  if (due === undefined) return false;
  // The act's clock may be a little ahead of this one: what answers it at once doesn't look at the time.
  if (touchpoint.anchor === actBetween(before, after))
    return (isImmediate(touchpoint) && !isCollected(touchpoint, after)) || due <= now;
  const justCompleted = after.status === 'completed' && before?.status !== 'completed';
  return justCompleted && touchpoint.when.includes('completed') && due <= now && due > now - lateMarking;
};

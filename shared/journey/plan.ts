import type { Outbox, TouchpointMessage } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import { untilSettled } from '../background/until-settled.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { Directory } from '../business/directory.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clock } from '../platform/time/clock.ts';
import { day, type Instant, shift } from '../platform/time/time.ts';
import { lowest, lowScore, type Review } from '../reviews/rules.ts';
import { type Act, actOf, applies, placeInRow } from './applies.ts';
import { createDeadline } from './confirm-deadline.ts';
import { dueAt } from './due.ts';

/** Made from what it is for, so that planning twice plans once. */
export const scheduleName = (appointmentId: string, touchpointId: string): string => `${appointmentId}.${touchpointId}`;

/**
 * Of a message that fell due in the quiet hours and waits for their end. Not the planner's own name, which moves with
 * the appointment: planner and delivery would overwrite and delete each other's schedules.
 */
export const deferredName = (message: TouchpointMessage): string =>
  [scheduleName(message.appointmentId, message.touchpointId), message.sequence, message.resend]
    .filter((part) => part !== undefined)
    .join('.');

export const repeatDaysOf = (directory: Directory, { services }: Appointment): number | undefined => {
  const intervals = services.flatMap(({ id }) => directory.service(id)?.repeatDays ?? []);
  return intervals.length > 0 ? Math.min(...intervals) : undefined;
};

export const dueFor = (directory: Directory, touchpoint: Touchpoint, appointment: Appointment): Instant | undefined =>
  dueAt({
    touchpoint,
    anchors: appointment,
    repeatDays: repeatDaysOf(directory, appointment),
    zone: appointment.zone,
    quietHours: directory.settings.quietHours,
    contact: appointment.contact,
  });

const speaksForRow = (touchpoint: Touchpoint, appointment: Appointment): boolean =>
  placeInRow(touchpoint, appointment) === 'first';

/** As `dueFor`, where the touchpoint applies to the appointment's state. */
export const plannedFor = (
  directory: Directory,
  touchpoint: Touchpoint,
  appointment: Appointment,
): Instant | undefined => (applies(touchpoint, appointment) ? dueFor(directory, touchpoint, appointment) : undefined);

export const messageFor = (touchpoint: Touchpoint, { id, sequence }: Appointment): TouchpointMessage => ({
  kind: 'touchpoint',
  appointmentId: id,
  touchpointId: touchpoint.id,
  sequence,
});

/**
 * A message by which the first of a row speaks for the others too has a name of its own: it goes, about them, also where
 * that one changes again and its own schedules with it.
 */
const planName = (touchpoint: Touchpoint, appointment: Appointment): string => {
  const name = scheduleName(appointment.id, touchpoint.id);
  return speaksForRow(touchpoint, appointment) ? `${name}.row${appointment.sequence}` : name;
};

/**
 * The act that turned the old appointment into the new one, as journeys know it. One that waited is booked when it is
 * approved; one whose cancelling was undone is booked again.
 */
export const actBetween = (before: Appointment | undefined, after: Appointment): Act | undefined => {
  if (!before) return 'booking';
  if (after.status === 'cancelled') return before.status === 'cancelled' ? undefined : 'cancellation';
  if ((before.awaiting && !after.awaiting) || before.status === 'cancelled') return 'booking';
  return after.movedAt !== before.movedAt ? 'move' : undefined;
};

/** Answers an act at once, whatever the hour, so it never has a schedule. */
export const isImmediate = (touchpoint: Touchpoint): boolean =>
  actOf(touchpoint) !== undefined && touchpoint.quiet === 'ignore' && shift(0, touchpoint.offset, 'UTC') === 0;

/** A desk that marks at closing time, or after the weekend, still asks for the review; later than this nobody remembers. */
export const lateMarking = 3 * day;

/** Keeps the schedules of an appointment in step with the appointment and the journey, as they stand. */
export const createFollow = (deps: { appointments: Pick<Appointments, 'get'>; schedules: Schedules; now: Clock }) => {
  const { appointments, schedules, now } = deps;

  /** Brings the schedules to what its state asks for: a time that has passed is not planned. */
  const reconcile = async (
    directory: Directory,
    appointment: Appointment,
    touchpointIds: readonly string[],
    isNew: boolean,
  ): Promise<void> => {
    for (const id of touchpointIds) {
      const touchpoint = directory.journey.find((each) => each.id === id);
      const due = touchpoint && !isImmediate(touchpoint) ? plannedFor(directory, touchpoint, appointment) : undefined;
      const isDue = touchpoint && due !== undefined && due > now();
      if (isDue) await schedules.put(planName(touchpoint, appointment), due, messageFor(touchpoint, appointment));
      if (!isNew && (!isDue || speaksForRow(touchpoint, appointment)))
        await schedules.remove(scheduleName(appointment.id, id));
    }
  };

  /** Of these touchpoints alone; those that the journey lacks lose their schedules. `isNew`: at version 1 it can't have any. */
  return (
    directory: Directory,
    appointmentId: string,
    touchpointIds: readonly string[],
    isNew = false,
  ): Promise<void> =>
    untilSettled(
      () => appointments.get(appointmentId),
      (current) => reconcile(directory, current, touchpointIds, isNew && current.version === 1),
    );
};
export type Follow = ReturnType<typeof createFollow>;

/** Keeps schedules and outbox in step with what has been committed; fed by the table's stream. */
export const createPlan = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get'>;
  schedules: Schedules;
  outbox: Outbox;
  now: Clock;
}) => {
  const { catalogue, schedules, outbox, now } = deps;
  const follow = createFollow(deps);
  const deadline = createDeadline({ ...deps, lapse: (message) => outbox.send(message) });

  /** Whether what has just happened asks for the message at once, without a schedule. */
  const isDueAtOnce = (
    directory: Directory,
    touchpoint: Touchpoint,
    before: Appointment | undefined,
    after: Appointment,
  ): boolean => {
    const due = plannedFor(directory, touchpoint, after);
    if (due === undefined) return false;
    // The act's clock may be a little ahead of this one: what answers it at once doesn't look at the time.
    if (touchpoint.anchor === actBetween(before, after)) return isImmediate(touchpoint) || due <= now();
    const justCompleted = after.status === 'completed' && before?.status !== 'completed';
    return justCompleted && touchpoint.when.includes('completed') && due <= now() && due > now() - lateMarking;
  };

  /** What an act on a row asks for later, also where the first of it, as it stands, has changed again already. */
  const planForRow = async (
    directory: Directory,
    touchpoint: Touchpoint,
    before: Appointment | undefined,
    after: Appointment,
  ): Promise<void> => {
    if (touchpoint.anchor !== actBetween(before, after) || !speaksForRow(touchpoint, after)) return;
    const due = plannedFor(directory, touchpoint, after);
    if (due !== undefined) await schedules.put(planName(touchpoint, after), due, messageFor(touchpoint, after));
  };

  return {
    /**
     * After a change of an appointment. Records repeat and come late, so schedules follow the appointment as it stands.
     */
    async appointmentChanged(before: Appointment | undefined, after: Appointment): Promise<void> {
      await deadline.changed(before, after);
      const directory = await catalogue.recent();
      for (const touchpoint of directory.journey) {
        if (isDueAtOnce(directory, touchpoint, before, after)) await outbox.send(messageFor(touchpoint, after));
        else await planForRow(directory, touchpoint, before, after);
      }
      const changed = (touchpoint: Touchpoint) =>
        before?.sequence !== after.sequence ||
        plannedFor(directory, touchpoint, before) !== plannedFor(directory, touchpoint, after);
      if (!directory.journey.some(changed)) return;
      const planned = directory.journey.filter((each) => !isImmediate(each)).map(({ id }) => id);
      await follow(directory, after.id, planned, !before);
    },

    /** After a review was written: a score that has become low tells the manager. */
    async reviewChanged(before: Review | undefined, after: Review): Promise<void> {
      if (lowest(after) > lowScore || (before && lowest(before) <= lowScore)) return;
      await outbox.send({ kind: 'low-score', appointmentId: after.appointmentId, revision: after.revision });
    },
  };
};
export type Plan = ReturnType<typeof createPlan>;

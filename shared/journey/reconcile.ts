import type { Schedules } from '../background/schedules.ts';
import { untilStable } from '../background/until-stable.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { Clock } from '../platform/time/clock.ts';
import { hasSchedule, messageFor, planName, plannedFor, scheduleName, speaksForSeries } from './rules/plan.ts';

/** Keeps the schedules of an appointment in step with the appointment and the journey, as they stand. */
export const createReconcile = (deps: {
  appointments: Pick<Appointments, 'get'>;
  schedules: Schedules;
  now: Clock;
}) => {
  const { appointments, schedules, now } = deps;

  /** Brings the schedules to what its state asks for: a time that has passed is not planned. */
  const bring = async (
    catalogueIndex: CatalogueIndex,
    appointment: Appointment,
    touchpointIds: readonly string[],
    isNew: boolean,
  ): Promise<void> => {
    for (const id of touchpointIds) {
      const touchpoint = catalogueIndex.journey.find((each) => each.id === id);
      const due =
        touchpoint && hasSchedule(touchpoint, appointment)
          ? plannedFor(catalogueIndex, touchpoint, appointment)
          : undefined;
      const isDue = touchpoint && due !== undefined && due > now();
      if (isDue) await schedules.put(planName(touchpoint, appointment), due, messageFor(touchpoint, appointment));
      if (!isNew && (!isDue || speaksForSeries(touchpoint, appointment)))
        await schedules.remove(scheduleName(appointment.id, id));
    }
  };

  /**
   * Limits the work to these touchpoints; those that the journey lacks lose their schedules. `record` is what the stream
   * tells of: what has a higher sequence by now is planned by its own record. `isNew`: at version 1 it can't have any.
   */
  return (
    catalogueIndex: CatalogueIndex,
    appointmentId: string,
    touchpointIds: readonly string[],
    record?: { sequence: number; isNew: boolean },
  ): Promise<void> =>
    untilStable(
      () => appointments.get(appointmentId),
      (current) => bring(catalogueIndex, current, touchpointIds, record?.isNew === true && current.version === 1),
      record && (({ sequence }) => sequence > record.sequence),
    );
};
export type Reconcile = ReturnType<typeof createReconcile>;

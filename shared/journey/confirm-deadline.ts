import type { Consumers } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import { untilStable } from '../background/until-stable.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { mustConfirmBy } from '../booking/appointments/entity.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Instant, wholeSecond } from '../platform/time/time.ts';

/** Cancels what the client had to confirm and didn't, unless that has changed meanwhile. */
export const createLapse =
  ({ appointments }: { appointments: Pick<Appointments, 'expire'> }): Consumers['unconfirmed'] =>
  async ({ appointmentId, sequence }) =>
    (await appointments.expire(appointmentId, sequence)) ? 'lapsed' : 'gone';

/** No touchpoint of a journey may be called so. */
const nameOf = (appointmentId: string): string => `${appointmentId}.unconfirmed`;

/** Schedules fire on whole seconds: never before the deadline, or nothing would expire. */
const deadlineOf = (appointment: Appointment): Instant | undefined => {
  const confirmBy = mustConfirmBy(appointment);
  return confirmBy === undefined ? undefined : wholeSecond(confirmBy);
};

/** Keeps the schedule by which what the client had to confirm, and didn't, is cancelled. */
export const createDeadline = (deps: {
  appointments: Pick<Appointments, 'get'>;
  schedules: Schedules;
  /** Acts upon a deadline that has passed already. */
  expire: (message: Parameters<Consumers['unconfirmed']>[0]) => Promise<unknown>;
  now: Clock;
}) => {
  const { appointments, schedules, expire, now } = deps;

  const reconcile = async (appointment: Appointment): Promise<void> => {
    const { id, sequence } = appointment;
    const message = { kind: 'unconfirmed', appointmentId: id, sequence } as const;
    const deadline = deadlineOf(appointment);
    if (deadline === undefined) await schedules.remove(nameOf(id));
    else if (deadline > now()) await schedules.put(nameOf(id), deadline, message);
    else await expire(message);
  };

  const follow = (appointmentId: string, isOvertaken?: (current: Appointment) => boolean): Promise<void> =>
    untilStable(() => appointments.get(appointmentId), reconcile, isOvertaken);

  return {
    /** Brings the schedule to what the appointment, as it stands, asks for. */
    follow: (appointmentId: string) => follow(appointmentId),

    /** After a change of an appointment. */
    async changed(before: Appointment | undefined, after: Appointment): Promise<void> {
      const [was, is] = [before && deadlineOf(before), deadlineOf(after)];
      if (was === is && (is === undefined || before?.sequence === after.sequence)) return;
      // The record of a higher sequence plans its own deadline; where that has none, this one's schedule goes here.
      await follow(after.id, (current) => current.sequence > after.sequence && deadlineOf(current) !== undefined);
    },
  };
};
export type Deadline = ReturnType<typeof createDeadline>;

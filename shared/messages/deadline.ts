import type { Appointment, Appointments } from '../booking/appointments.ts';
import type { Clock } from '../platform/clock.ts';
import type { Instant } from '../platform/time.ts';
import type { Outbox } from './outbox.ts';
import type { Schedules } from './schedules.ts';

/** No touchpoint of a journey may be called so. */
const nameOf = (appointmentId: string): string => `${appointmentId}.unconfirmed`;

/** Schedules fire on whole seconds: never before the deadline, or nothing would lapse. */
const deadlineOf = ({ status, confirmBy }: Appointment): Instant | undefined =>
  status === 'pending' && confirmBy !== undefined ? Math.ceil(confirmBy / 1000) * 1000 : undefined;

const mostRounds = 6;

/**
 * Keeps the schedule by which what the client had to confirm, and didn't, is cancelled. The appointment is read again
 * after the schedule was written: whoever writes last has seen the latest.
 */
export const createDeadline = (deps: {
  appointments: Pick<Appointments, 'get'>;
  schedules: Schedules;
  outbox: Outbox;
  now: Clock;
}) => {
  const { appointments, schedules, outbox, now } = deps;

  const follow = async (appointment: Appointment): Promise<void> => {
    const { id, sequence } = appointment;
    const message = { kind: 'unconfirmed', appointmentId: id, sequence } as const;
    const deadline = deadlineOf(appointment);
    if (deadline === undefined) await schedules.remove(nameOf(id));
    else if (deadline > now()) await schedules.put(nameOf(id), deadline, message);
    else await outbox.send(message);
  };

  return async (before: Appointment | undefined, after: Appointment): Promise<void> => {
    const [was, is] = [before && deadlineOf(before), deadlineOf(after)];
    if (was === is && (is === undefined || before?.sequence === after.sequence)) return;
    let current = await appointments.get(after.id);
    for (let round = 0; current && round < mostRounds; round += 1) {
      await follow(current);
      const again = await appointments.get(after.id);
      if (again?.version === current.version) return;
      current = again;
    }
    if (current) throw new Error('The appointment changes faster than its deadline can be planned');
  };
};

import type { Actor } from '../audit/audit.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { needsApproval } from '../booking/contract.ts';
import type { Clients } from '../clients/clients.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Mark, mustBeMarkable } from './rules.ts';

/** Records what became of an appointment. Marking it twice is marking it once. Throws not_found, status_conflict. */
export const createMark = (deps: {
  appointments: Pick<Appointments, 'cancel' | 'change'>;
  clients: Pick<Clients, 'countNoShow'>;
  now: Clock;
}) => {
  const { appointments, clients, now } = deps;
  return (id: string, by: Actor, status: Mark): Promise<Appointment> => {
    if (status === 'cancelled') return appointments.cancel(id, by, (current) => mustBeMarkable(current, status, now()));
    return appointments.change(id, by, (current) => {
      const event = `appointment.${status}`;
      if (current.status === status) return { to: undefined, event };
      mustBeMarkable(current, status, now());
      const at = now();
      const before = { status: current.status, at };
      return {
        to: { ...current, status, before, updatedAt: at, ...(status === 'completed' ? { completedAt: at } : {}) },
        event,
        writes: status === 'no_show' ? [clients.countNoShow(current.clientId, 1)] : [],
      };
    });
  };
};

/** Approves what waits for staff. Throws not_found, status_conflict. */
export const createApprove =
  ({ appointments, now }: { appointments: Pick<Appointments, 'change'>; now: Clock }) =>
  (id: string, by: Actor): Promise<Appointment> =>
    appointments.change(id, by, (current) => {
      const event = 'appointment.approved';
      if (current.status === 'cancelled') {
        throw new Problem('status_conflict', { detail: 'The appointment is cancelled; that can be undone first.' });
      }
      if (!needsApproval(current)) return { to: undefined, event };
      return { to: { ...current, awaiting: undefined, updatedAt: now() }, event };
    });

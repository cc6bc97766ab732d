import type { Actor } from '../audit/audit.ts';
import type { Admit, Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { countsAt, provedByVisit } from '../booking/appointments/missed.ts';
import { needsApproval } from '../booking/contract.ts';
import type { Clients } from '../clients/clients.ts';
import type { MessageStore } from '../messages/message.ts';
import { Problem } from '../platform/http/problems.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Notify } from './override.ts';
import { type Mark, mustBeMarkable } from './rules.ts';

/** Records what became of an appointment. Marking it twice is marking it once. Throws not_found, status_conflict, what `admit` does. */
export const createMark = (deps: {
  appointments: Pick<Appointments, 'cancel' | 'change'>;
  clients: Pick<Clients, 'get' | 'countNoShow' | 'countMissedAt' | 'proof'>;
  messages: Pick<MessageStore, 'statusOf'>;
  now: Clock;
}) => {
  const { appointments, clients, messages, now } = deps;

  /** Proves the address of whoever booked with it alone and comes, unless no message reaches it. */
  const proofOf = async (current: Appointment): Promise<TransactionWrite[]> => {
    const address = provedByVisit(current);
    if (!address) return [];
    const { clientId } = current;
    const [card, status] = await Promise.all([clients.get(clientId), messages.statusOf(address)]);
    const isOnCard = card?.phone === address || card?.email === address;
    if (!isOnCard || status.suppression?.reason === 'bounced' || status.provenFor.includes(clientId)) return [];
    return [clients.proof({ clientId, address, at: now(), how: 'visit' })];
  };

  const missed = (current: Appointment): TransactionWrite[] => [
    clients.countNoShow(current.clientId, 1),
    ...countsAt(current).map((address) => clients.countMissedAt(current.clientId, address, 1)),
  ];

  return (id: string, by: Actor, status: Mark, admit: Admit, notify?: Notify): Promise<Appointment> => {
    if (status === 'cancelled') {
      const mayCancel = (current: Appointment) => mustBeMarkable(current, status, now());
      return appointments.cancel(id, by, mayCancel, admit, undefined, notify === 'no');
    }
    return appointments.change(id, by, async (current) => {
      admit(current);
      const event = `appointment.${status}`;
      if (current.status === status) return { to: undefined, event };
      mustBeMarkable(current, status, now());
      const at = now();
      const before = { status: current.status, at };
      return {
        to: { ...current, status, before, updatedAt: at, ...(status === 'completed' ? { completedAt: at } : {}) },
        event,
        writes: status === 'no_show' ? missed(current) : await proofOf(current),
      };
    });
  };
};

/** Approves what waits for staff. Throws not_found, status_conflict, what `admit` does. */
export const createApprove =
  ({ appointments, now }: { appointments: Pick<Appointments, 'change'>; now: Clock }) =>
  (id: string, by: Actor, admit: Admit): Promise<Appointment> =>
    appointments.change(id, by, (current) => {
      admit(current);
      const event = 'appointment.approved';
      if (current.status === 'cancelled') {
        throw new Problem('status_conflict', { detail: 'The appointment is cancelled; that can be undone first.' });
      }
      if (!needsApproval(current)) return { to: undefined, event };
      const at = now();
      const act = { sequence: current.sequence, at, by: by.id, approves: true };
      return { to: { ...current, act, awaiting: undefined, updatedAt: at }, event };
    });

import type { Audit } from '../audit/audit.ts';
import type { Outbox } from '../background/kinds.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { SkipReason } from '../messages/contract.ts';
import { isOpen, type Message, type MessageKey, type MessageStore } from '../messages/message.ts';
import { createEligibility } from '../messages/send/eligibility.ts';
import { recipientsOf } from '../messages/send/recipients.ts';
import { Problem } from '../platform/http/problems.ts';
import type { StaffIdentity } from '../platform/http/server.ts';
import type { Idempotency } from '../platform/idempotency.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isStoppable, othersSince, skipReason } from './rules/applies.ts';

const maxResends = 5;

const why: Record<SkipReason, string> = {
  cancelled: 'The appointment is cancelled.',
  moved: 'The appointment was moved or cancelled since; there is a newer message about it.',
  superseded: 'The appointment is in a state in which this message says nothing true.',
  too_late: 'The visit has begun.',
  not_completed: 'The visit is not marked as completed.',
  has_booking: 'The client has another appointment.',
  already_confirmed: 'The client has confirmed.',
  no_address: 'The appointment has no address for its channels.',
  no_consent: 'The client has not agreed to such messages, or wants no more of them.',
  suppressed: 'The client wants no messages there, or the address bounced.',
  frequency_cap: 'The client has had as many offers as the settings allow.',
};

const conflict = (detail: string): Problem => new Problem('status_conflict', { detail });

/**
 * Sends again what stands in the list of a client's messages; answers the number of the resend, the same for the same
 * idempotency key. Throws not_found, status_conflict that says why, busy.
 */
export const createResend = (deps: {
  table: RegularsTable;
  store: MessageStore;
  appointments: Pick<Appointments, 'get' | 'ofClient'>;
  catalogue: CatalogueReader;
  clients: Clients;
  idempotency: Idempotency;
  audit: Audit;
  outbox: Outbox;
  now: Clock;
  random: Random;
}) => {
  const { table, store, appointments, catalogue, clients, idempotency, audit, outbox, now, random } = deps;
  const refusalAt = createEligibility(deps);

  /** Throws status_conflict for what would not be sent anyway: staff hear it at once, not from the list. */
  const mustApply = async (touchpoint: Touchpoint, appointment: Appointment, sequence: number): Promise<void> => {
    const at = now();
    const others = () => appointments.ofClient(appointment.clientId, othersSince(appointment, at));
    const reason = await skipReason(touchpoint, appointment, sequence, at, others);
    if (reason) throw conflict(why[reason]);
    const kind = { key: appointment, purpose: touchpoint.purpose, stoppable: isStoppable(touchpoint) };
    let refusal: SkipReason | undefined = 'no_address';
    for (const recipient of recipientsOf(appointment.contact, touchpoint.channels)) {
      refusal = await refusalAt(kind, recipient);
      if (!refusal) return;
    }
    throw conflict(why[refusal]);
  };

  const mustBeAtRest = (message: Message): void => {
    const { resends = 0 } = message;
    if (isOpen(message)) throw conflict('The message is on its way already.');
    if (resends >= maxResends) throw conflict(`It has been sent again ${resends} times; call the client instead.`);
  };

  return async (staff: StaffIdentity, key: Omit<MessageKey, 'resend'>, idempotencyKey: string): Promise<number> => {
    const { clientId, appointmentId, touchpoint: touchpointId, occurrence: sequence } = key;
    const request = { resend: key, by: staff.id };
    const number = await retry(random, async () => {
      const before = await idempotency.find(idempotencyKey, request);
      if (before !== undefined) return Number(before);
      const catalogueIndex = await catalogue.recent();
      const [message, appointment] = await Promise.all([store.get(key), appointments.get(appointmentId)]);
      if (!message || appointment?.clientId !== clientId)
        throw new Problem('not_found', { detail: 'The client has no such message about an appointment.' });
      const touchpoint = catalogueIndex.journey.find(({ id }) => id === touchpointId);
      if (!touchpoint) throw conflict('Only what the journey sends can be sent again.');
      mustBeAtRest(message);
      await mustApply(touchpoint, appointment, sequence);
      const resend = (message.resends ?? 0) + 1;
      const at = now();
      const { committed } = await transact(table, [
        store.countResend({ ...key, resends: message.resends }, { resentAt: at, resentBy: staff.id }),
        idempotency.remember(idempotencyKey, request, resend, at),
        clients.entry({
          ...{ clientId, at, id: newId(random), type: 'message.resent', by: staff.id },
          appointmentId,
        }),
        ...audit.writes(staff, {
          at,
          action: 'message.resent',
          subject: `appointment/${appointmentId}`,
          details: { touchpoint: touchpointId, resend: String(resend) },
        }),
      ]);
      return committed ? resend : undefined;
    });
    // Also for a repeated request: the first may have ended between the two.
    await outbox.send({ kind: 'touchpoint', appointmentId, touchpointId, sequence, resend: number, by: staff.id });
    return number;
  };
};

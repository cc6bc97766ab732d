import type { Audit } from '../audit/audit.ts';
import type { Outbox } from '../background/kinds.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { SkipReason } from '../messages/contract.ts';
import { isHeld, isOpen, type Message, type MessageKey, type MessageStore } from '../messages/message.ts';
import { leftOf } from '../messages/send/budget.ts';
import { createEligibility } from '../messages/send/eligibility.ts';
import { recipientsOf } from '../messages/send/recipients.ts';
import { isStoppable } from '../messages/templates/opt-out.ts';
import { accessOf, mustWorkAt } from '../people/access/rules.ts';
import { Problem } from '../platform/http/problems.ts';
import type { StaffIdentity } from '../platform/http/server.ts';
import type { Idempotency } from '../platform/idempotency.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { othersSince, skipReason } from './rules/applies.ts';

const maxResends = 5;

const withoutOne = ({ leftThisHour, leftToday }: ReturnType<typeof leftOf>) => ({
  leftThisHour: Math.max(0, leftThisHour - 1),
  leftToday: Math.max(0, leftToday - 1),
});

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
  over_budget: 'The address has had as many messages as the settings allow.',
  joined: 'It went together with another one.',
  not_notified: 'Staff wanted nobody told.',
  sms_country: 'The business sends no texts to numbers of that country or kind (smsCountries in the settings).',
};

/** Under which number it goes again, and how many more service messages fit into the budget of the address after it. */
interface Resent {
  resend: number;
  leftThisHour?: number | undefined;
  leftToday?: number | undefined;
}

/** Before messages were counted, a number alone was remembered. */
const rememberedOf = (answer: unknown): Resent =>
  typeof answer === 'number' ? { resend: answer } : (answer as Resent);

const conflict = (detail: string): Problem => new Problem('status_conflict', { detail });

/**
 * Sends again what stands in the list of a client's messages; answers the number of the resend and what is left of the
 * address's budget, the same for the same idempotency key. Throws not_found, status_conflict that says why, busy.
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
  const eligibilityAt = createEligibility(deps);

  /**
   * Throws status_conflict for what would not be sent anyway: staff hear it at once, not from the list. Answers what was
   * sent of late to the address to which it goes.
   */
  const mustApply = async (touchpoint: Touchpoint, appointment: Appointment, sequence: number) => {
    const at = now();
    const others = () => appointments.ofClient(appointment.clientId, othersSince(appointment, at));
    const reason = await skipReason(touchpoint, appointment, sequence, at, others);
    if (reason) throw conflict(why[reason]);
    const kind = { key: appointment, purpose: touchpoint.purpose, stoppable: isStoppable(touchpoint) };
    let last: SkipReason = 'no_address';
    for (const recipient of recipientsOf(appointment.contact, touchpoint.channels)) {
      const { refusal, status } = await eligibilityAt(kind, recipient);
      if (!refusal) return status.spent;
      last = refusal;
    }
    throw conflict(why[last]);
  };

  const mustBeAtRest = (message: Message): void => {
    const { resends = 0 } = message;
    if (isHeld(message))
      throw conflict('It waits until the address may have more messages, and goes together with others then.');
    if (isOpen(message)) throw conflict('The message is on its way already.');
    if (resends >= maxResends) throw conflict(`It has been sent again ${resends} times; call the client instead.`);
  };

  return async (staff: StaffIdentity, key: Omit<MessageKey, 'resend'>, idempotencyKey: string): Promise<Resent> => {
    const { clientId, appointmentId, touchpoint: touchpointId, occurrence: sequence } = key;
    const request = { resend: key, by: staff.id };
    const resent = await retry(random, async () => {
      const before = await idempotency.find(idempotencyKey, request);
      if (before !== undefined) return rememberedOf(before);
      const catalogueIndex = await catalogue.recent();
      const [message, appointment] = await Promise.all([store.get(key), appointments.get(appointmentId)]);
      if (!message || appointment?.clientId !== clientId)
        throw new Problem('not_found', { detail: 'The client has no such message about an appointment.' });
      mustWorkAt(accessOf(staff, catalogueIndex.settings), appointment.locationId);
      const touchpoint = catalogueIndex.journey.find(({ id }) => id === touchpointId);
      if (!touchpoint) throw conflict('Only what the journey sends can be sent again.');
      mustBeAtRest(message);
      const spent = await mustApply(touchpoint, appointment, sequence);
      const resend = (message.resends ?? 0) + 1;
      const at = now();
      const left = leftOf(spent, catalogueIndex.settings.messageBudget, at);
      const answer: Resent = { resend, ...withoutOne(left) };
      const { committed } = await transact(table, [
        store.countResend({ ...key, resends: message.resends }, { resentAt: at, resentBy: staff.id }),
        idempotency.remember(idempotencyKey, request, answer, at),
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
      return committed ? answer : undefined;
    });
    // Also for a repeated request: the first may have ended between the two.
    const { resend } = resent;
    await outbox.send({ kind: 'touchpoint', appointmentId, touchpointId, sequence, resend, by: staff.id });
    return resent;
  };
};

import type { TouchpointMessage } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { SkipReason } from '../messages/contract.ts';
import { isHeld, type MessageStore } from '../messages/message.ts';
import type { Delivery, Dispatch } from '../messages/send/dispatch.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Instant, wholeSecond } from '../platform/time/time.ts';
import type { TouchpointMessageOf } from './message.ts';
import { actOf } from './rules/applies.ts';
import { joinedName, messageFor } from './rules/plan.ts';
import { sendTimeOf } from './rules/send-time.ts';
import type { Planned } from './rules/series-messages.ts';

/** A message that waits. `spokenFor`: in order of time; the first speaks. */
interface Waiting extends Planned {
  spokenFor: readonly [Appointment, ...Appointment[]];
}

/** Those that one message can speak for; what has a deadline needs a link of its own. */
const groupOf = ({ id, contact, confirmBy }: Appointment): string =>
  [contact.language, contact.phone, contact.email, confirmBy === undefined ? '' : id].join(' ');

/**
 * Confirmations over the budget of their address wait under one schedule of the client, and go as one: the first visit
 * speaks for the others. Those are marked after it has gone, so that what ends halfway says something twice rather than never.
 */
export const createJoined = (deps: {
  appointments: Pick<Appointments, 'get'>;
  messages: Pick<MessageStore, 'ofClient'>;
  messageOf: TouchpointMessageOf;
  dispatch: Dispatch;
  schedules: Schedules;
  /** The appointments that a message is about, in order of time, or why it must not go. */
  spokenForBy: (
    touchpoint: Touchpoint,
    planned: Planned,
    appointment: Appointment,
    at: Instant,
  ) => Promise<Waiting['spokenFor'] | SkipReason>;
  now: Clock;
}) => {
  const { appointments, messages, messageOf, dispatch, schedules, spokenForBy, now } = deps;

  /** Has the message looked at again, with all of its kind that wait, when there is room. */
  const waitFor =
    (touchpoint: Touchpoint, appointment: Appointment) =>
    (at: Instant): Promise<void> => {
      const message: TouchpointMessage = { ...messageFor(touchpoint, appointment), joined: true };
      return schedules.put(joinedName(touchpoint, appointment), wholeSecond(at), message);
    };

  /** Those that wait and still apply; the others get their outcome. */
  const waiting = async (catalogueIndex: CatalogueIndex, touchpoint: Touchpoint, clientId: string, at: Instant) => {
    const still: Waiting[] = [];
    for (const row of (await messages.ofClient(clientId)).filter(isHeld)) {
      const appointment = row.touchpoint === touchpoint.id ? await appointments.get(row.appointmentId) : undefined;
      if (!appointment) continue;
      const { appointmentId, occurrence: sequence } = row;
      const planned = { appointmentId, sequence };
      const spokenFor = await spokenForBy(touchpoint, planned, appointment, at);
      if (typeof spokenFor !== 'string') still.push({ ...planned, spokenFor });
      else await dispatch.skip(await messageOf(catalogueIndex, touchpoint, appointment, planned), spokenFor);
    }
    return still.sort((one, other) => one.spokenFor[0].startsAt - other.spokenFor[0].startsAt);
  };

  const sendTogether = async (
    catalogueIndex: CatalogueIndex,
    touchpoint: Touchpoint,
    [first, ...rest]: [Waiting, ...Waiting[]],
    at: Instant,
  ): Promise<Delivery> => {
    const [speaker] = first.spokenFor;
    const allowedAt = sendTimeOf(catalogueIndex, touchpoint, speaker, at);
    if (allowedAt !== undefined && allowedAt > at) {
      await waitFor(touchpoint, speaker)(allowedAt);
      return 'deferred';
    }
    const spokenFor = [first, ...rest].flatMap((each) => each.spokenFor).sort((a, b) => a.startsAt - b.startsAt);
    const outgoing = await messageOf(catalogueIndex, touchpoint, speaker, { ...first, spokenFor });
    const delivery = await dispatch.send(outgoing, waitFor(touchpoint, speaker));
    if (delivery === 'over_budget') return delivery;
    const isTold = delivery === 'sent' || delivery === 'done';
    for (const each of rest) {
      const message = await messageOf(catalogueIndex, touchpoint, each.spokenFor[0], each);
      if (isTold) await dispatch.skip(message, 'joined');
      else await dispatch.send(message, waitFor(touchpoint, each.spokenFor[0]));
    }
    return delivery;
  };

  return {
    /** Lets a message over the budget wait for room; only what answers a booking does. */
    wait: (touchpoint: Touchpoint, appointment: Appointment) =>
      actOf(touchpoint) === 'booking' ? waitFor(touchpoint, appointment) : undefined,

    /** Sends what waits for the client, as far as there is room. */
    async deliver(catalogueIndex: CatalogueIndex, touchpoint: Touchpoint, clientId: string): Promise<Delivery> {
      const at = now();
      const all = await waiting(catalogueIndex, touchpoint, clientId, at);
      const groups = Map.groupBy(all, ({ spokenFor: [speaker] }) => groupOf(speaker));
      let delivery: Delivery = 'done';
      for (const [first, ...rest] of groups.values()) {
        if (first) delivery = await sendTogether(catalogueIndex, touchpoint, [first, ...rest], at);
      }
      return delivery;
    },
  };
};

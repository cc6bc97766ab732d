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
import { seriesSummaryOf } from './rules/series-messages.ts';

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
  judge: (
    touchpoint: Touchpoint,
    appointment: Appointment,
    sequence: number,
    at: Instant,
  ) => Promise<SkipReason | undefined> | SkipReason | undefined;
  now: Clock;
}) => {
  const { appointments, messages, messageOf, dispatch, schedules, judge, now } = deps;

  /** Has the message looked at again, with all of its kind that wait, when there is room. */
  const waitFor =
    (touchpoint: Touchpoint, appointment: Appointment) =>
    (at: Instant): Promise<void> => {
      const message: TouchpointMessage = { ...messageFor(touchpoint, appointment), joined: true };
      return schedules.put(joinedName(touchpoint, appointment), wholeSecond(at), message);
    };

  /** Those that wait and still apply; the others get their outcome. */
  const waiting = async (catalogueIndex: CatalogueIndex, touchpoint: Touchpoint, clientId: string, at: Instant) => {
    const still: Appointment[] = [];
    for (const row of (await messages.ofClient(clientId)).filter(isHeld)) {
      const appointment = row.touchpoint === touchpoint.id ? await appointments.get(row.appointmentId) : undefined;
      if (!appointment) continue;
      const { appointmentId, occurrence: sequence } = row;
      const reason = await judge(touchpoint, appointment, sequence, at);
      if (!reason) still.push(appointment);
      else
        await dispatch.skip(
          await messageOf(catalogueIndex, touchpoint, appointment, { appointmentId, sequence }),
          reason,
        );
    }
    return still.sort((one, other) => one.startsAt - other.startsAt);
  };

  const sendTogether = async (
    catalogueIndex: CatalogueIndex,
    touchpoint: Touchpoint,
    [first, ...rest]: [Appointment, ...Appointment[]],
    at: Instant,
  ): Promise<Delivery> => {
    const alone = ({ id: appointmentId, sequence }: Appointment) => ({ appointmentId, sequence });
    const allowedAt = sendTimeOf(catalogueIndex, touchpoint, first, at);
    if (allowedAt !== undefined && allowedAt > at) {
      await waitFor(touchpoint, first)(allowedAt);
      return 'deferred';
    }
    const series = seriesSummaryOf(touchpoint, [first, ...rest]);
    const outgoing = await messageOf(catalogueIndex, touchpoint, first, { ...alone(first), series });
    const delivery = await dispatch.send(outgoing, waitFor(touchpoint, first));
    if (delivery === 'over_budget') return delivery;
    const isTold = delivery === 'sent' || delivery === 'done';
    for (const each of rest) {
      const message = await messageOf(catalogueIndex, touchpoint, each, alone(each));
      if (isTold) await dispatch.skip(message, 'joined');
      else await dispatch.send(message, waitFor(touchpoint, each));
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
      const groups = Map.groupBy(await waiting(catalogueIndex, touchpoint, clientId, at), groupOf);
      let delivery: Delivery = 'done';
      for (const [first, ...rest] of groups.values()) {
        if (first) delivery = await sendTogether(catalogueIndex, touchpoint, [first, ...rest], at);
      }
      return delivery;
    },
  };
};

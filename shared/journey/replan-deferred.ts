import type { Schedules } from '../background/schedules.ts';
import type { Appointment } from '../booking/appointments/appointments.ts';
import { toldSequence } from '../booking/appointments/promised.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { isHeld, isOpen, type MessageKey, type MessageStore } from '../messages/message.ts';
import type { Clock } from '../platform/time/clock.ts';
import { day, minute } from '../platform/time/time.ts';
import { actOf } from './rules/applies.ts';
import { deferredUntil, waitsUntil } from './rules/deferred.ts';
import { deferredName, joinedName, messageFor } from './rules/plan.ts';
import { sendTimeOf } from './rules/send-time.ts';

/**
 * Plans anew what waits for the end of quiet hours, where the schedules are gone: under the names that delivery gives, so
 * that twice is once. What has an outcome is left alone.
 */
export const createDeferredReplan = (deps: {
  messages: Pick<MessageStore, 'get'>;
  schedules: Schedules;
  now: Clock;
}) => {
  const { messages, schedules, now } = deps;

  const hasOutcome = async (key: MessageKey): Promise<boolean> => {
    const message = await messages.get(key);
    return message !== undefined && !isOpen(message);
  };

  const resendsWaitNow = (catalogueIndex: CatalogueIndex, touchpoint: Touchpoint, appointment: Appointment) => {
    const ends = sendTimeOf(catalogueIndex, touchpoint, appointment, now(), 1);
    return ends !== undefined && ends > now();
  };

  /** A message that staff had sent again keeps to the law's hours alone; who asked is known of the latest time. */
  const followResends = async (
    catalogueIndex: CatalogueIndex,
    touchpoint: Touchpoint,
    appointment: Appointment,
    key: MessageKey,
  ) => {
    // Unless it is quiet now, nothing waits: that spares reading every message.
    if (!resendsWaitNow(catalogueIndex, touchpoint, appointment)) return;
    const { resends = 0, resentAt, resentBy } = (await messages.get(key)) ?? {};
    const until = resentAt && waitsUntil(catalogueIndex, touchpoint, appointment, resentAt, now(), resends);
    if (!until) return;
    for (let resend = 1; resend <= resends; resend += 1) {
      if (await hasOutcome({ ...key, resend })) continue;
      const by = resend === resends && resentBy ? { by: resentBy } : {};
      const message = { ...messageFor(touchpoint, appointment), resend, ...by };
      await schedules.put(deferredName(message), until, message);
    }
  };

  /** A confirmation that waits for room in the budget of its address, for two days at most, is looked at in a minute. */
  const followHeld = async (touchpoint: Touchpoint, appointment: Appointment, key: MessageKey): Promise<void> => {
    if (actOf(touchpoint) !== 'booking' || appointment.bookedAt <= now() - 2 * day) return;
    const message = await messages.get(key);
    if (!message || !isHeld(message)) return;
    const joined = { ...messageFor(touchpoint, appointment), joined: true } as const;
    await schedules.put(joinedName(touchpoint, appointment), now() + minute, joined);
  };

  return async (catalogueIndex: CatalogueIndex, appointment: Appointment): Promise<void> => {
    const { id: appointmentId, clientId } = appointment;
    const occurrence = toldSequence(appointment);
    for (const touchpoint of catalogueIndex.journey) {
      const key = { clientId, appointmentId, touchpoint: touchpoint.id, occurrence };
      const until = deferredUntil(catalogueIndex, touchpoint, appointment, now());
      if (until !== undefined && !(await hasOutcome(key))) {
        const message = messageFor(touchpoint, appointment);
        await schedules.put(deferredName(message), until, message);
      }
      await followHeld(touchpoint, appointment, key);
      await followResends(catalogueIndex, touchpoint, appointment, key);
    }
  };
};
export type DeferredReplan = ReturnType<typeof createDeferredReplan>;

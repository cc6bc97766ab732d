import type { Schedules } from '../background/schedules.ts';
import type { Appointment } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { Directory } from '../business/directory.ts';
import { isOpen, type MessageKey, type MessageStore } from '../messages/send/store.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Instant, minute } from '../platform/time/time.ts';
import { deferredName, isImmediate, lateMarking, messageFor, plannedFor } from './plan.ts';
import { sendableAt } from './send-time.ts';

/** Schedules are up to a minute late, and the queue takes its while: what fell due just before the quiet hours met them. */
const onItsWay = 2 * minute;

/** The end, still ahead, of the quiet hours that a message met which was ready at the instant. */
const waitsUntil = (
  directory: Directory,
  touchpoint: Touchpoint,
  appointment: Appointment,
  at: Instant,
  now: Instant,
  resend?: number,
): Instant | undefined => {
  const until = sendableAt(directory, touchpoint, appointment, at, resend);
  return until !== undefined && until > at && until > now ? until : undefined;
};

/**
 * Until when a touchpoint that has fallen due waits, if nothing has come of it: derived from the appointment, as delivery
 * leaves no trace but a schedule. `undefined`: it is not due yet, met no quiet hours, or their end has passed.
 */
export const putOffUntil = (
  directory: Directory,
  touchpoint: Touchpoint,
  appointment: Appointment,
  now: Instant,
): Instant | undefined => {
  const due = plannedFor(directory, touchpoint, appointment);
  if (due === undefined) return undefined;
  // Ready with the act itself, so it has no schedule of its own: `due` is where the law's hours put it off to.
  if (due > now) return isImmediate(touchpoint) ? due : undefined;
  const completedAt = touchpoint.when.includes('completed') ? (appointment.completedAt ?? due) : due;
  if (due <= completedAt - lateMarking) return undefined;
  const readyAt = Math.max(due, completedAt);
  const wait = (at: Instant) => waitsUntil(directory, touchpoint, appointment, at, now);
  return wait(readyAt) ?? wait(readyAt + onItsWay);
};

/**
 * Plans anew what waits for the end of quiet hours, where the schedules are gone: under the names that delivery gives, so
 * that twice is once. What has an outcome is left alone.
 */
export const createPutOff = (deps: { messages: Pick<MessageStore, 'get'>; schedules: Schedules; now: Clock }) => {
  const { messages, schedules, now } = deps;

  const hasOutcome = async (key: MessageKey): Promise<boolean> => {
    const message = await messages.get(key);
    return message !== undefined && !isOpen(message);
  };

  /** What staff had sent again keeps to the law's hours alone; who asked is known of the latest time. */
  const followResends = async (
    directory: Directory,
    touchpoint: Touchpoint,
    appointment: Appointment,
    key: MessageKey,
  ) => {
    // Unless it is quiet now, nothing waits: that spares reading every message.
    const ends = sendableAt(directory, touchpoint, appointment, now(), 1);
    if (ends === undefined || ends <= now()) return;
    const { resends = 0, resentAt, resentBy } = (await messages.get(key)) ?? {};
    const until = resentAt && waitsUntil(directory, touchpoint, appointment, resentAt, now(), resends);
    if (!until) return;
    for (let resend = 1; resend <= resends; resend += 1) {
      if (await hasOutcome({ ...key, resend })) continue;
      const by = resend === resends ? resentBy : undefined;
      const message = { ...messageFor(touchpoint, appointment), resend, ...(by ? { by } : {}) };
      await schedules.put(deferredName(message), until, message);
    }
  };

  return async (directory: Directory, appointment: Appointment): Promise<void> => {
    const { id: appointmentId, clientId, sequence: occurrence } = appointment;
    for (const touchpoint of directory.journey) {
      const key = { clientId, appointmentId, touchpoint: touchpoint.id, occurrence };
      const until = putOffUntil(directory, touchpoint, appointment, now());
      if (until !== undefined && !(await hasOutcome(key))) {
        const message = messageFor(touchpoint, appointment);
        await schedules.put(deferredName(message), until, message);
      }
      await followResends(directory, touchpoint, appointment, key);
    }
  };
};
export type PutOff = ReturnType<typeof createPutOff>;

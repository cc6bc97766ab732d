import type { OutboxMessage, TouchpointMessage } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Letters } from '../messages/letter.ts';
import type { IncomingTexts } from '../messages/receive/incoming-store.ts';
import type { Door } from '../messages/send/dispatch.ts';
import type { Message } from '../messages/send/store.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Instant } from '../platform/time/time.ts';
import type { Reviews } from '../reviews/reviews.ts';
import { lowest, lowScore } from '../reviews/rules.ts';
import { othersSince, type SkipReason, skipReason } from './applies.ts';
import { deferredName } from './plan.ts';
import { sendableAt } from './send-time.ts';
import { goesOnUntil, leftBy, maySpeakForRow, rowOf } from './series-messages.ts';

type TextReplyMessage = Extract<OutboxMessage, { kind: 'text-reply' }>;
type LowScoreMessage = Extract<OutboxMessage, { kind: 'low-score' }>;

/** What became of an outbox message; `gone`: what it was about is no longer there. */
export type Delivery = Message['status'] | 'done' | 'deferred' | 'gone';

/** Empties the outbox: reads again what the message is about, and sends it through the door if it is still right. */
export const createDeliver = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'ofClient' | 'ofSeries'>;
  reviews: Pick<Reviews, 'find'>;
  texts: Pick<IncomingTexts, 'get'>;
  letters: Letters;
  door: Door;
  schedules: Schedules;
  now: Clock;
}) => {
  const { catalogue, appointments, reviews, texts, letters, door, schedules, now } = deps;

  const judge = (touchpoint: Touchpoint, appointment: Appointment, sequence: number, at: Instant) =>
    skipReason(touchpoint, appointment, sequence, at, () =>
      appointments.ofClient(appointment.clientId, othersSince(appointment, at)),
    );

  /**
   * The appointments that the message is about; the first speaks for the others. Where the one that it was planned for
   * has changed since, the next that the act has left like that: nobody's row goes untold. Else why it must not go.
   */
  const toldBy = async (
    touchpoint: Touchpoint,
    message: TouchpointMessage,
    appointment: Appointment,
    row: readonly Appointment[],
    at: Instant,
  ): Promise<[Appointment, ...Appointment[]] | SkipReason> => {
    const rest = leftBy(touchpoint, message, row).filter(({ id }) => id !== appointment.id);
    const reason = await judge(touchpoint, appointment, message.sequence, at);
    if (!reason) return [appointment, ...rest];
    for (const [index, other] of rest.entries()) {
      const byItself = { ...other, series: undefined, together: undefined };
      if (!(await judge(touchpoint, byItself, other.sequence, at))) return [other, ...rest.slice(index + 1)];
    }
    return reason;
  };

  const touchpointDue = async (message: TouchpointMessage): Promise<Delivery> => {
    const directory = await catalogue.recent();
    const appointment = await appointments.get(message.appointmentId);
    const touchpoint = directory.journey.find(({ id }) => id === message.touchpointId);
    if (!appointment || !touchpoint) return 'gone';
    const at = now();
    const { series } = appointment;
    const row =
      series && maySpeakForRow(touchpoint, appointment, message) ? await appointments.ofSeries(series.id) : [];
    const goesOn = goesOnUntil(touchpoint, message, row);
    if (goesOn !== undefined && goesOn > at) {
      await schedules.put(deferredName(message), goesOn, message);
      return 'deferred';
    }
    const told = await toldBy(touchpoint, message, appointment, row, at);
    if (typeof told === 'string') {
      await door.skip(await letters.touchpoint(directory, touchpoint, appointment, message), told);
      return 'skipped';
    }
    const [speaker] = told;
    const letter = await letters.touchpoint(directory, touchpoint, speaker, {
      ...message,
      row: rowOf(touchpoint, told),
    });
    const allowedAt = sendableAt(directory, touchpoint, speaker, at, message.resend);
    if (allowedAt === undefined || allowedAt < at) {
      await door.skip(letter, 'too_late');
      return 'skipped';
    }
    if (allowedAt > at) {
      await schedules.put(deferredName(message), allowedAt, message);
      return 'deferred';
    }
    return door.send(letter);
  };

  const lowScoreGiven = async ({ appointmentId, revision }: LowScoreMessage): Promise<Delivery> => {
    const [appointment, review] = await Promise.all([appointments.get(appointmentId), reviews.find(appointmentId)]);
    if (!appointment || !review) return 'gone';
    const letter = letters.lowScore(await catalogue.recent(), review, appointment, revision);
    if (lowest(review) <= lowScore) return door.send(letter);
    await door.skip(letter, 'superseded');
    return 'skipped';
  };

  const textReplyDue = async ({ textId }: TextReplyMessage): Promise<Delivery> => {
    const text = await texts.get(textId);
    const letter = text && letters.textReply(await catalogue.recent(), text);
    return letter ? door.send(letter) : 'gone';
  };

  return { touchpoint: touchpointDue, 'low-score': lowScoreGiven, 'text-reply': textReplyDue };
};

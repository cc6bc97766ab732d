import type { Appointment, Appointments } from '../booking/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clock } from '../platform/clock.ts';
import type { Reviews } from '../reviews/reviews.ts';
import { lowest, lowScore } from '../reviews/rules.ts';
import type { Door } from './door.ts';
import type { IncomingTexts } from './incoming-store.ts';
import type { Letters } from './letters.ts';
import type { OutboxMessage } from './outbox.ts';
import { deferredName } from './plan.ts';
import { outsideAll, quietClocks } from './quiet.ts';
import { othersSince, placeInRow, skipReason } from './relevance.ts';
import type { Schedules } from './schedules.ts';
import type { Message } from './store.ts';
import type { Row } from './values.ts';

type TouchpointMessage = Extract<OutboxMessage, { kind: 'touchpoint' }>;
type TextReplyMessage = Extract<OutboxMessage, { kind: 'text-reply' }>;
type LowScoreMessage = Extract<OutboxMessage, { kind: 'low-score' }>;

/** What became of an outbox message; `gone`: what it was about is no longer there. */
export type Delivery = Message['status'] | 'done' | 'deferred' | 'gone';

/** Empties the outbox: reads again what the message is about, and sends it through the door if it is still right. */
export const createDeliver = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'ofClient'>;
  reviews: Pick<Reviews, 'find'>;
  texts: Pick<IncomingTexts, 'get'>;
  letters: Letters;
  door: Door;
  schedules: Schedules;
  now: Clock;
}) => {
  const { catalogue, appointments, reviews, texts, letters, door, schedules, now } = deps;

  /** What the first of a row says of the others; those just booked may still be on their way into the table. */
  const rowOf = async (touchpoint: Touchpoint, appointment: Appointment): Promise<Row | undefined> => {
    const place = placeInRow(touchpoint, appointment);
    if (!place) return undefined;
    const { series, clientId, startsAt } = appointment;
    const { anchor: act } = touchpoint;
    if (act === 'move' || act === 'cancellation') return { act, ...place };
    const later = await appointments.ofClient(clientId, startsAt);
    const last = later.find((other) => other.series?.id === series?.id && other.series?.index === place.count - 1);
    return { act: 'booking', count: place.count, lastAt: last?.startsAt };
  };

  const touchpointDue = async (message: TouchpointMessage): Promise<Delivery> => {
    const directory = await catalogue.recent();
    const appointment = await appointments.get(message.appointmentId);
    const touchpoint = directory.journey.find(({ id }) => id === message.touchpointId);
    if (!appointment || !touchpoint) return 'gone';
    const at = now();
    const letter = await letters.touchpoint(directory, touchpoint, appointment, {
      ...message,
      row: await rowOf(touchpoint, appointment),
    });
    const others = () => appointments.ofClient(appointment.clientId, othersSince(appointment, at));
    const reason = await skipReason(touchpoint, appointment, message.sequence, at, others);
    if (reason) {
      await door.skip(letter, reason);
      return 'skipped';
    }
    const { contact, zone, startsAt } = appointment;
    // Who has it sent again wants it now; the law's hours hold all the same.
    const quiet = message.resend === undefined ? touchpoint.quiet : 'ignore';
    const clocks = quietClocks({
      touchpoint: { ...touchpoint, quiet },
      contact,
      zone,
      quietHours: directory.settings.quietHours,
    });
    const before = touchpoint.anchor === 'start' && at < startsAt ? startsAt : undefined;
    const allowedAt = outsideAll(at, clocks, before);
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

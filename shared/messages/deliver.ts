import type { Appointments } from '../booking/appointments.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clock } from '../platform/clock.ts';
import type { Reviews } from '../reviews/reviews.ts';
import { lowest, lowScore } from '../reviews/rules.ts';
import type { Door } from './door.ts';
import type { Letters } from './letters.ts';
import type { OutboxMessage } from './outbox.ts';
import { deferredName } from './plan.ts';
import { outsideQuiet } from './quiet.ts';
import { othersSince, skipReason } from './relevance.ts';
import type { Schedules } from './schedules.ts';
import type { Message } from './store.ts';

type TouchpointMessage = Extract<OutboxMessage, { kind: 'touchpoint' }>;
type LowScoreMessage = Extract<OutboxMessage, { kind: 'low-score' }>;

/** What became of an outbox message; `gone`: what it was about is no longer there. */
export type Delivery = Message['status'] | 'done' | 'deferred' | 'gone';

/** Empties the outbox: reads again what the message is about, and sends it through the door if it is still right. */
export const createDeliver = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'ofClient'>;
  reviews: Pick<Reviews, 'find'>;
  letters: Letters;
  door: Door;
  schedules: Schedules;
  now: Clock;
}) => {
  const { catalogue, appointments, reviews, letters, door, schedules, now } = deps;

  const touchpointDue = async (message: TouchpointMessage): Promise<Delivery> => {
    const directory = await catalogue.recent();
    const appointment = await appointments.get(message.appointmentId);
    const touchpoint = directory.journey.find(({ id }) => id === message.touchpointId);
    if (!appointment || !touchpoint) return 'gone';
    const letter = await letters.touchpoint(directory, touchpoint, appointment, message.sequence);
    const at = now();
    const others = () => appointments.ofClient(appointment.clientId, othersSince(appointment, at));
    const reason = await skipReason(touchpoint, appointment, message.sequence, at, others);
    if (reason) {
      await door.skip(letter, reason);
      return 'skipped';
    }
    if (touchpoint.quiet === 'respect') {
      const before = touchpoint.anchor === 'start' && at < appointment.startsAt ? appointment.startsAt : undefined;
      const allowedAt = outsideQuiet(at, directory.settings.quietHours, appointment.zone, before);
      if (allowedAt > at) {
        await schedules.put(deferredName(message), allowedAt, message);
        return 'deferred';
      }
      if (allowedAt < at) {
        await door.skip(letter, 'too_late');
        return 'skipped';
      }
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

  return { touchpoint: touchpointDue, 'low-score': lowScoreGiven };
};

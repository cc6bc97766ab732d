import type { Appointment } from '../../booking/appointments/appointments.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import { isImmediate, lateMarking, plannedFor } from './plan.ts';
import { sendTimeOf } from './send-time.ts';

/** Schedules are up to a minute late, and the queue takes its while: what fell due just before the quiet hours met them. */
const onItsWay = 2 * minute;

/** The end, still ahead, of the quiet hours that a message met which was ready at the instant. */
export const waitsUntil = (
  catalogueIndex: CatalogueIndex,
  touchpoint: Touchpoint,
  appointment: Appointment,
  at: Instant,
  now: Instant,
  resend?: number,
): Instant | undefined => {
  const until = sendTimeOf(catalogueIndex, touchpoint, appointment, at, resend);
  return until !== undefined && until > at && until > now ? until : undefined;
};

/**
 * Until when a touchpoint that has fallen due waits, if nothing has come of it: derived from the appointment, as delivery
 * leaves no trace but a schedule. `undefined`: it is not due yet, met no quiet hours, or their end has passed.
 */
export const deferredUntil = (
  catalogueIndex: CatalogueIndex,
  touchpoint: Touchpoint,
  appointment: Appointment,
  now: Instant,
): Instant | undefined => {
  const due = plannedFor(catalogueIndex, touchpoint, appointment);
  if (due === undefined) return undefined;
  // Ready with the act itself, so it has no schedule of its own: `due` is where the law's hours put it off to.
  if (due > now) return isImmediate(touchpoint) ? due : undefined;
  const completedAt = touchpoint.when.includes('completed') ? (appointment.completedAt ?? due) : due;
  if (due <= completedAt - lateMarking) return undefined;
  const readyAt = Math.max(due, completedAt);
  const wait = (at: Instant) => waitsUntil(catalogueIndex, touchpoint, appointment, at, now);
  return wait(readyAt) ?? wait(readyAt + onItsWay);
};

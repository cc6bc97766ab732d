import type { Appointment } from '../../booking/appointments/appointments.ts';
import { toldSequence } from '../../booking/appointments/promised.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Instant } from '../../platform/time/time.ts';
import { actOf } from './applies.ts';

const settlesNever: readonly string[] = ['client', 'system'];

/** Whether staff did what the client is to hear of. */
export const isActOfStaff = ({ act }: Pick<Appointment, 'act'>): boolean =>
  act !== undefined && !settlesNever.includes(act.by);

/** Instant from which the latest act of staff counts as meant; `undefined`: the act was a client's, or nobody's. */
const settledAt = (
  { settings }: Pick<CatalogueIndex, 'settings'>,
  appointment: Pick<Appointment, 'act'>,
): Instant | undefined =>
  appointment.act && isActOfStaff(appointment) ? appointment.act.at + settings.settleSeconds * 1000 : undefined;

/** Seconds for which a message about the latest act waits in the queue. */
export const settleDelay = (
  catalogueIndex: Pick<CatalogueIndex, 'settings'>,
  appointment: Pick<Appointment, 'act'>,
  now: Instant,
): number => Math.max(0, Math.ceil(((settledAt(catalogueIndex, appointment) ?? now) - now) / 1000));

/** By which clocks of functions and queue may differ. */
const clocksApart = 2_000;
/** Time in which the message about an act is on its way. */
const onItsWay = 10_000;

/**
 * Until when a message that has fallen due must wait: for what staff did to settle, where it is about that, and a moment
 * more where it is a reminder, so that it tells nothing that may be undone, and nothing before the message about the act.
 */
export const waitsToSettle = (
  catalogueIndex: Pick<CatalogueIndex, 'settings'>,
  touchpoint: Pick<Touchpoint, 'anchor'>,
  appointment: Pick<Appointment, 'act' | 'sequence'>,
  { sequence, resend }: { sequence: number; resend?: number | undefined },
): Instant | undefined => {
  const settled = settledAt(catalogueIndex, appointment);
  if (settled === undefined || resend !== undefined || sequence !== toldSequence(appointment)) return undefined;
  if (catalogueIndex.settings.settleSeconds === 0) return undefined;
  return actOf(touchpoint) === undefined ? settled + onItsWay : settled - clocksApart;
};

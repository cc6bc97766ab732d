import type { Appointment } from '../../booking/appointments/appointments.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { outsideAll, quietClocks } from '../../messages/quiet-hours.ts';
import type { Instant } from '../../platform/time/time.ts';

/**
 * Instant at which a message that is ready may go: at once, at the end of the quiet hours, or before the instant,
 * where their end would be too late to be of use. `undefined`: never. `resend`: its number where staff want it again.
 */
export const sendTimeOf = (
  { settings: { quietHours } }: CatalogueIndex,
  touchpoint: Touchpoint,
  { contact, zone, startsAt }: Pick<Appointment, 'contact' | 'zone' | 'startsAt'>,
  at: Instant,
  resend?: number,
): Instant | undefined => {
  // Staff who have it sent again want it now; the law's hours hold all the same.
  const quiet = resend === undefined ? touchpoint.quiet : 'ignore';
  const clocks = quietClocks({ touchpoint: { ...touchpoint, quiet }, contact, zone, quietHours });
  const before = touchpoint.anchor === 'start' && at < startsAt ? startsAt : undefined;
  return outsideAll(at, clocks, before);
};

import type { Settings } from '../business/catalogue.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Instant, minute } from '../platform/time/time.ts';
import type { Appointment } from './appointments/entity.ts';
import { bookingRefused } from './problems.ts';

/**
 * What a client who repeatedly did not come meets when booking online. Throws booking_refused.
 * `confirmBy` is never after the start of the visit.
 */
export const conditionsFor = (
  { noShows: rule }: Pick<Settings, 'noShows'>,
  noShows: number,
  now: Instant,
  startsAt: Instant,
  phone: string | undefined,
): Pick<Appointment, 'awaiting' | 'confirmBy'> => {
  if (rule.policy === 'none' || noShows < rule.after) return {};
  switch (rule.policy) {
    case 'client-confirms':
      return { confirmBy: Math.min(startsAt, now + rule.confirmWithinHours * 60 * minute) };
    case 'business-confirms':
      return { awaiting: 'business' };
    case 'refuse':
      throw new Problem(bookingRefused, {
        detail: phone ? `Please call us on ${phone}; we will gladly find a time for you.` : 'Please call us to book.',
      });
  }
};

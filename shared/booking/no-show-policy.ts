import type { Settings } from '../business/catalogue.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Instant, minute } from '../platform/time/time.ts';
import type { Appointment } from './appointments/entity.ts';
import type { Standing } from './open-limit.ts';
import { bookingRefused } from './problems.ts';

type Rule = Pick<Settings, 'noShows'>;

/**
 * Policy for a form that is sent with the address of a client who repeatedly did not come, or holds many appointments:
 * the client is asked to confirm by the link that we send. Nothing more, and nothing that shows, as anybody may have
 * sent it. `confirmBy` is never after the start of the visit.
 */
export const conditionsUnproven = (
  { noShows: rule }: Rule,
  { noShows, isMany }: Pick<Standing, 'noShows' | 'isMany'>,
  now: Instant,
  startsAt: Instant,
): Pick<Appointment, 'confirmBy'> =>
  !isMany && (rule.policy === 'none' || noShows < rule.after)
    ? {}
    : { confirmBy: Math.min(startsAt, now + rule.confirmWithinHours * 60 * minute) };

/**
 * Policy for a client who has pressed a link in a message, by the visits that were booked from that address and missed.
 * Throws booking_refused.
 */
export const conditionsProven = (
  { noShows: rule }: Rule,
  noShows: number,
  phone: string | undefined,
): Pick<Appointment, 'awaiting'> => {
  if (noShows < rule.after) return {};
  if (rule.policy === 'business-confirms') return { awaiting: 'business' };
  if (rule.policy !== 'refuse') return {};
  throw new Problem(bookingRefused, {
    detail: phone ? `Please call us on ${phone}; we will gladly find a time for you.` : 'Please call us to book.',
  });
};

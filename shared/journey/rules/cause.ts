import type { Appointment } from '../../booking/appointments/appointments.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import type { OutgoingMessage } from '../../messages/message.ts';
import { actOf } from './applies.ts';

/** As the audit calls whoever used a page. */
const byClient = (by: string | undefined): boolean => by === 'client';

/** Tells who brought a message of the appointment about, and whether whoever booked it did so on a page. */
export const causeOf = (
  touchpoint: Pick<Touchpoint, 'anchor'>,
  { bookedBy, cancelledBy, movedAt, linkMoves }: Appointment,
  resend?: number,
): Pick<OutgoingMessage, 'cause' | 'isOnline'> => {
  const isOnline = byClient(bookedBy);
  if (resend !== undefined) return { cause: 'business', isOnline };
  const pressed = {
    booking: isOnline,
    move: linkMoves !== undefined && linkMoves.at === movedAt,
    cancellation: byClient(cancelledBy),
  };
  const act = actOf(touchpoint);
  if (!act) return { cause: 'visit', isOnline };
  return { cause: pressed[act] ? 'client' : 'business', isOnline };
};

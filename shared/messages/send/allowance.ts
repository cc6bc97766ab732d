import type { Settings } from '../../business/catalogue.ts';
import type { OutgoingMessage } from '../message.ts';
import type { Allowance } from './budget.ts';

/**
 * Messages that staff or the business caused go in any case. The small budget is for bookings made online whose address is not
 * proven, reminders included; the other never holds back what is due around a visit.
 */
export const allowanceOf = (
  { cause, isOnline, key }: Pick<OutgoingMessage, 'cause' | 'isOnline'> & { key: { clientId: string } },
  provenFor: readonly string[],
  { perHour, perDay, unprovenPerHour, unprovenPerDay }: Settings['messageBudget'],
): Allowance => {
  if (cause === 'business') return { of: 'sends' };
  if (isOnline && !provenFor.includes(key.clientId))
    return { of: 'unproven', limits: { perHour: unprovenPerHour, perDay: unprovenPerDay } };
  return cause === 'visit' ? { of: 'sends' } : { of: 'sends', limits: { perHour, perDay } };
};

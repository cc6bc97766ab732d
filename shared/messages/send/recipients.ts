import type { Appointment } from '../../booking/appointments/appointments.ts';
import type { Touchpoint } from '../../business/catalogue.ts';
import { addressOf } from '../../clients/clients.ts';
import type { Channel } from '../../platform/fields.ts';
import type { Recipient } from './dispatch.ts';

/** The client's own preference first, where the touchpoint allows it. */
export const recipientsOf = (contact: Appointment['contact'], allowed: readonly Channel[]): Recipient[] => {
  const { preferredChannel } = contact;
  const order = [...allowed].sort((a, b) => Number(b === preferredChannel) - Number(a === preferredChannel));
  return order.flatMap((channel) => {
    const address = addressOf(contact, channel);
    return address ? [{ channel, address }] : [];
  });
};

/** Carries an unsubscribe link. */
export const isStoppable = ({ purpose, template }: Pick<Touchpoint, 'purpose' | 'template'>): boolean =>
  purpose === 'marketing' || template === 'review-request';

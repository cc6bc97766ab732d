import { addressOf, type Contact } from '../../clients/clients.ts';
import type { Channel } from '../../platform/fields.ts';
import type { Recipient } from '../message.ts';

/** Addresses of a contact by the allowed channels; the one that the contact prefers first. */
export const recipientsOf = (
  contact: Pick<Contact, 'phone' | 'email'> & { preferredChannel?: Channel | undefined },
  allowed: readonly Channel[],
): Recipient[] => {
  const { preferredChannel } = contact;
  const order = [...allowed].sort((a, b) => Number(b === preferredChannel) - Number(a === preferredChannel));
  return order.flatMap((channel) => {
    const address = addressOf(contact, channel);
    return address ? [{ channel, address }] : [];
  });
};

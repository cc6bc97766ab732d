import type * as z from 'zod';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { addressOf, type Contact } from '../clients/clients.ts';
import { getsTexts } from '../clients/contact.ts';
import { type AddressStatus, isSuppressed } from '../messages/send/addresses.ts';
import { recipientsOf } from '../messages/send/recipients.ts';
import { stopToken } from '../messages/stop-link.ts';
import type { Channel } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { Appointment } from './appointments/entity.ts';
import { needsApproval, type sentAddress } from './contract.ts';

/** Subject of a link that was sent. `proven`: channel by which it was pressed before. */
interface Subject {
  id: string;
  clientId: string;
  contact: Pick<Contact, 'phone' | 'email'>;
  proven?: Channel | undefined;
}

/** Describes the address to which a link was sent by the channel: for its reader alone. */
export const createSentAddress =
  (deps: { addresses: { statusOf(address: string): Promise<AddressStatus> }; tokens: Tokens; now: Clock }) =>
  async ({ id, clientId, contact, proven }: Subject, channel: Channel): Promise<z.input<typeof sentAddress>> => {
    const status = await deps.addresses.statusOf(addressOf(contact, channel) ?? '');
    return {
      channel,
      state: proven === channel || status.provenFor.includes(clientId) ? 'proven' : 'given',
      stopped: isSuppressed(status),
      subscription: await stopToken(deps.tokens, channel, id, deps.now()),
    };
  };

/** An address as its owner knows it again and nobody else learns it: `n…@example.com`, `…0177`. */
const shortened = (address: string): string =>
  address.includes('@') ? address.replace(/^(.).*(?=@)/u, '$1…') : `…${address.slice(-4)}`;

/**
 * Address to which the confirmation of a booking goes, whether or not it still wants messages: that is nobody's business
 * who books with it. Undefined where the journey has none, or the business has yet to approve.
 */
export const confirmationTo = async (
  { journey, settings }: Pick<CatalogueIndex, 'journey' | 'settings'>,
  { contact, status, awaiting }: Pick<Appointment, 'contact' | 'status' | 'awaiting'>,
): Promise<{ channel: Channel; address: string } | undefined> => {
  const touchpoint = journey.find(({ anchor, purpose }) => anchor === 'booking' && purpose === 'service');
  if (!touchpoint || needsApproval({ status, awaiting })) return undefined;
  for (const { channel, address } of recipientsOf(contact, touchpoint.channels))
    if (channel === 'email' || (await getsTexts(address, settings))) return { channel, address: shortened(address) };
  return undefined;
};

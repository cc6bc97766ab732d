import type * as z from 'zod';
import { addressOf, type Contact } from '../clients/clients.ts';
import { type AddressStatus, isSuppressed } from '../messages/send/addresses.ts';
import { stopToken } from '../messages/stop-link.ts';
import type { Channel } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { sentAddress } from './contract.ts';

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

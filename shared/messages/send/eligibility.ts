import type { Clients } from '../../clients/clients.ts';
import type { SkipReason } from '../contract.ts';
import type { OutgoingMessage, Recipient } from '../message.ts';
import { type AddressStatus, isSuppressed } from './addresses.ts';
import type { MessageStore } from './store.ts';

type Consent = Awaited<ReturnType<Clients['consentOf']>>;
type Kind = Pick<OutgoingMessage, 'purpose' | 'stoppable'>;

const asksConsent = ({ purpose, stoppable }: Kind): boolean => purpose === 'marketing' || stoppable;

/**
 * Why such a message must not go to an address; undefined where it may. Of the client's word and that of whoever reads
 * what is sent to the address, the later counts.
 */
export const refusalOf = (kind: Kind, status: AddressStatus, consent: Consent): SkipReason | undefined => {
  if (asksConsent(kind)) {
    const outranked = status.refusedAt !== undefined && status.refusedAt >= (consent?.at ?? 0);
    const said = outranked ? 'refused' : consent?.said;
    if (kind.purpose === 'marketing' ? said !== 'given' : said === 'refused') return 'no_consent';
  }
  return isSuppressed(status) ? 'suppressed' : undefined;
};

/** Does what `refusalOf` does, with what is on record. */
export const createEligibility =
  (deps: { store: Pick<MessageStore, 'statusOf'>; clients: Pick<Clients, 'consentOf'> }) =>
  async (
    message: Pick<OutgoingMessage, 'purpose' | 'stoppable' | 'despiteStop'> & { key: { clientId: string } },
    { channel, address }: Recipient,
  ): Promise<SkipReason | undefined> => {
    if (message.despiteStop) return undefined;
    const [status, consent] = await Promise.all([
      deps.store.statusOf(address),
      asksConsent(message) ? deps.clients.consentOf(message.key.clientId, channel, address) : undefined,
    ]);
    return refusalOf(message, status, consent);
  };

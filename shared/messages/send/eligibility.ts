import type { CatalogueReader } from '../../business/reader.ts';
import type { Clients } from '../../clients/clients.ts';
import { getsTexts } from '../../clients/contact.ts';
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

/** Does what `refusalOf` does, with what is on record; answers that, too. */
export const createEligibility =
  (deps: {
    store: Pick<MessageStore, 'statusOf'>;
    clients: Pick<Clients, 'consentOf'>;
    catalogue: Pick<CatalogueReader, 'recent'>;
  }) =>
  async (
    message: Pick<OutgoingMessage, 'purpose' | 'stoppable' | 'despiteStop'> & { key: { clientId: string } },
    { channel, address }: Recipient,
  ): Promise<{ refusal: SkipReason | undefined; status: AddressStatus }> => {
    const [{ settings }, status, consent] = await Promise.all([
      deps.catalogue.recent(),
      deps.store.statusOf(address),
      asksConsent(message) ? deps.clients.consentOf(message.key.clientId, channel, address) : undefined,
    ]);
    if (channel === 'sms' && !(await getsTexts(address, settings))) return { refusal: 'sms_country', status };
    return { refusal: message.despiteStop ? undefined : refusalOf(message, status, consent), status };
  };

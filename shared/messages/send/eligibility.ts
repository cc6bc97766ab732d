import type { Clients } from '../../clients/clients.ts';
import type { SkipReason } from '../../journey/applies.ts';
import { type AddressStanding, isSuppressed } from './addresses.ts';
import type { Letter, Recipient } from './dispatch.ts';
import type { MessageStore } from './store.ts';

type Consent = Awaited<ReturnType<Clients['consentOf']>>;
type Kind = Pick<Letter, 'purpose' | 'stoppable'>;

const asksConsent = ({ purpose, stoppable }: Kind): boolean => purpose === 'marketing' || stoppable;

/**
 * Why such a message must not go to an address; undefined where it may. Of the client's word and that of whoever reads
 * what is sent to the address, the later counts.
 */
export const refusalOf = (kind: Kind, standing: AddressStanding, consent: Consent): SkipReason | undefined => {
  if (asksConsent(kind)) {
    const outranked = standing.refusedAt !== undefined && standing.refusedAt >= (consent?.at ?? 0);
    const said = outranked ? 'refused' : consent?.said;
    if (kind.purpose === 'marketing' ? said !== 'given' : said === 'refused') return 'no_consent';
  }
  return isSuppressed(standing) ? 'suppressed' : undefined;
};

/** As `refusalOf`, with what is on record. */
export const createWelcome =
  (deps: { store: Pick<MessageStore, 'standing'>; clients: Pick<Clients, 'consentOf'> }) =>
  async (
    letter: Pick<Letter, 'purpose' | 'stoppable' | 'despiteStop'> & { key: { clientId: string } },
    { channel, address }: Recipient,
  ): Promise<SkipReason | undefined> => {
    if (letter.despiteStop) return undefined;
    const [standing, consent] = await Promise.all([
      deps.store.standing(address),
      asksConsent(letter) ? deps.clients.consentOf(letter.key.clientId, channel, address) : undefined,
    ]);
    return refusalOf(letter, standing, consent);
  };

import type { CatalogueReader } from '../business/reader.ts';
import { createPressed } from '../clients/addresses/pressed.ts';
import { addressOf, type Clients, type Contact } from '../clients/clients.ts';
import type { Channel, Language } from '../platform/fields.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { MessageStore } from './message.ts';
import { notResumable } from './problems.ts';
import { type AddressStatus, isListedByProvider, isSuppressed } from './send/addresses.ts';
import { refusalOf } from './send/eligibility.ts';
import { behindStopLink } from './stop-link.ts';

/** Whoever was written to. */
interface Addressee {
  clientId: string;
  contact: Pick<Contact, 'phone' | 'email'> & { language: Language };
}

export interface SubscriptionDeps {
  store: Pick<MessageStore, 'statusOf' | 'refuse' | 'suppress' | 'lift'>;
  /** Whom a message was about that has the link, by the link's subject; `undefined`: nobody knows any more. */
  addresseeOf(subject: string): Promise<Addressee | undefined>;
  catalogue: Pick<CatalogueReader, 'recent'>;
  clients: Pick<Clients, 'consentOf' | 'recordConsent' | 'get' | 'isProven' | 'prove'>;
  tokens: Tokens;
  now: Clock;
}

/** Whoever reads what is sent to the address can take back what was said there, or to staff. */
const canLift = ({ suppression }: AddressStatus): boolean => !isListedByProvider(suppression?.reason ?? '');

/** Shows and stops what the address behind an unsubscribe link gets. Everything throws link_invalid, link_expired. */
export const createSubscription = (deps: SubscriptionDeps) => {
  const { store, addresseeOf, catalogue, clients, tokens, now } = deps;
  const pressed = createPressed(deps);

  /** The address behind an unsubscribe link, and whose it is. */
  const behind = async (token: string) => {
    const { subject, channel } = await behindStopLink(tokens, token);
    const addressee = await addresseeOf(subject);
    const address = addressee && addressOf(addressee.contact, channel);
    if (!addressee || !address) throw new Problem('link_invalid');
    return { channel, address, addressee };
  };

  return {
    async view(token: string): Promise<{
      channel: Channel;
      language: Language;
      business: string;
      marketing: boolean;
      reviews: boolean;
      all: boolean;
      resumable: boolean;
    }> {
      const { channel, address, addressee } = await behind(token);
      const { clientId, contact } = addressee;
      const [{ settings }, status, consent] = await Promise.all([
        catalogue.recent(),
        store.statusOf(address),
        clients.consentOf(clientId, channel, address),
      ]);
      const goes = (purpose: 'service' | 'marketing', stoppable: boolean): boolean =>
        refusalOf({ purpose, stoppable }, status, consent) === undefined;
      return {
        channel,
        language: contact.language,
        business: settings.name,
        marketing: goes('marketing', true),
        reviews: goes('service', true),
        all: goes('service', false),
        resumable: isSuppressed(status) && canLift(status),
      };
    },

    /**
     * Messages about visits go again, to the address behind the link alone, which proves it. Stopping proves nothing:
     * that is what somebody does who was written to by mistake. Throws not_resumable.
     */
    async resume(token: string): Promise<void> {
      const { channel, address, addressee } = await behind(token);
      // A report that comes meanwhile is later than this, and holds.
      const at = now();
      const status = await store.statusOf(address);
      if (!isSuppressed(status)) return;
      if (!canLift(status)) throw new Problem(notResumable);
      await store.lift(address, 'link', at);
      await pressed(addressee, channel);
    },

    /** `how` stands in the record of the consent. */
    async stop(token: string, scope: 'marketing' | 'all', how: string): Promise<void> {
      const { channel, address, addressee } = await behind(token);
      const { clientId } = addressee;
      const at = now();
      await clients.recordConsent({ clientId, channel, address, granted: false, at, how, words: scope });
      await store.refuse(address, how, at);
      if (scope === 'all') await store.suppress(address, { reason: 'unsubscribed', at });
    },
  };
};

import type { Appointments } from '../booking/appointments.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { addressOf, type Clients } from '../clients/clients.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems.ts';
import { type Binding, bind } from '../platform/server.ts';
import { isoUtc } from '../platform/time.ts';
import type { Tokens } from '../platform/tokens.ts';
import { getSubscription, listMessages, unsubscribe, unsubscribeOneClick } from './contract.ts';
import { type MessageStore, messagesPrefix } from './store.ts';

const encodeCursor = (sk: string): string => Buffer.from(sk).toString('base64url');
/** Throws invalid_request for a cursor of another list, which DynamoDB would not take. */
const decodeCursor = (cursor: string, prefix: string): string => {
  const sk = Buffer.from(cursor, 'base64url').toString();
  if (!sk.startsWith(prefix)) {
    throw new Problem('invalid_request', { errors: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
  }
  return sk;
};

export const messageBindings = (deps: {
  store: MessageStore;
  appointments: Pick<Appointments, 'get'>;
  catalogue: CatalogueReader;
  clients: Clients;
  tokens: Tokens;
  now: Clock;
}): Binding[] => {
  const { store, appointments, catalogue, clients, tokens, now } = deps;

  /** The address behind an unsubscribe link, and whose it is. */
  const behind = async (token: string) => {
    const { subject, purpose } = await tokens.verify(token, 'stop-email', 'stop-sms');
    const appointment = await appointments.get(subject);
    const channel = purpose === 'stop-email' ? ('email' as const) : ('sms' as const);
    const address = appointment && addressOf(appointment.contact, channel);
    if (!appointment || !address) throw new Problem('link_invalid');
    return { channel, address, clientId: appointment.clientId, language: appointment.contact.language };
  };

  const stateOf = async (token: string) => {
    const { channel, address, clientId, language } = await behind(token);
    const [{ settings }, consent, suppressed] = await Promise.all([
      catalogue.recent(),
      clients.consentOf(clientId, channel, address),
      store.isSuppressed(address),
    ]);
    return {
      channel,
      language,
      business: settings.name,
      marketing: consent === 'given' && !suppressed,
      reviews: consent !== 'refused' && !suppressed,
      all: !suppressed,
    };
  };

  const stop = async (token: string, scope: 'marketing' | 'all', how: string): Promise<void> => {
    const { channel, address, clientId } = await behind(token);
    await clients.recordConsent({ clientId, channel, address, granted: false, at: now(), how, words: scope });
    if (scope === 'all') await store.suppress(address, 'unsubscribed', now());
  };

  return [
    bind(listMessages, async ({ params, query: { appointmentId, limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, messagesPrefix(appointmentId));
      const { messages, last } = await store.ofClient(params.clientId, { appointmentId, limit, after });
      return {
        messages: messages.map(({ at, ...message }) => ({ ...message, at: isoUtc(at) })),
        ...(last ? { cursor: encodeCursor(last) } : {}),
      };
    }),
    bind(getSubscription, ({ params }) => stateOf(params.token)),
    bind(unsubscribe, async ({ params, body }) => {
      await stop(params.token, body.scope, 'unsubscribe page');
      return stateOf(params.token);
    }),
    bind(unsubscribeOneClick, async ({ params }) => {
      await stop(params.token, 'marketing', 'one-click');
      return 'You have been unsubscribed.';
    }),
  ];
};

import type { Appointments } from '../booking/appointments/appointments.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { addressOf, type Clients } from '../clients/clients.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { getSubscription, listMessages, unsubscribe, unsubscribeOneClick } from './contract.ts';
import { refusalOf } from './send/eligibility.ts';
import type { Message, MessageStore } from './send/store.ts';
import { messageTag } from './send/tags.ts';

/** The newest first; what fell into one millisecond by name. */
const placeOf = (message: Message): string =>
  `${new Date(message.since ?? message.at).toISOString()} ${messageTag(message)}`;

const encodeCursor = (place: string): string => Buffer.from(place).toString('base64url');
/** Throws invalid_request for what is not a place in this list. */
const decodeCursor = (cursor: string, messages: readonly Message[]): string => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (messages.some((message) => placeOf(message) === place)) return place;
  throw new Problem('invalid_request', { errors: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
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
    const [{ settings }, standing, consent] = await Promise.all([
      catalogue.recent(),
      store.standing(address),
      clients.consentOf(clientId, channel, address),
    ]);
    const goes = (purpose: 'service' | 'marketing', stoppable: boolean): boolean =>
      refusalOf({ purpose, stoppable }, standing, consent) === undefined;
    return {
      channel,
      language,
      business: settings.name,
      marketing: goes('marketing', true),
      reviews: goes('service', true),
      all: goes('service', false),
    };
  };

  const stop = async (token: string, scope: 'marketing' | 'all', how: string): Promise<void> => {
    const { channel, address, clientId } = await behind(token);
    const at = now();
    await clients.recordConsent({ clientId, channel, address, granted: false, at, how, words: scope });
    await store.refuse(address, how, at);
    if (scope === 'all') await store.suppress(address, { reason: 'unsubscribed', at });
  };

  return [
    bind(listMessages, async ({ params, query: { appointmentId, limit, cursor } }) => {
      const all = await store.ofClient(params.clientId, appointmentId);
      const after = cursor === undefined ? undefined : decodeCursor(cursor, all);
      const newestFirst = all.toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
      const rest = after === undefined ? newestFirst : newestFirst.filter((message) => placeOf(message) < after);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      return {
        messages: page.map(({ at, ...message }) => ({ ...message, at: isoUtc(at) })),
        ...(last && rest.length > limit ? { cursor: encodeCursor(placeOf(last)) } : {}),
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

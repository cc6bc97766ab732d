import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { addressOf, type Clients } from '../../clients/clients.ts';
import type { OutgoingMessage } from '../../messages/message.ts';
import type { Compose } from '../../messages/outgoing.ts';
import { quietWindow } from '../../messages/quiet-hours.ts';
import { recipientsOf } from '../../messages/send/recipients.ts';
import { joinedValues, offerValues, venueOf } from '../../messages/templates/values.ts';
import { type Channel, channels } from '../../platform/fields.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import { isByStaff } from '../rules.ts';
import type { Offer, Waiting } from '../store.ts';
import { waitingToken } from '../view.ts';

/** Makes the messages to those who wait. */
export const createWaitingMessages = (deps: {
  tokens: Tokens;
  publicUrl: string;
  clients: Pick<Clients, 'isProven'>;
  now: Clock;
  compose: Compose;
}) => {
  const { tokens, publicUrl, clients, now, compose } = deps;

  const linksOf = async (waiting: Waiting): Promise<Record<Channel, string>> => {
    const link = async (channel: Channel) => `${publicUrl}/w/${await waitingToken(tokens, waiting, channel)}`;
    return { email: await link('email'), sms: await link('sms') };
  };

  const namesOf = (catalogueIndex: CatalogueIndex, { services, contact }: Waiting): string[] =>
    services.map((id) => {
      const service = catalogueIndex.service(id);
      return service ? catalogueIndex.text(service.name, contact.language) : id;
    });

  /** Channels of addresses that are known to be the client's own; all where staff put the client on the list. */
  const provenChannels = async ({ clientId, contact, proven }: Waiting): Promise<Channel[]> => {
    if (proven === undefined) return [...channels];
    const isProven = async (channel: Channel): Promise<boolean> => {
      const address = addressOf(contact, channel);
      return channel === proven || (address !== undefined && (await clients.isProven(clientId, address)));
    };
    const states = await Promise.all(channels.map(isProven));
    return channels.filter((_, index) => states[index]);
  };

  return {
    /**
     * Tells of the place on the list, and asks for the proof where it is needed; where an address was proven before, it
     * goes there alone: the other may be of whoever typed in a client's phone.
     */
    async joined(catalogueIndex: CatalogueIndex, waiting: Waiting): Promise<OutgoingMessage> {
      const { id, clientId, contact, from, to, ranking } = waiting;
      const { language, firstName } = contact;
      const [links, allowed] = await Promise.all([linksOf(waiting), provenChannels(waiting)]);
      return compose(catalogueIndex, {
        key: { clientId, appointmentId: id, touchpoint: 'waiting-joined', occurrence: 0 },
        template: 'waiting-joined',
        language,
        purpose: 'service',
        cause: isByStaff(waiting) ? 'business' : 'client',
        isOnline: !isByStaff(waiting),
        recipients: recipientsOf(contact, allowed),
        values: (channel) =>
          joinedValues({
            ...venueOf(catalogueIndex, waiting),
            ...{ language, firstName, from, to, now: now() },
            services: namesOf(catalogueIndex, waiting),
            waitingLink: links[channel],
            isUnproven: ranking !== 'ranks',
          }),
      });
    },

    /** Tells that a released time is kept, to whom it is known to reach; in the location's quiet hours by mail alone. */
    async offered(catalogueIndex: CatalogueIndex, waiting: Waiting, offer: Offer): Promise<OutgoingMessage> {
      const { clientId, contact } = waiting;
      const { language, firstName } = contact;
      const [links, proven] = await Promise.all([linksOf(waiting), provenChannels(waiting)]);
      const { location } = venueOf(catalogueIndex, waiting);
      const isQuiet = quietWindow(now(), catalogueIndex.settings.quietHours, location.zone) !== undefined;
      const allowed = isQuiet ? proven.filter((channel) => channel === 'email') : proven;
      return compose(catalogueIndex, {
        key: { clientId, appointmentId: offer.id, touchpoint: 'waiting-offer', occurrence: 0 },
        template: 'waiting-offer',
        language,
        purpose: 'service',
        cause: 'client',
        isOnline: !isByStaff(waiting),
        recipients: recipientsOf(contact, allowed),
        values: (channel) =>
          offerValues({
            ...venueOf(catalogueIndex, waiting),
            ...{ language, firstName, startsAt: offer.startsAt, now: now() },
            services: namesOf(catalogueIndex, waiting).map((name, index) => {
              const staffId = offer.staff[index] ?? '';
              return { name, staffName: catalogueIndex.person(staffId)?.name ?? staffId };
            }),
            offerLink: links[channel],
            until: offer.expiresAt,
          }),
      });
    },
  };
};
export type WaitingMessages = ReturnType<typeof createWaitingMessages>;

import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { OutgoingMessage } from '../../messages/message.ts';
import type { Compose } from '../../messages/outgoing.ts';
import { recipientsOf } from '../../messages/send/recipients.ts';
import { offerValues, venueOf } from '../../messages/templates/values.ts';
import { channels } from '../../platform/fields.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import type { Offer, Waiting } from '../store.ts';
import { waitingToken } from '../view.ts';

/** Makes the message by which somebody who waits hears that a released time is kept for them. */
export const createOfferMessage = (deps: { tokens: Tokens; publicUrl: string; now: Clock; compose: Compose }) => {
  const { tokens, publicUrl, now, compose } = deps;
  return async (catalogueIndex: CatalogueIndex, waiting: Waiting, offer: Offer): Promise<OutgoingMessage> => {
    const { clientId, contact } = waiting;
    const { language } = contact;
    const offerLink = `${publicUrl}/w/${await waitingToken(tokens, waiting)}`;
    return compose(catalogueIndex, {
      key: { clientId, appointmentId: offer.id, touchpoint: 'waiting-offer', occurrence: 0 },
      template: 'waiting-offer',
      language,
      purpose: 'service',
      recipients: recipientsOf(contact, channels),
      values: () =>
        offerValues({
          ...venueOf(catalogueIndex, waiting),
          language,
          firstName: contact.firstName,
          startsAt: offer.startsAt,
          now: now(),
          services: waiting.services.map((id, index) => {
            const service = catalogueIndex.service(id);
            const staffId = offer.staff[index] ?? '';
            return {
              name: service ? catalogueIndex.text(service.name, language) : id,
              staffName: catalogueIndex.person(staffId)?.name ?? staffId,
            };
          }),
          offerLink,
          until: offer.expiresAt,
        }),
    });
  };
};
export type OfferMessageOf = ReturnType<typeof createOfferMessage>;

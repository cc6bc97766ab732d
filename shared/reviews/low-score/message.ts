import type { Appointment } from '../../booking/appointments/appointments.ts';
import { servicesOf } from '../../booking/appointments/view.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { normaliseEmail } from '../../clients/contact.ts';
import type { OutgoingMessage } from '../../messages/message.ts';
import type { Compose } from '../../messages/outgoing.ts';
import { lowScoreValues, venueOf } from '../../messages/templates/values.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { lowest, type Review } from '../rules.ts';

/** Makes the message by which the manager of the location hears of a low score, in the manager's language. */
export const createLowScoreMessage =
  ({ compose, now }: { compose: Compose; now: Clock }) =>
  (catalogueIndex: CatalogueIndex, review: Review, appointment: Appointment, occurrence: number): OutgoingMessage => {
    const { id, clientId, contact, startsAt, locationId } = appointment;
    const manager = catalogueIndex.location(locationId)?.manager;
    const language = manager?.language ?? 'en';
    return compose(catalogueIndex, {
      key: { clientId, appointmentId: id, touchpoint: 'low-score', occurrence },
      template: 'low-score',
      language,
      purpose: 'service',
      cause: 'business',
      recipients: manager ? [{ channel: 'email', address: normaliseEmail(manager.email) }] : [],
      values: () =>
        lowScoreValues({
          ...venueOf(catalogueIndex, appointment),
          language,
          clientName: [contact.firstName, contact.lastName].filter(Boolean).join(' '),
          clientPhone: contact.phone,
          clientEmail: contact.email,
          startsAt,
          now: now(),
          services: servicesOf(catalogueIndex, appointment, language).map(({ name, staff }) => ({
            name,
            staffName: staff.name,
          })),
          score: lowest(review),
          words: review.words,
        }),
    });
  };
export type LowScoreMessageOf = ReturnType<typeof createLowScoreMessage>;

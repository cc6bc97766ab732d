import type { Appointment } from '../booking/appointments.ts';
import { calendarOf } from '../booking/calendar-of.ts';
import { manageToken, servicesOf } from '../booking/view.ts';
import type { Location, Touchpoint } from '../business/catalogue.ts';
import type { Directory } from '../business/directory.ts';
import { addressOf } from '../clients/clients.ts';
import { normaliseEmail } from '../clients/email.ts';
import type { Clock } from '../platform/clock.ts';
import type { Channel } from '../platform/fields.ts';
import { day } from '../platform/time.ts';
import type { Tokens } from '../platform/tokens.ts';
import { lowest, type Review } from '../reviews/rules.ts';
import { reviewToken } from '../reviews/token.ts';
import type { Letter, Recipient } from './door.ts';
import { composeMail, type Mail } from './mail.ts';
import { renderEmail, renderSms } from './render.ts';
import { standardTemplate } from './templates/index.ts';
import { lowScoreValues, visitValues } from './values.ts';

/** Laws want an unsubscribe link to work for at least 30 days (CAN-SPAM); a year costs nothing. */
const stopLinkLife = 365 * day;

/** The client's own preference first, where the touchpoint allows it. */
export const recipientsOf = (contact: Appointment['contact'], allowed: readonly Channel[]): Recipient[] => {
  const { preferredChannel } = contact;
  const order = [...allowed].sort((a, b) => Number(b === preferredChannel) - Number(a === preferredChannel));
  return order.flatMap((channel) => {
    const address = addressOf(contact, channel);
    return address ? [{ channel, address }] : [];
  });
};

const namesOf = (directory: Directory, appointment: Appointment, language: Appointment['contact']['language']) =>
  servicesOf(directory, appointment, language).map(({ name, staff }) => ({ name, staffName: staff.name }));

export const createLetters = (deps: { tokens: Tokens; publicUrl: string; senderAddress: string; now: Clock }) => {
  const { tokens, publicUrl, senderAddress, now } = deps;

  const linksFor = async (appointment: Appointment, location: Location | undefined) => {
    const stop = async (purpose: 'stop-email' | 'stop-sms') =>
      `${publicUrl}/u/${await tokens.sign(purpose, appointment.id, now() + stopLinkLife)}`;
    return {
      manage: `${publicUrl}/a/${await manageToken(tokens, appointment)}`,
      review: `${publicUrl}/r/${await reviewToken(tokens, appointment)}`,
      publicReview: location?.publicReviewUrl,
      book: `${publicUrl}/book`,
      stop: { email: await stop('stop-email'), sms: await stop('stop-sms') },
    };
  };

  const post = (directory: Directory, mail: Pick<Mail, 'to' | 'subject' | 'text' | 'html' | 'id'> & Partial<Mail>) =>
    composeMail({ from: { name: directory.settings.name, address: senderAddress }, date: now(), ...mail });

  return {
    /** What a touchpoint says to the client of an appointment. */
    async touchpoint(
      directory: Directory,
      touchpoint: Touchpoint,
      appointment: Appointment,
      sequence: number,
    ): Promise<Letter> {
      const { id, clientId, contact } = appointment;
      const { language } = contact;
      const location = directory.location(appointment.locationId);
      const links = await linksFor(appointment, location);
      const template = standardTemplate(touchpoint.template, language);
      const values = (channel: Channel) =>
        visitValues({
          language,
          firstName: contact.firstName,
          business: directory.settings.name,
          country: directory.settings.country,
          location: {
            name: location?.name ?? appointment.locationId,
            address: location?.address ?? appointment.locationId,
            phone: location?.phone,
            zone: appointment.zone,
          },
          startsAt: appointment.startsAt,
          now: now(),
          services: namesOf(directory, appointment, language),
          links: { ...links, unsubscribe: links.stop[channel] },
        });
      const withCalendar = ['confirmation', 'moved', 'cancelled'].includes(touchpoint.template);
      const stoppable = touchpoint.purpose === 'marketing' || touchpoint.template === 'review-request';
      return {
        key: { clientId, appointmentId: id, touchpoint: touchpoint.id, occurrence: sequence },
        template: touchpoint.template,
        purpose: touchpoint.purpose,
        stoppable,
        recipients: recipientsOf(contact, touchpoint.channels),
        mail: (to) =>
          post(directory, {
            to,
            ...renderEmail(template, values('email'), language),
            id: `${id}.${touchpoint.id}.${sequence}`,
            ...(stoppable ? { unsubscribeUrl: links.stop.email } : {}),
            ...(withCalendar ? { calendar: calendarOf(directory, appointment, links.manage) } : {}),
          }),
        text: () => renderSms(template, values('sms')),
      };
    },

    /** What the manager of the location hears of a low score. */
    lowScore(directory: Directory, review: Review, appointment: Appointment, revision: number): Letter {
      const location = directory.location(appointment.locationId);
      const language = location?.manager.language ?? 'en';
      const template = standardTemplate('low-score', language);
      const values = () =>
        lowScoreValues({
          language,
          clientName: [appointment.contact.firstName, appointment.contact.lastName].filter(Boolean).join(' '),
          business: directory.settings.name,
          country: directory.settings.country,
          location: { name: location?.name ?? appointment.locationId, zone: appointment.zone },
          startsAt: appointment.startsAt,
          now: now(),
          services: namesOf(directory, appointment, language),
          score: lowest(review),
          words: review.words,
        });
      const { id, clientId } = appointment;
      return {
        key: { clientId, appointmentId: id, touchpoint: 'low-score', occurrence: revision },
        template: 'low-score',
        purpose: 'service',
        stoppable: false,
        recipients: location ? [{ channel: 'email', address: normaliseEmail(location.manager.email) }] : [],
        mail: (to) =>
          post(directory, { to, ...renderEmail(template, values(), language), id: `${id}.low-score.${revision}` }),
        text: () => renderSms(template, values()),
      };
    },
  };
};
export type Letters = ReturnType<typeof createLetters>;

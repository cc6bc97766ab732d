import type { Appointment } from '../booking/appointments/appointments.ts';
import { manageToken, servicesOf } from '../booking/appointments/view.ts';
import { calendarOf } from '../booking/calendar-of.ts';
import type { Location, Touchpoint } from '../business/catalogue.ts';
import type { Directory } from '../business/directory.ts';
import { normaliseEmail } from '../clients/email.ts';
import { addressHash } from '../clients/keys.ts';
import { type Channel, channels } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import { day, type Instant, isoUtc } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { lowest, type Review } from '../reviews/rules.ts';
import { reviewToken } from '../reviews/token.ts';
import { AddressFault, composeMail, type Mail } from './compose/mail.ts';
import { smsText } from './compose/sms-parts.ts';
import { type IncomingText, idFrom } from './receive/incoming-store.ts';
import { replies } from './receive/replies.ts';
import type { Letter } from './send/dispatch.ts';
import { isStoppable, recipientsOf } from './send/recipients.ts';
import { messageTag } from './send/tags.ts';
import { renderEmail, renderSms } from './templates/render.ts';
import { createTemplatesInForce, type TemplatesInForce } from './templates/resolve.ts';
import { lowScoreValues, offerValues, type Row, visitValues } from './templates/values.ts';

/** Laws want an unsubscribe link to work for at least 30 days (CAN-SPAM); a year costs nothing. */
const stopLinkLife = 365 * day;

const namesOf = (directory: Directory, appointment: Appointment, language: Appointment['contact']['language']) =>
  servicesOf(directory, appointment, language).map(({ name, staff }) => ({ name, staffName: staff.name }));

/** Which message of an appointment it is, and what only its own moment tells. */
export interface Occasion {
  /** Under which it is recorded: another of a row may have to speak in its place. */
  appointmentId: string;
  /** Of the appointment. */
  sequence: number;
  /** Staff want it sent again; 1 the first time. */
  resend?: number | undefined;
  /** Who among staff wants that. */
  by?: string | undefined;
  /** Of repeating appointments, for all of which this message speaks. */
  row?: Row | undefined;
}

/** A freed time that is kept for somebody who waits. */
export interface Offer {
  /** 16 characters; one offer is told once. */
  id: string;
  clientId: string;
  contact: Appointment['contact'];
  locationId: string;
  /** IANA zone of the location. */
  zone: string;
  startsAt: Instant;
  services: readonly { id: string; staffId: string }[];
  /** Where the client takes it: absolute. */
  link: string;
  /** It is kept until then. */
  until: Instant;
}

const replyTo = { stop: 'text-stopped', start: 'text-resumed', help: 'text-help' } as const;

export const createLetters = (deps: {
  tokens: Tokens;
  publicUrl: string;
  senderAddress: string;
  now: Clock;
  templates?: TemplatesInForce;
}) => {
  const { tokens, publicUrl, senderAddress, now, templates = createTemplatesInForce() } = deps;

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
      { appointmentId, sequence, resend, by, row }: Occasion,
    ): Promise<Letter> {
      const { clientId, contact, confirmBy } = appointment;
      const { language } = contact;
      const location = directory.location(appointment.locationId);
      const links = await linksFor(appointment, location);
      const template = templates(directory, touchpoint.template, language);
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
          repeats: row,
          confirmBy: appointment.status === 'pending' ? confirmBy : undefined,
          links: { ...links, unsubscribe: links.stop[channel] },
        });
      const key = { clientId, appointmentId, touchpoint: touchpoint.id, occurrence: sequence, resend };
      const withCalendar = ['confirmation', 'moved', 'cancelled'].includes(touchpoint.template);
      const stoppable = isStoppable(touchpoint);
      return {
        key,
        by,
        template: touchpoint.template,
        purpose: touchpoint.purpose,
        stoppable,
        recipients: recipientsOf(contact, touchpoint.channels),
        mail: (to) =>
          post(directory, {
            to,
            ...renderEmail(template, values('email'), language),
            id: messageTag(key).replaceAll('_', '.'),
            ...(stoppable ? { unsubscribeUrl: links.stop.email } : {}),
            ...(withCalendar ? { calendar: calendarOf(directory, appointment, links.manage) } : {}),
          }),
        text: () => renderSms(template, values('sms')),
      };
    },

    /** What somebody who waits hears of a freed time. */
    waitingOffer(directory: Directory, offer: Offer): Letter {
      const { id, clientId, contact, zone, startsAt, until } = offer;
      const { language } = contact;
      const location = directory.location(offer.locationId);
      const template = templates(directory, 'waiting-offer', language);
      const key = { clientId, appointmentId: id, touchpoint: 'waiting-offer', occurrence: 0 };
      const values = () =>
        offerValues({
          language,
          firstName: contact.firstName,
          business: directory.settings.name,
          country: directory.settings.country,
          location: {
            name: location?.name ?? offer.locationId,
            address: location?.address ?? offer.locationId,
            phone: location?.phone,
            zone,
          },
          startsAt,
          now: now(),
          services: offer.services.map((line) => {
            const service = directory.service(line.id);
            return {
              name: service ? directory.text(service.name, language) : line.id,
              staffName: directory.person(line.staffId)?.name ?? line.staffId,
            };
          }),
          offerLink: offer.link,
          until,
        });
      return {
        key,
        template: 'waiting-offer',
        purpose: 'service',
        stoppable: false,
        recipients: recipientsOf(contact, channels),
        mail: (to) =>
          post(directory, {
            to,
            ...renderEmail(template, values(), language),
            id: messageTag(key).replaceAll('_', '.'),
          }),
        text: () => renderSms(template, values()),
      };
    },

    /** What is answered to a word that somebody texted; to a call for help once a day. */
    textReply(directory: Directory, { id, from, clientId, at, language, ...text }: IncomingText): Letter | undefined {
      if (!text.act) return undefined;
      const template = replyTo[text.act];
      const { settings, locations } = directory;
      // People write STOP in any language.
      const spoken = language === undefined || language === 'en' ? (settings.languages[0] ?? 'en') : language;
      const phone = locations.find((location) => location.phone)?.phone;
      const about =
        text.act === 'help'
          ? { appointmentId: idFrom(from), occurrence: Number(isoUtc(at).slice(0, 10).replaceAll('-', '')) }
          : { appointmentId: id, occurrence: 0 };
      return {
        // Who is no client has no partition to stand in but one by the number itself.
        key: { clientId: clientId ?? addressHash(from), touchpoint: template, ...about },
        template,
        purpose: 'service',
        stoppable: false,
        ...(text.act === 'start' ? {} : { despiteStop: true }),
        recipients: [{ channel: 'sms', address: from }],
        mail: () => Promise.reject(new AddressFault('to')),
        text: () => smsText(replies[spoken][template]({ business: settings.name, phone })),
      };
    },

    /** What the manager of the location hears of a low score. */
    lowScore(directory: Directory, review: Review, appointment: Appointment, revision: number): Letter {
      const location = directory.location(appointment.locationId);
      const language = location?.manager.language ?? 'en';
      const template = templates(directory, 'low-score', language);
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

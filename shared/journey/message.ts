import type { Appointment } from '../booking/appointments/appointments.ts';
import { calendarOf } from '../booking/appointments/calendar.ts';
import { mustConfirmBy } from '../booking/appointments/entity.ts';
import { manageToken, servicesOf } from '../booking/appointments/view.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { OutgoingMessage } from '../messages/message.ts';
import type { Compose } from '../messages/outgoing.ts';
import { recipientsOf } from '../messages/send/recipients.ts';
import { stopLink } from '../messages/stop-link.ts';
import { isStoppable } from '../messages/templates/opt-out.ts';
import { type SeriesSummary, venueOf, visitValues } from '../messages/templates/values.ts';
import type { Channel, Language } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { reviewToken } from '../reviews/token.ts';
import { causeOf } from './rules/cause.ts';

/** Identity of a message among those of an appointment, and what only its own moment tells. */
export interface Occasion {
  /** Under which it is recorded: another of a series may have to speak in its place. */
  appointmentId: string;
  /** The appointment's. */
  sequence: number;
  /** Staff want it sent again; 1 the first time. */
  resend?: number | undefined;
  /** Member of staff who wants that. */
  by?: string | undefined;
  /** The series for which this message speaks. */
  series?: SeriesSummary | undefined;
}

const namesOf = (catalogueIndex: CatalogueIndex, appointment: Appointment, language: Language) =>
  servicesOf(catalogueIndex, appointment, language).map(({ name, staff }) => ({ name, staffName: staff.name }));

const withCalendar: readonly Touchpoint['template'][] = ['confirmation', 'moved', 'cancelled'];

/** Makes the message of a touchpoint to the client of an appointment. */
export const createTouchpointMessage = (deps: { tokens: Tokens; publicUrl: string; now: Clock; compose: Compose }) => {
  const { tokens, publicUrl, now, compose } = deps;

  const linksFor = async (catalogueIndex: CatalogueIndex, appointment: Appointment) => {
    const stop = (channel: Channel) => stopLink(deps, channel, appointment.id, now());
    const manage = async (channel: Channel) => `${publicUrl}/a/${await manageToken(tokens, appointment, channel)}`;
    const review = async (channel: Channel) => `${publicUrl}/r/${await reviewToken(tokens, appointment, channel)}`;
    return {
      manage: { email: await manage('email'), sms: await manage('sms') },
      review: { email: await review('email'), sms: await review('sms') },
      publicReview: catalogueIndex.location(appointment.locationId)?.publicReviewUrl,
      book: `${publicUrl}/book`,
      stop: { email: await stop('email'), sms: await stop('sms') },
    };
  };

  return async (
    catalogueIndex: CatalogueIndex,
    touchpoint: Touchpoint,
    appointment: Appointment,
    { appointmentId, sequence, resend, by, series }: Occasion,
  ): Promise<OutgoingMessage> => {
    const { clientId, contact, startsAt } = appointment;
    const { language, firstName } = contact;
    const { stop, manage, review, ...links } = await linksFor(catalogueIndex, appointment);
    const { template, purpose } = touchpoint;
    return compose(catalogueIndex, {
      key: { clientId, appointmentId, touchpoint: touchpoint.id, occurrence: sequence, resend },
      by,
      template,
      language,
      purpose,
      ...causeOf(touchpoint, appointment, resend),
      recipients: recipientsOf(contact, touchpoint.channels),
      values: (channel) =>
        visitValues({
          ...venueOf(catalogueIndex, appointment),
          language,
          firstName,
          startsAt,
          now: now(),
          services: namesOf(catalogueIndex, appointment, language),
          repeats: series,
          confirmBy: mustConfirmBy(appointment),
          links: {
            ...links,
            manage: manage[channel],
            review: review[channel],
            news: appointment.asked?.includes(channel) ? `${manage[channel]}#news` : undefined,
            unsubscribe: stop[channel],
          },
        }),
      unsubscribeUrl: isStoppable(touchpoint) ? stop.email : undefined,
      calendar: withCalendar.includes(template)
        ? (sender: string) => calendarOf(catalogueIndex, appointment, manage.email, sender)
        : undefined,
    });
  };
};
export type TouchpointMessageOf = ReturnType<typeof createTouchpointMessage>;

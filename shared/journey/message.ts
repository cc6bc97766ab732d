import type { Appointment } from '../booking/appointments/appointments.ts';
import { type CalendarEntry, calendarOf } from '../booking/appointments/calendar.ts';
import { mustConfirmBy } from '../booking/appointments/entity.ts';
import { manageToken, servicesOf } from '../booking/appointments/view.ts';
import { againPath } from '../booking/online/again.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { OutgoingMessage } from '../messages/message.ts';
import type { Compose } from '../messages/outgoing.ts';
import { recipientsOf } from '../messages/send/recipients.ts';
import { stopLink } from '../messages/stop-link.ts';
import { isStoppable } from '../messages/templates/opt-out.ts';
import type { SeriesSummary } from '../messages/templates/repeats.ts';
import { venueOf, visitValues } from '../messages/templates/values.ts';
import type { Channel, Language } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { reviewToken } from '../reviews/token.ts';
import { actOf } from './rules/applies.ts';
import { causeOf } from './rules/cause.ts';
import { toldOf } from './rules/told.ts';

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
  /** Those for which it speaks, its own appointment the first, in order of time; absent: for none but that. */
  spokenFor?: readonly Appointment[] | undefined;
}

const namesOf = (catalogueIndex: CatalogueIndex, appointment: Appointment, language: Language) =>
  servicesOf(catalogueIndex, appointment, language).map(({ name, staff }) => ({ name, staffName: staff.name }));

/** Summary that the message of the first of these gives of them all; `undefined`: there are no others. */
const seriesSummaryOf = (
  catalogueIndex: CatalogueIndex,
  touchpoint: Touchpoint,
  spokenFor: readonly Appointment[],
  language: Language,
): SeriesSummary | undefined => {
  const act = actOf(touchpoint);
  if (!act || spokenFor.length < 2) return undefined;
  const dates = spokenFor.map((each) => ({
    startsAt: each.startsAt,
    zone: each.zone,
    services: namesOf(catalogueIndex, each, language).map(({ name }) => name),
    location: venueOf(catalogueIndex, each).location.name,
  }));
  return { act, dates };
};

const withCalendar: readonly Touchpoint['template'][] = ['confirmation', 'moved', 'cancelled'];

const withTold: readonly Touchpoint['template'][] = [...withCalendar, 'reminder'];

/** The entry in the client's calendar may show another time since the rules of the zone changed. */
const needsCalendar = ({ template }: Touchpoint, { rezonedAt = 0, movedAt = 0 }: Appointment): boolean =>
  withCalendar.includes(template) || (template === 'reminder' && rezonedAt > movedAt);

/** Makes the message of a touchpoint to the client of an appointment. */
export const createTouchpointMessage = (deps: { tokens: Tokens; publicUrl: string; now: Clock; compose: Compose }) => {
  const { tokens, publicUrl, now, compose } = deps;

  const manageLink = async (appointment: Appointment, channel: Channel): Promise<string> =>
    `${publicUrl}/a/${await manageToken(tokens, appointment, channel)}`;

  const linksFor = async (catalogueIndex: CatalogueIndex, appointment: Appointment) => {
    const stop = (channel: Channel) => stopLink(deps, channel, appointment.id, now());
    const manage = (channel: Channel) => manageLink(appointment, channel);
    const review = async (channel: Channel) => `${publicUrl}/r/${await reviewToken(tokens, appointment, channel)}`;
    return {
      manage: { email: await manage('email'), sms: await manage('sms') },
      review: { email: await review('email'), sms: await review('sms') },
      publicReview: catalogueIndex.location(appointment.locationId)?.publicReviewUrl,
      book: publicUrl + againPath({ ...appointment, language: appointment.contact.language }),
      stop: { email: await stop('email'), sms: await stop('sms') },
    };
  };

  return async (
    catalogueIndex: CatalogueIndex,
    touchpoint: Touchpoint,
    appointment: Appointment,
    { appointmentId, sequence, resend, by, spokenFor = [appointment] }: Occasion,
  ): Promise<OutgoingMessage> => {
    const { clientId, contact, startsAt } = appointment;
    const { language, firstName } = contact;
    const { stop, manage, review, ...links } = await linksFor(catalogueIndex, appointment);
    const { template, purpose } = touchpoint;
    const entry = async (each: Appointment): Promise<CalendarEntry> => ({
      appointment: each,
      manageUrl: await manageLink(each, 'email'),
    });
    const others = spokenFor.filter(({ id }) => id !== appointment.id);
    const entries = [await entry(appointment), ...(await Promise.all(others.map(entry)))] as const;
    return compose(catalogueIndex, {
      key: { clientId, appointmentId, touchpoint: touchpoint.id, occurrence: sequence, resend },
      by,
      told: withTold.includes(template) ? spokenFor.map(toldOf) : undefined,
      template,
      language,
      purpose,
      ...causeOf(touchpoint, appointment, resend),
      recipients: recipientsOf(contact, touchpoint.channels),
      values: (channel) =>
        visitValues(
          {
            ...venueOf(catalogueIndex, appointment),
            language,
            firstName,
            startsAt,
            now: now(),
            services: namesOf(catalogueIndex, appointment, language),
            repeats: seriesSummaryOf(catalogueIndex, touchpoint, spokenFor, language),
            confirmBy: mustConfirmBy(appointment),
            links: {
              ...links,
              // Whoever comes by the reminder is asked whether they will.
              manage: template === 'reminder' ? `${manage[channel]}?confirm=1` : manage[channel],
              review: review[channel],
              news: appointment.asked?.includes(channel) ? `${manage[channel]}#news` : undefined,
              unsubscribe: stop[channel],
            },
          },
          channel,
        ),
      unsubscribeUrl: isStoppable(touchpoint) ? stop.email : undefined,
      calendar: needsCalendar(touchpoint, appointment)
        ? (sender: string) => calendarOf(catalogueIndex, entries, sender)
        : undefined,
    });
  };
};
export type TouchpointMessageOf = ReturnType<typeof createTouchpointMessage>;

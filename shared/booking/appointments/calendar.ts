import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Language } from '../../platform/fields.ts';
import { icsLines, icsParameter, icsText, icsTime } from '../../platform/time/ics.ts';
import type { Instant } from '../../platform/time/time.ts';
import { needsApproval, type Status } from '../contract.ts';
import type { Appointment } from './appointments.ts';
import { servicesOf } from './view.ts';

/** An appointment as a calendar shows it. Whose it is is not in it: the file may be passed on. */
export interface CalendarVisit {
  appointmentId: string;
  /** Rises with each move. */
  sequence: number;
  status: Status;
  /** The business has yet to approve it. */
  isTentative?: boolean | undefined;
  startsAt: Instant;
  endsAt: Instant;
  updatedAt: Instant;
  language: Language;
  business: string;
  location: { name: string; address: string };
  /** Names in the language. */
  services: readonly string[];
  /** The page of the appointment. */
  manageUrl: string;
  /** Address that the mail with the file comes from; absent: the client fetches the file for a calendar of their own. */
  sender?: string | undefined;
}

const words: Record<Language, { summary: (services: string, business: string) => string; manage: string }> = {
  en: { summary: (services, business) => `${services} at ${business}`, manage: 'View, reschedule or cancel' },
  bn: { summary: (services, business) => `${services} – ${business}`, manage: 'দেখুন, সময় বদলান বা বাতিল করুন' },
  hi: { summary: (services, business) => `${services} – ${business}`, manage: 'देखें, समय बदलें या रद्द करें' },
  ru: { summary: (services, business) => `${services} – ${business}`, manage: 'Посмотреть, перенести или отменить' },
};

const clean = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const statusOf = ({ status, isTentative }: CalendarVisit): string => {
  if (status === 'cancelled') return 'CANCELLED';
  return isTentative ? 'TENTATIVE' : 'CONFIRMED';
};

const eventLines = (visit: CalendarVisit): string[] => {
  const { summary, manage } = words[visit.language];
  const { sender } = visit;
  const url = new URL(visit.manageUrl).href;
  return [
    'BEGIN:VEVENT',
    `UID:${visit.appointmentId}@regulars`,
    `SEQUENCE:${visit.sequence}`,
    `DTSTAMP:${icsTime(visit.updatedAt)}`,
    `LAST-MODIFIED:${icsTime(visit.updatedAt)}`,
    `DTSTART:${icsTime(visit.startsAt)}`,
    `DTEND:${icsTime(visit.endsAt)}`,
    `SUMMARY:${icsText(clean(summary(visit.services.join(', '), visit.business)))}`,
    `LOCATION:${icsText(clean(`${visit.location.name}, ${visit.location.address}`))}`,
    `DESCRIPTION:${icsText(`${manage}: ${url}`)}`,
    `URL:${url}`,
    ...(sender ? [`ORGANIZER;CN=${icsParameter(clean(visit.business))}:mailto:${clean(sender)}`] : []),
    `STATUS:${statusOf(visit)}`,
    'END:VEVENT',
  ];
};

/**
 * The `.ics` (RFC 5545), in UTC, with an event for each; a UID stays for the life of its appointment. What a mail carries has
 * a method, and with it an organiser (RFC 5546 3.2.1, 3.2.5); a file for the client's own calendar has neither (RFC 5545
 * 3.8.4.3). The first says what the method is: a mail tells of one act. For several that are cancelled RFC 5546 would have a
 * file each; one file keeps them together, as a mail with dozens of attachments would be taken for spam.
 */
export const calendarFile = (
  visits: readonly [CalendarVisit, ...CalendarVisit[]],
): { content: string; method: 'PUBLISH' | 'CANCEL' } => {
  const [{ status, language, sender }] = visits;
  const method = status === 'cancelled' ? 'CANCEL' : 'PUBLISH';
  const content = icsLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Regulars//Appointments//${language.toUpperCase()}`,
    ...(sender ? [`METHOD:${method}`] : []),
    ...visits.flatMap(eventLines),
    'END:VCALENDAR',
  ]);
  return { content, method };
};

/** An appointment with the address of its page. */
export interface CalendarEntry {
  appointment: Appointment;
  manageUrl: string;
}

const visitOf = (
  catalogueIndex: CatalogueIndex,
  { appointment, manageUrl }: CalendarEntry,
  sender: string | undefined,
): CalendarVisit => {
  const { id, sequence, status, startsAt, endsAt, updatedAt, locationId, contact } = appointment;
  const location = catalogueIndex.location(locationId);
  return {
    appointmentId: id,
    sequence,
    status,
    isTentative: needsApproval(appointment) !== undefined,
    startsAt,
    endsAt,
    updatedAt,
    sender,
    language: contact.language,
    business: catalogueIndex.settings.name,
    location: { name: location?.name ?? locationId, address: location?.address ?? '' },
    services: servicesOf(catalogueIndex, appointment, contact.language).map(({ name }) => name),
    manageUrl,
  };
};

/** Appointments as a calendar file, in the client's language; with the address of its sender where a mail carries it. */
export const calendarOf = (
  catalogueIndex: CatalogueIndex,
  [first, ...rest]: readonly [CalendarEntry, ...CalendarEntry[]],
  sender?: string,
) =>
  calendarFile([visitOf(catalogueIndex, first, sender), ...rest.map((each) => visitOf(catalogueIndex, each, sender))]);

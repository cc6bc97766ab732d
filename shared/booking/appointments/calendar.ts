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
  en: { summary: (services, business) => `${services} at ${business}`, manage: 'View, move or cancel' },
  bn: { summary: (services, business) => `${services} – ${business}`, manage: 'দেখুন, সময় বদলান বা বাতিল করুন' },
  hi: { summary: (services, business) => `${services} – ${business}`, manage: 'देखें, समय बदलें या रद्द करें' },
  ru: { summary: (services, business) => `${services} – ${business}`, manage: 'Посмотреть, перенести или отменить' },
};

const clean = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const statusOf = ({ status, isTentative }: CalendarVisit): string => {
  if (status === 'cancelled') return 'CANCELLED';
  return isTentative ? 'TENTATIVE' : 'CONFIRMED';
};

/**
 * The `.ics` (RFC 5545), in UTC; the UID stays for the life of the appointment. What a mail carries has a method, and with it
 * an organiser (RFC 5546 3.2.1, 3.2.5); a file for the client's own calendar has neither (RFC 5545 3.8.4.3).
 */
export const calendarFile = (visit: CalendarVisit): { content: string; method: 'PUBLISH' | 'CANCEL' } => {
  const method = visit.status === 'cancelled' ? 'CANCEL' : 'PUBLISH';
  const { summary, manage } = words[visit.language];
  const { sender } = visit;
  const url = new URL(visit.manageUrl).href;
  const content = icsLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Regulars//Appointments//${visit.language.toUpperCase()}`,
    ...(sender ? [`METHOD:${method}`] : []),
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
    'END:VCALENDAR',
  ]);
  return { content, method };
};

/** The appointment as a calendar file, in the client's language; with the address of its sender where a mail carries it. */
export const calendarOf = (
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  manageUrl: string,
  sender?: string,
) => {
  const { id, sequence, status, startsAt, endsAt, updatedAt, locationId, contact } = appointment;
  const location = catalogueIndex.location(locationId);
  return calendarFile({
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
  });
};

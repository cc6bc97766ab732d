import type * as z from 'zod';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Channel, Language } from '../../platform/fields.ts';
import { Problem } from '../../platform/http/problems.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { day, isoWithOffset } from '../../platform/time/time.ts';
import { type LinkBehind, readLink, signLink } from '../../platform/tokens/sent-links.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import { type appointmentAnswer, isExpected, needsApproval, type seriesMate } from '../contract.ts';
import { cutOffPassed, tooManyMoves } from '../problems.ts';
import { type Appointment, type Appointments, cutOffOf } from './appointments.ts';
import { isUnproven, mustConfirmBy } from './entity.ts';

const managePurpose = 'manage';
const manageEmailPurpose = 'manage-email';
const manageSmsPurpose = 'manage-sms';
const manageLink = { answer: managePurpose, email: manageEmailPurpose, sms: manageSmsPurpose };

/** Time after the visit for which its links open it. */
const opensFor = 30 * day;

/**
 * A manage link opens the appointment until a month after it. `writtenTo`: the channel of the message in which it stands;
 * absent for one that is handed out in an answer.
 */
export const manageToken = (
  tokens: Tokens,
  { id, endsAt }: { id: string; endsAt: number },
  writtenTo?: Channel,
): Promise<string> => signLink(tokens, manageLink, id, endsAt + opensFor, writtenTo);

/**
 * The appointment that a manage link opens, and the channel by which it was sent. A link that was sent before the visit was
 * put off lasts as long as one that is sent now. Throws link_invalid, link_expired.
 */
export const behindManageToken = async (
  { tokens, appointments, now }: { tokens: Tokens; appointments: Pick<Appointments, 'get'>; now: Clock },
  token: string,
): Promise<LinkBehind> => {
  const { expiresAt, ...found } = await readLink(tokens, manageLink, token);
  const endOf = async () => ((await appointments.get(found.id))?.endsAt ?? 0) + opensFor;
  if (now() >= expiresAt && now() >= (await endOf())) throw new Problem('link_expired');
  return found;
};

/**
 * Until when whoever looks must confirm. Whoever booked with somebody else's address must not learn by it how often that
 * client stayed away.
 */
const confirmByFor = (appointment: Appointment, writtenTo: Channel | undefined): number | undefined =>
  writtenTo === undefined && isUnproven(appointment) ? undefined : mustConfirmBy(appointment);

/** Actions that the client has now by the link, and what forbids the rest. */
export const permissions = (
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  now: number,
  writtenTo?: Channel,
) => {
  const { status, startsAt } = appointment;
  const ahead = now < startsAt && isExpected(appointment);
  const changeable = ahead && now <= cutOffOf(catalogueIndex, appointment);
  const isAsked = status === 'pending' || confirmByFor(appointment, writtenTo) !== undefined;
  return {
    confirm: ahead && isAsked && !needsApproval(appointment),
    move: changeable && hasMovesLeft(catalogueIndex, appointment),
    cancel: changeable,
  };
};

const hasMovesLeft = ({ settings }: CatalogueIndex, { linkMoves }: Appointment): boolean =>
  (linkMoves?.count ?? 0) < settings.booking.movesOnline;

const callUs = (catalogueIndex: CatalogueIndex, { locationId }: Appointment): { detail: string } => {
  const phone = catalogueIndex.location(locationId)?.phone;
  return { detail: phone ? `Call us on ${phone}.` : 'Call us.' };
};

/** Throws status_conflict or cut_off_passed, whichever forbids the client to move or cancel. */
export const mustBeChangeable = (catalogueIndex: CatalogueIndex, appointment: Appointment, now: number): void => {
  const { status, startsAt } = appointment;
  if (!isExpected(appointment)) {
    throw new Problem('status_conflict', { detail: `The appointment is ${status.replace('_', '-')}.` });
  }
  if (now >= startsAt) throw new Problem('status_conflict', { detail: 'The appointment has begun.' });
  if (now > cutOffOf(catalogueIndex, appointment)) throw new Problem(cutOffPassed, callUs(catalogueIndex, appointment));
};

/** Does what `mustBeChangeable` does; throws too_many_moves, too, for what the client has moved as often as the settings allow. */
export const mustBeMovable = (catalogueIndex: CatalogueIndex, appointment: Appointment, now: number): void => {
  mustBeChangeable(catalogueIndex, appointment, now);
  if (!hasMovesLeft(catalogueIndex, appointment)) throw new Problem(tooManyMoves, callUs(catalogueIndex, appointment));
};

/** Services with names in the language; a service or person that has left the catalogue keeps its id. */
export const servicesOf = (catalogueIndex: CatalogueIndex, appointment: Appointment, language: Language) =>
  appointment.services.map((line) => {
    const service = catalogueIndex.service(line.id);
    return {
      id: line.id,
      name: service ? catalogueIndex.text(service.name, language) : line.id,
      staff: { id: line.staffId, name: catalogueIndex.person(line.staffId)?.name ?? line.staffId },
      startsAt: isoWithOffset(line.startsAt, appointment.zone),
      durationMinutes: line.durationMinutes,
      price: line.price,
    };
  });

/** One of a series, for whoever looks at another of it; without the token. */
export const seriesMateView = (appointment: Appointment): Omit<z.input<typeof seriesMate>, 'token'> => ({
  id: appointment.id,
  status: appointment.status,
  awaiting: needsApproval(appointment),
  startsAt: isoWithOffset(appointment.startsAt, appointment.zone),
  endsAt: isoWithOffset(appointment.endsAt, appointment.zone),
});

/** View for whoever holds the link, without the token and what belongs to it. `writtenTo`: the channel by which it was sent. */
export const appointmentView = (
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  language: Language,
  now: number,
  writtenTo?: Channel,
): Omit<z.input<typeof appointmentAnswer>, 'token' | 'series'> => {
  const { id, zone, status, startsAt, endsAt, contact, services, seats } = appointment;
  const confirmBy = confirmByFor(appointment, writtenTo);
  const location = catalogueIndex.location(appointment.locationId);
  return {
    id,
    status,
    firstName: contact.firstName,
    language,
    startsAt: isoWithOffset(startsAt, zone),
    endsAt: isoWithOffset(endsAt, zone),
    zone,
    location: {
      id: appointment.locationId,
      name: location?.name ?? appointment.locationId,
      address: location?.address ?? '',
      phone: location?.phone,
    },
    services: servicesOf(catalogueIndex, appointment, language),
    seats,
    awaiting: needsApproval(appointment),
    confirmBy: confirmBy === undefined ? undefined : isoWithOffset(confirmBy, zone),
    total: {
      amount: services.reduce((sum, { price }) => sum + price.amount, 0),
      currency: services[0]?.price.currency ?? catalogueIndex.settings.currency,
    },
    changeableUntil: isoWithOffset(cutOffOf(catalogueIndex, appointment), zone),
    may: permissions(catalogueIndex, appointment, now, writtenTo),
  };
};

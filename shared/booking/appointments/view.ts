import type * as z from 'zod';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Language } from '../../platform/fields.ts';
import { Problem } from '../../platform/http/problems.ts';
import { day, isoWithOffset } from '../../platform/time/time.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import { type appointmentAnswer, isExpected, needsApproval } from '../contract.ts';
import { cutOffPassed } from '../problems.ts';
import { type Appointment, cutOffOf } from './appointments.ts';

export const managePurpose = 'manage';

/** A manage link opens the appointment until a month after it. */
export const manageToken = (tokens: Tokens, { id, endsAt }: { id: string; endsAt: number }): Promise<string> =>
  tokens.sign(managePurpose, id, endsAt + 30 * day);

/** What the client may do now by the link, and what forbids the rest. */
export const permissions = (catalogueIndex: CatalogueIndex, appointment: Appointment, now: number) => {
  const { status, startsAt } = appointment;
  const ahead = now < startsAt && isExpected(appointment);
  const changeable = ahead && now <= cutOffOf(catalogueIndex, appointment);
  return { confirm: ahead && status === 'pending' && !appointment.awaiting, move: changeable, cancel: changeable };
};

/** Throws status_conflict or cut_off_passed, whichever forbids the client to move or cancel. */
export const mustBeChangeable = (catalogueIndex: CatalogueIndex, appointment: Appointment, now: number): void => {
  const { status, startsAt } = appointment;
  if (!isExpected(appointment)) {
    throw new Problem('status_conflict', { detail: `The appointment is ${status.replace('_', '-')}.` });
  }
  if (now >= startsAt) throw new Problem('status_conflict', { detail: 'The appointment has begun.' });
  if (now > cutOffOf(catalogueIndex, appointment)) {
    const phone = catalogueIndex.location(appointment.locationId)?.phone;
    throw new Problem(cutOffPassed, { detail: phone ? `Call us on ${phone}.` : 'Call us.' });
  }
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

/** What whoever holds the link sees, without the token. */
export const appointmentView = (
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  language: Language,
  now: number,
): Omit<z.input<typeof appointmentAnswer>, 'token'> => {
  const { id, zone, status, startsAt, endsAt, contact, services, seats, series, confirmBy } = appointment;
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
    series,
    awaiting: needsApproval(appointment),
    confirmBy: confirmBy === undefined ? undefined : isoWithOffset(confirmBy, zone),
    total: {
      amount: services.reduce((sum, { price }) => sum + price.amount, 0),
      currency: services[0]?.price.currency ?? catalogueIndex.settings.currency,
    },
    changeableUntil: isoWithOffset(cutOffOf(catalogueIndex, appointment), zone),
    may: permissions(catalogueIndex, appointment, now),
  };
};

import { createHash } from 'node:crypto';
import type { createAppointment } from '../../../shared/booking/contract.ts';
import { type Channel, channels, type Language } from '../../../shared/platform/fields.ts';
import type { Args } from '../../../shared/platform/http/contract.ts';
import type { Params } from '../../frame/address.ts';
import type { Choice } from './choice.ts';

/** The visitor's entries about themselves, exactly as entered. */
export interface Entry {
  firstName: string;
  lastName: string;
  phone: string;
  email: string;
  channel?: Channel | undefined;
  notes: string;
  /** Seats in a group lesson. */
  seats: number;
  /** Boxes that are ticked. */
  consents: Partial<Record<Channel, true>>;
  website: string;
  formToken: string;
}

/** Names in the form; faults are found again by them. */
export const consentField = (channel: Channel) => `consent-${channel}` as const;

export const emptyEntry = (formToken: string): Entry => ({
  firstName: '',
  lastName: '',
  phone: '',
  email: '',
  notes: '',
  seats: 1,
  consents: {},
  website: '',
  formToken,
});

export const readEntry = (form: URLSearchParams): Entry => {
  const text = (name: string): string => form.get(name) ?? '';
  return {
    firstName: text('firstName'),
    lastName: text('lastName'),
    phone: text('phone'),
    email: text('email').trim(),
    channel: channels.find((channel) => channel === form.get('channel')),
    notes: text('notes'),
    seats: Number(text('seats')) || 1,
    consents: Object.fromEntries(
      channels.flatMap((channel) => (form.get(consentField(channel)) ? [[channel, true as const]] : [])),
    ),
    website: text('website'),
    formToken: text('formToken'),
  };
};

/** Idempotency-Key of what a form sends: pressing twice is one act, sending it corrected is another. */
export const keyOf = (body: { formToken: string }): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url');

/** For a form that carries the entry unseen. */
export const entryParams = (entry: Entry): Params => [
  ...(['firstName', 'lastName', 'phone', 'email', 'notes', 'formToken'] as const).map(
    (name) => [name, entry[name]] as const,
  ),
  ['seats', String(entry.seats)],
  ...(entry.channel ? [['channel', entry.channel] as const] : []),
  ...channels.flatMap((channel) => (entry.consents[channel] ? [[consentField(channel), 'yes'] as const] : [])),
];

type Body = Args<typeof createAppointment>['body'];

/** The visitor, as the API asks for one. */
export const clientOf = (entry: Entry, language: Language): Body['client'] => ({
  firstName: entry.firstName,
  lastName: entry.lastName || undefined,
  phone: entry.phone || undefined,
  email: entry.email || undefined,
  language,
  preferredChannel: entry.channel,
});

/** The wish, with its place and time, as the API asks for it. */
export const visitOf = (choice: Choice) => ({
  locationId: choice.location ?? '',
  startsAt: choice.startsAt ?? '',
  services: choice.services.map((serviceId, index) => ({
    serviceId,
    staffId: choice.staff?.length === 1 ? choice.staff[0] : choice.staff?.[index],
  })),
});

export const bookingBody = (choice: Choice, entry: Entry, language: Language): Body => ({
  ...visitOf(choice),
  seats: entry.seats,
  client: clientOf(entry, language),
  consents: channels.flatMap((channel) =>
    entry.consents[channel] ? [{ channel, purpose: 'marketing' as const }] : [],
  ),
  notes: entry.notes || undefined,
  source: choice.source,
  formToken: entry.formToken,
  website: entry.website,
});

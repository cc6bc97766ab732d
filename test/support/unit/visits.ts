import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import { type CatalogueFile, catalogueSchema, type Touchpoint } from '../../../shared/business/catalogue.ts';
import { createCatalogueIndex } from '../../../shared/business/catalogue-index.ts';
import type { CatalogueReader } from '../../../shared/business/reader.ts';
import { instantOf } from '../../../shared/platform/time/time.ts';
import { hour } from '../durations.ts';

/** A salon of one person in London, with the default journey. */
export const catalogueIndexOf = (change: (file: CatalogueFile) => void = () => {}) => {
  const file: CatalogueFile = {
    settings: { name: 'Linden & Rose', languages: ['en'], currency: 'GBP', country: 'GB' },
    locations: [
      {
        id: 'soho',
        name: 'Soho',
        zone: 'Europe/London',
        address: '1 Frith Street',
        manager: { email: 'manager@linden.example', language: 'en' },
        hours: {},
      },
    ],
    staff: [{ id: 'amina', name: 'Amina', locations: ['soho'], skills: ['cut', 'colour', 'wash'] }],
    categories: [{ id: 'hair', name: { en: 'Hair' } }],
    services: [{ id: 'cut', repeatDays: 42 }, { id: 'colour', repeatDays: 28 }, { id: 'wash' }].map((service) => ({
      ...service,
      name: { en: service.id },
      category: 'hair',
      durationMinutes: 60,
      price: { amount: 5000, currency: 'GBP' },
    })),
  };
  change(file);
  return createCatalogueIndex(catalogueSchema.parse(file), 'revision');
};

export const readerOf = (catalogueIndex: ReturnType<typeof catalogueIndexOf>): CatalogueReader => ({
  recent: async () => catalogueIndex,
  current: async () => catalogueIndex,
});

export const touchpointOf = (changes: Partial<Touchpoint> = {}): Touchpoint => ({
  id: 'reminder',
  template: 'reminder',
  anchor: 'start',
  offset: '-P1D',
  channels: ['email', 'sms'],
  when: [],
  purpose: 'service',
  quiet: 'respect',
  ...changes,
});

/** Tuesday 24 November 2026, eleven o'clock in London. */
export const startsAt = instantOf('2026-11-24', '11:00', 'Europe/London');

export const serviceLine = (id: string) => ({
  id,
  staffId: 'amina',
  asked: 'amina',
  startsAt,
  durationMinutes: 60,
  price: { amount: 5000, currency: 'GBP' },
});

/** A cut by Amina, booked five days before. */
export const visitOf = (changes: Partial<Appointment> = {}): Appointment => {
  const start = changes.startsAt ?? startsAt;
  return {
    id: '0123456789abcdef',
    clientId: 'client0123456789',
    status: 'pending',
    version: 1,
    sequence: 0,
    locationId: 'soho',
    zone: 'Europe/London',
    startsAt: start,
    endsAt: start + hour,
    contact: { firstName: 'Nadia', email: 'nadia@example.com', phone: '+447700900001', language: 'en' },
    services: [serviceLine('cut')],
    occupies: [],
    bookedAt: startsAt - 120 * hour,
    updatedAt: startsAt - 120 * hour,
    ...changes,
  };
};

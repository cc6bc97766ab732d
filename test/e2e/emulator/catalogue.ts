import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type CatalogueFile, catalogueSchema } from '../../../shared/business/catalogue.ts';
import { replaceCatalogue } from '../../../shared/business/store.ts';
import { createTable } from '../../../shared/platform/table/table.ts';
import type { Timetable } from '../timetable.ts';
import { clientConfig } from './aws.ts';
import type { Deployed } from './deploy.ts';
import type { Emulator } from './ministack.ts';

export const location = 'gulshan';
export const service = 'trim';
/** Needs the only quiet room. */
export const roomService = 'massage';
export const manager = 'manager@salon.example';
const staff = ['asha', 'bina', 'chitra', 'dina', 'esha'] as const;
export type Staff = (typeof staff)[number];

const allDay = [{ from: '00:00', until: '24:00' }];

/** A salon that never closes and whose journey takes minutes, not days. */
const salon = ({ reminderOffset, movedReminderOffset, reviewOffset, comeBackOffset }: Timetable): CatalogueFile => ({
  settings: {
    name: 'Salon Shiuli',
    languages: ['en', 'bn'],
    currency: 'BDT',
    country: 'BD',
    booking: { stepMinutes: 5, earliestNoticeMinutes: 0, horizonDays: 30, cutOffMinutes: 0 },
    // None: offers of a freed time are not made at night.
    quietHours: { from: '00:00', until: '00:00' },
    publicForms: { perAddressPerMinute: 200, minimumSeconds: 2 },
    // What lies days apart elsewhere happens within minutes here.
    settleSeconds: 0,
    messageBudget: { unprovenPerHour: 10, unprovenPerDay: 20 },
  },
  locations: [
    {
      id: location,
      name: 'Gulshan',
      zone: 'Asia/Dhaka',
      address: 'Road 90, Dhaka',
      manager: { email: manager, language: 'en' },
      hours: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
      publicReviewUrl: 'https://reviews.example/salon-shiuli',
    },
  ],
  staff: staff.map((id) => ({
    id,
    name: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
    locations: [location],
    skills: [service, roomService],
  })),
  categories: [{ id: 'hair', name: { en: 'Hair', bn: 'চুল' } }],
  services: [
    {
      id: service,
      name: { en: 'Fringe trim', bn: 'চুল ছাঁটা' },
      category: 'hair',
      durationMinutes: 5,
      price: { amount: 50_000, currency: 'BDT' },
    },
    {
      id: roomService,
      name: { en: 'Massage', bn: 'ম্যাসাজ' },
      category: 'hair',
      durationMinutes: 30,
      price: { amount: 90_000, currency: 'BDT' },
      needs: ['quiet-room'],
    },
  ],
  resources: [{ id: 'garden-room', name: 'Garden room', kind: 'quiet-room', location }],
  journey: [
    {
      id: 'confirmation',
      template: 'confirmation',
      anchor: 'booking',
      offset: 'PT0S',
      channels: ['email', 'sms'],
      purpose: 'service',
      quiet: 'ignore',
    },
    {
      id: 'reminder',
      template: 'reminder',
      anchor: 'start',
      offset: reminderOffset,
      channels: ['email', 'sms'],
      purpose: 'service',
      quiet: 'ignore',
    },
    {
      id: 'reminder-moved',
      template: 'reminder',
      anchor: 'start',
      offset: movedReminderOffset,
      channels: ['email', 'sms'],
      purpose: 'service',
      quiet: 'ignore',
    },
    {
      id: 'moved',
      template: 'moved',
      anchor: 'move',
      offset: 'PT0S',
      channels: ['email', 'sms'],
      purpose: 'service',
      quiet: 'ignore',
    },
    {
      id: 'cancelled',
      template: 'cancelled',
      anchor: 'cancellation',
      offset: 'PT0S',
      channels: ['email', 'sms'],
      purpose: 'service',
      quiet: 'ignore',
    },
    {
      id: 'review',
      template: 'review-request',
      anchor: 'end',
      offset: reviewOffset,
      channels: ['email', 'sms'],
      when: ['completed'],
      purpose: 'service',
      quiet: 'ignore',
    },
    {
      id: 'come-back',
      template: 'come-back',
      anchor: 'last-visit',
      offset: comeBackOffset,
      channels: ['email', 'sms'],
      when: ['completed', 'nothing-booked'],
      purpose: 'marketing',
      quiet: 'ignore',
    },
  ],
});

export const seed = async (
  emulator: Emulator,
  { TableName }: Pick<Deployed, 'TableName'>,
  timetable: Timetable,
): Promise<void> => {
  const table = createTable(TableName, new DynamoDBClient(clientConfig(emulator)));
  await replaceCatalogue(table, catalogueSchema.parse(salon(timetable)), new Date().toISOString());
};

import type { Location, Service, StaffMember, WeeklyHours } from '../../../shared/business/catalogue.ts';
import { weekdays } from '../../../shared/platform/time/time.ts';

/** The same hours on every day of the week: `daily('09:00-17:00')`. */
export const daily = (...periods: string[]): WeeklyHours => {
  const hours = periods.map((text) => ({ from: text.split('-')[0] ?? '', until: text.split('-')[1] ?? '' }));
  return Object.fromEntries(weekdays.map((day) => [day, hours]));
};

export const location = (changes: Partial<Location> = {}): Location => ({
  id: 'here',
  name: 'Here',
  zone: 'Europe/London',
  address: '1 High Street',
  manager: { email: 'manager@here.example', language: 'en' },
  hours: daily('09:00-17:00'),
  breaks: {},
  holidays: [],
  retired: false,
  ...changes,
});

export const person = (id: string, changes: Partial<StaffMember> = {}): StaffMember => ({
  id,
  name: id,
  locations: ['here'],
  skills: [],
  hours: {},
  daysOff: [],
  retired: false,
  ...changes,
});

export const service = (id: string, durationMinutes: number, changes: Partial<Service> = {}): Service => ({
  id,
  name: { en: id },
  category: 'hair',
  durationMinutes,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  needs: [],
  retired: false,
  price: { amount: 1000, currency: 'GBP' },
  ...changes,
});

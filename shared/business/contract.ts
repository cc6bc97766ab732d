import * as z from 'zod';
import { language, money, named, slug, zone } from '../platform/fields.ts';
import { route } from '../platform/http/contract.ts';
import { period, touchpointSchema, weeklyHours } from './catalogue.ts';

const inLanguage = z.object({
  language: language.optional().meta({ description: "Of the names; the business's first language where absent." }),
});

const locationAnswer = z.object({
  id: slug,
  name: z.string(),
  zone,
  address: z.string(),
  phone: z.string().optional(),
  hours: weeklyHours,
  breaks: weeklyHours,
  holidays: z.array(z.object({ date: z.string(), name: z.string() })),
});
const serviceAnswer = z.object({
  id: slug,
  name: z.string(),
  category: named,
  durationMinutes: z.int().meta({ description: "The client's time; buffers are not in it." }),
  price: money,
  seats: z.int().optional().meta({ description: 'Of a group lesson; the price is for one.' }),
  locations: z.array(slug),
  staff: z.array(slug).meta({ description: 'Who performs it.' }),
});
const staffAnswer = z.object({
  id: slug,
  name: z.string(),
  locations: z.array(slug),
  services: z.array(slug),
});
const businessAnswer = z.object({
  name: z.string(),
  languages: z.array(language),
  currency: z.string(),
  country: z.string(),
  booking: z.object({
    stepMinutes: z.int(),
    earliestNoticeMinutes: z.int(),
    horizonDays: z.int(),
    cutOffMinutes: z.int(),
  }),
  embedOrigins: z.array(z.string()).meta({ description: 'Sites that may frame the booking pages; `*` is any.' }),
  privacyUrl: z.string().optional(),
  termsUrl: z.string().optional(),
  cancellationPolicy: z.partialRecord(language, z.string()).optional(),
});

const errors = ['invalid_request'] as const;

export const getBusiness = route({
  id: 'getBusiness',
  method: 'GET',
  path: '/v1/business',
  tag: 'business',
  caller: 'public',
  summary: 'The business: name, languages, currency, rules of booking',
  status: 200,
  answer: businessAnswer,
  errors,
});
export const listLocations = route({
  id: 'listLocations',
  method: 'GET',
  path: '/v1/locations',
  tag: 'business',
  caller: 'public',
  summary: 'Locations with zone, address, hours, breaks and holidays',
  status: 200,
  answer: z.object({ locations: z.array(locationAnswer) }),
  errors,
});
export const listServices = route({
  id: 'listServices',
  method: 'GET',
  path: '/v1/services',
  tag: 'business',
  caller: 'public',
  query: inLanguage,
  summary: 'Services with duration, price and who performs them',
  status: 200,
  answer: z.object({ services: z.array(serviceAnswer) }),
  errors,
});
export const listStaff = route({
  id: 'listStaff',
  method: 'GET',
  path: '/v1/staff',
  tag: 'business',
  caller: 'public',
  summary: 'Staff who can be booked',
  status: 200,
  answer: z.object({ staff: z.array(staffAnswer) }),
  errors,
});
export const getJourney = route({
  id: 'getJourney',
  method: 'GET',
  path: '/v1/journey',
  tag: 'business',
  caller: ['owner', 'manager', 'reception'],
  summary: 'Touchpoints of the journey and quiet hours',
  status: 200,
  answer: z.object({ touchpoints: z.array(touchpointSchema), quietHours: period }),
  errors: ['invalid_request', 'unauthenticated', 'forbidden'],
});

export const businessRoutes = [getBusiness, listLocations, listServices, listStaff] as const;
export const businessDeskRoutes = [getJourney] as const;

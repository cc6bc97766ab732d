import * as z from 'zod';
import { language, requiredLine } from '../../platform/fields.ts';
import { period } from './shared.ts';

export const settingsSchema = z.object({
  name: requiredLine(80),
  /** The first is the one that stands in where a text is missing. */
  languages: z.array(language).min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as GBP'),
  /** ISO 3166 code; how a phone number without a country code is read. */
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as GB'),
  booking: z
    .object({
      /** Times are offered every so many minutes by the local clock. */
      stepMinutes: z.union([5, 10, 15, 20, 30, 60].map((minutes) => z.literal(minutes))).default(15),
      earliestNoticeMinutes: z.int().min(0).max(20_160).default(60),
      horizonDays: z.int().min(1).max(730).default(90),
      /** Before the start; later the client can't move or cancel by the link. */
      cutOffMinutes: z.int().min(0).max(20_160).default(720),
      /** How long a chosen time is kept while the form is filled. */
      holdMinutes: z.int().min(1).max(30).default(5),
    })
    .prefault({}),
  /** By the location's clock; messages that can wait, wait. */
  quietHours: period.default({ from: '21:00', until: '08:00' }),
  /** Marketing messages to one client within so many days; service messages don't count. */
  frequencyCap: z
    .object({ messages: z.int().min(1).max(100).default(2), days: z.int().min(1).max(90).default(7) })
    .prefault({}),
  waitingList: z
    .object({
      /** How long a released time is kept for whoever it is offered to. */
      offerMinutes: z.int().min(5).max(1_440).default(30),
    })
    .prefault({}),
  /** What those who did not come meet when they book online again; staff may lift it, client by client. */
  noShows: z
    .object({
      /**
       * `none`: nothing. `client-confirms`: the client confirms within the hours or the appointment is cancelled.
       * `business-confirms`: it waits for staff to approve. `refuse`: they are asked to call.
       */
      policy: z.enum(['none', 'client-confirms', 'business-confirms', 'refuse']).default('none'),
      /** From so many on. */
      after: z.int().min(1).max(20).default(2),
      confirmWithinHours: z.int().min(1).max(168).default(12),
    })
    .prefault({}),
  /** What the public forms allow; a person never meets these. */
  publicForms: z
    .object({
      perAddressPerMinute: z.int().min(1).max(10_000).default(12),
      /** Appointments ahead that one phone or e-mail may hold. */
      openPerClient: z.int().min(1).max(1_000).default(10),
      /** Times that one address may hold at once while forms are filled. */
      holdsPerAddress: z.int().min(1).max(10_000).default(4),
      /** Between getting a form and sending it. */
      minimumSeconds: z.int().min(0).max(60).default(2),
    })
    .prefault({}),
});
export type Settings = z.output<typeof settingsSchema>;

import * as z from 'zod';
import { country, language, paragraph, requiredLine } from '../../platform/fields.ts';
import { period } from './shared.ts';
import { messageTemplates, replyTemplates } from './templates.ts';

const embedOrigin = z
  .string()
  .regex(
    /^(?:\*|https:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?)$/,
    'must be * or an origin such as https://salon.example',
  );

const webPage = z.url({ protocol: /^https$/, error: 'must be an address that begins with https://' }).max(500);

const dltId = z.string().regex(/^\d{1,50}$/, 'must be digits, as the registration shows them');

export const settingsSchema = z.object({
  name: requiredLine(80),
  /** The first is the one that stands in where a text is missing. */
  languages: z.array(language).min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as GBP'),
  /** ISO 3166 code; how a phone number without a country code is read. */
  country,
  /** Countries (ISO 3166) to whose numbers texts go; absent: the business's own. Never to premium or satellite numbers. */
  smsCountries: z.array(country).max(250).optional(),
  /** Ids of India's registration (DLT), which stand with each text to a number there: of the business, its sender, and its templates by language. */
  smsIndia: z
    .object({
      entityId: dltId,
      senderId: z.string().regex(/^[A-Za-z0-9]{3,11}$/, 'must be 3 to 11 letters and digits'),
      templates: z
        .partialRecord(z.enum([...messageTemplates, ...replyTemplates]), z.partialRecord(language, dltId))
        .default({}),
    })
    .optional(),
  booking: z
    .object({
      /** Times are offered every so many minutes by the local clock. */
      stepMinutes: z.union([5, 10, 15, 20, 30, 60].map((minutes) => z.literal(minutes))).default(15),
      earliestNoticeMinutes: z.int().min(0).max(20_160).default(60),
      horizonDays: z.int().min(1).max(730).default(90),
      /** Before the start; later the client can't move or cancel by the link. */
      cutOffMinutes: z.int().min(0).max(20_160).default(720),
      /** Moves of one appointment that the client can make by the link; then they are asked to call. */
      movesOnline: z.int().min(0).max(1_000).default(5),
      /** Time for which a chosen time is held while the form is filled. */
      holdMinutes: z.int().min(1).max(30).default(5),
      /** Longest visit that a client books online; staff book any. */
      maxVisitMinutes: z.int().min(5).max(1_440).default(240),
    })
    .prefault({}),
  /** Pages of the business that every form and every mail to a client leads to. */
  privacyUrl: webPage.optional(),
  termsUrl: webPage.optional(),
  /** By language; stands on every form and in every mail to a client. */
  cancellationPolicy: z
    .partialRecord(language, paragraph(1_000).pipe(z.string().min(1, 'must not be empty')))
    .refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language')
    .optional(),
  /** Time for which what is no longer needed stays; it says nothing of appointments, which books may have to keep. */
  retention: z
    .object({
      /** Records of messages. No touchpoint reaches farther than two years, so that nothing is sent again. */
      messagesDays: z.int().min(732).max(3_660).default(1_095),
      /** Words that clients have texted. */
      textsDays: z.int().min(30).max(3_660).default(365),
      /** Clients without a visit; `npm run retention` lists them, and nothing deletes them yet. */
      clientsMonths: z.int().min(6).max(240).default(36),
    })
    .prefault({}),
  /** Sites that may show the booking pages within their own: origins, or `*` for any. None of them: nobody may. */
  embedOrigins: z.array(embedOrigin).max(20).default(['*']),
  /** By the location's clock; messages that can wait, wait. */
  quietHours: period.default({ from: '21:00', until: '08:00' }),
  /** Marketing messages to one client within so many days; service messages don't count. */
  frequencyCap: z
    .object({ messages: z.int().min(1).max(100).default(2), days: z.int().min(1).max(90).default(7) })
    .prefault({}),
  /**
   * Service messages to one phone or e-mail within an hour and a day, whatever anybody presses; marketing has the cap above.
   * Reminders, and what staff or the business caused, count and always go.
   */
  messageBudget: z
    .object({
      perHour: z.int().min(1).max(1_000).default(6),
      perDay: z.int().min(1).max(1_000).default(15),
      /** For bookings made online, as long as nobody has proved that the address is theirs; reminders, too. */
      unprovenPerHour: z.int().min(1).max(1_000).default(2),
      unprovenPerDay: z.int().min(1).max(1_000).default(4),
    })
    .prefault({}),
  /** Time for which what staff did may still be undone, or done again, before the client is told of what stands then. */
  settleSeconds: z.int().min(0).max(300).default(60),
  waitingList: z
    .object({
      /** Time for which a released time is held for whoever it is offered to. */
      offerMinutes: z.int().min(5).max(1_440).default(30),
      /**
       * People with an address that nobody has proved who may join online on one day and at one location: they alone are
       * asked to prove it, and listed. Whoever has proved theirs before always can.
       */
      unprovenPerDay: z.int().min(1).max(10_000).default(100),
    })
    .prefault({}),
  /** Policy for those who did not come, when they book online again; staff may lift it, client by client. */
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
  /** Bounds of what plain `staff` see and do, and the console's own lock; owner, manager and reception are not bound by it. */
  console: z
    .object({
      /** `own`: their own appointments. `names`: also when others are taken, but not by whom. `all`: everybody's. */
      staffSee: z.enum(['own', 'names', 'all']).default('own'),
      /** Acts on their own appointments. `mark`: arrived, completed, no-show. `change`: also book, move, cancel, block. */
      staffMay: z.enum(['look', 'mark', 'change']).default('mark'),
      /** Telephones and e-mail addresses of clients. */
      staffSeePhones: z.boolean().default(false),
      /** Without a touch; 0: never. */
      lockMinutes: z.int().min(0).max(480).default(0),
    })
    .prefault({}),
  /** Limits of the public forms; a person never meets these. */
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
  /** Bounds of what anybody can cause, beside the limit by minute of `publicForms`. */
  publicLimits: z
    .object({
      /**
       * Units of one household by hour and by day: an attempt is one, booking or holding a visit one for each started hour
       * and seat.
       */
      perHour: z.int().min(1).max(1_000_000).default(35),
      perDay: z.int().min(1).max(1_000_000).default(240),
      /** Units of one household that are taken in an hour beyond these limits, one form after another. */
      slowPerHour: z.int().min(1).max(10_000).default(15),
      /** Factor of these for an IPv4 address: carriers put thousands of phones behind one. */
      ipv4Factor: z.int().min(1).max(1_000).default(10),
      /** Attempts by one form, and acts by one link. */
      perTokenPerMinute: z.int().min(1).max(1_000_000).default(10),
      perTokenPerHour: z.int().min(1).max(1_000_000).default(30),
      perTokenPerDay: z.int().min(1).max(1_000_000).default(100),
      /** Appointments ahead that a new client may hold, or a household for one client, before a link of a message is pressed. */
      openUnproven: z.int().min(1).max(1_000).default(2),
    })
    .prefault({}),
});
export type Settings = z.output<typeof settingsSchema>;

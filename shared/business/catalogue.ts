import * as z from 'zod';
import {
  channel,
  duration,
  email,
  language,
  localDate,
  money,
  paragraph,
  requiredLine,
  slug,
  wallTime,
  zone,
} from '../platform/fields.ts';
import { weekdays } from '../platform/time/time.ts';

const distinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/** What a business is made of, as it stands in the one file that `npm run seed` loads. */

/** A text in some of the languages; where one is missing the business's first language stands in. */
const localised = z
  .partialRecord(language, requiredLine(200))
  .refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language');
export type Localised = z.output<typeof localised>;

/** `until` at or before `from` means the next day. */
export const period = z.object({ from: wallTime, until: wallTime });
export type Period = z.output<typeof period>;

export const weeklyHours = z.partialRecord(z.enum(weekdays), z.array(period).max(6));
export type WeeklyHours = z.output<typeof weeklyHours>;

/** Whole local days, both included. */
const dateRange = z
  .object({ from: localDate, until: localDate })
  .refine((range) => range.from <= range.until, { path: ['until'], error: 'must not be before `from`' });

/** What has left the business keeps its row, so that old appointments keep their names; nothing new is booked with it. */
const retired = z.boolean().default(false);

export const locationSchema = z.object({
  id: slug,
  name: requiredLine(80),
  zone,
  address: requiredLine(200),
  phone: requiredLine(30).optional(),
  /** Who is told at once of a low score. */
  manager: z.object({ email, language }),
  hours: weeklyHours,
  /** Taken out of the hours. */
  breaks: weeklyHours.default({}),
  holidays: z
    .array(z.object({ date: localDate, name: requiredLine(80) }))
    .max(200)
    .default([]),
  /** Where everyone is invited to review in public; the same link for every client, whatever the score. */
  publicReviewUrl: z.url({ protocol: /^https$/ }).optional(),
  retired,
});
export type Location = z.output<typeof locationSchema>;

/** Asked for in place of a person's id where it does not matter who performs a service. */
export const anyone = 'anyone';

export const staffSchema = z.object({
  id: slug.refine((id) => id !== anyone, `must not be ${anyone}: that is how clients ask for nobody in particular`),
  name: requiredLine(80),
  /** Where the person works; the first is home: its zone is the zone of the person's diary, and it does not change. */
  locations: z.array(slug).min(1).max(20),
  /** Ids of the services that the person performs. */
  skills: z.array(slug).max(300),
  /** Own hours by location; where absent, the location's. */
  hours: z.record(slug, weeklyHours).default({}),
  daysOff: z.array(dateRange).max(200).default([]),
  retired,
});
export type StaffMember = z.output<typeof staffSchema>;

/** A room or a piece of equipment. Two appointments never have it at once. */
export const resourceSchema = z.object({
  id: slug,
  name: requiredLine(80),
  /** What services ask for, `treatment-room` or `laser`: any free one of the kind will do. */
  kind: slug,
  /** Where it stands; it does not change. */
  location: slug,
  /** Under repair, or lent. */
  closed: z.array(dateRange).max(200).default([]),
  retired,
});
export type Resource = z.output<typeof resourceSchema>;

/** A weekly time at which a group lesson is given, by the location's clock. */
const lessonSchema = z.object({
  location: slug,
  staff: slug,
  weekday: z.enum(weekdays),
  time: wallTime.refine((time) => time !== '24:00', 'must be before the end of the day: 00:00 of the next weekday'),
});

export const serviceSchema = z.object({
  id: slug,
  name: localised,
  category: slug,
  durationMinutes: z.int().min(5).max(720),
  /** Kept free before and after the visit, for the person, not for the client. */
  bufferBeforeMinutes: z.int().min(0).max(240).default(0),
  bufferAfterMinutes: z.int().min(0).max(240).default(0),
  price: money,
  /** After how many days it is time to come back; absent: never asked. */
  repeatDays: z.int().min(1).max(730).optional(),
  /** Where it is offered; absent: everywhere. */
  locations: z.array(slug).min(1).optional(),
  /** Kinds of rooms and equipment that are taken along with the person, one of each. */
  needs: z.array(slug).max(4).refine(distinct, 'must not name a kind twice').default([]),
  /** A group lesson: so many seats at one time, with one person. Absent: for one client at a time. */
  seats: z.int().min(2).max(100).optional(),
  /** When the lesson is given; absent: whenever the person is free. Only for services with seats. */
  timetable: z.array(lessonSchema).min(1).max(200).optional(),
  retired,
});
export type Service = z.output<typeof serviceSchema>;

/** What touchpoints of the journey say. */
const templates = ['confirmation', 'reminder', 'moved', 'cancelled', 'review-request', 'come-back'] as const;

/** Every text that a business may put its own in place of. */
export const messageTemplates = [...templates, 'waiting-offer', 'low-score'] as const;

const text = (max: number) => paragraph(max).pipe(z.string().min(1, 'must not be empty'));

/** The business's own words in place of the standard ones, in one language. */
export const templateSchema = z
  .object({
    /** `<template>.<language>` */
    id: z.string().max(60),
    template: z.enum(messageTemplates),
    language,
    /** Plain text with `{{placeholder}}`, as `shared/messages/templates` explains. */
    subject: requiredLine(200),
    email: text(10_000),
    sms: text(1_000),
  })
  .refine(({ id, template, language }) => id === templateId(template, language), {
    path: ['id'],
    error: 'must be the template and the language, as reminder.en',
  });
export type OwnTemplate = z.output<typeof templateSchema>;

export const templateId = (template: (typeof messageTemplates)[number], language: string): string =>
  `${template}.${language}`;

/** Touchpoints under which the system itself sends: a journey's own may not be called so. */
const reservedTouchpoints = [
  'low-score',
  'waiting-offer',
  'text-stopped',
  'text-resumed',
  'text-help',
  'unconfirmed',
] as const;

/** One step of the journey. */
export const touchpointSchema = z
  .object({
    id: slug.refine(
      (name) => !reservedTouchpoints.some((reserved) => reserved === name),
      `must be none of ${reservedTouchpoints.join(', ')}: messages of the system are called so`,
    ),
    template: z.enum(templates),
    /**
     * `booking`, `move`, `cancellation`: the moment of the act. `start`, `end`: of the appointment.
     * `last-visit`: the end of a completed visit that no later one has followed.
     */
    anchor: z.enum(['booking', 'move', 'cancellation', 'start', 'end', 'last-visit']),
    /** From the anchor; negative is before. Days and weeks keep the local time. `repeat` is the service's own interval. */
    offset: z.union([z.literal('repeat'), duration]),
    /** In order of preference; the client's own preference comes first where it is among them. */
    channels: z.array(channel).min(1),
    /** `completed`: only if the visit took place. `nothing-booked`: only if the client has no appointment ahead. `unconfirmed`: only if the client has not confirmed. */
    when: z.array(z.enum(['completed', 'nothing-booked', 'unconfirmed'])).default([]),
    /** Marketing needs consent by channel and carries one-click unsubscribing. */
    purpose: z.enum(['service', 'marketing']),
    /** Whether it waits for the end of quiet hours; what answers the client's own act does not. */
    quiet: z.enum(['respect', 'ignore']).default('respect'),
  })
  .refine((touchpoint) => touchpoint.offset !== 'repeat' || touchpoint.anchor === 'last-visit', {
    path: ['offset'],
    error: '`repeat` goes with the anchor `last-visit`',
  })
  .refine((touchpoint) => touchpoint.template !== 'come-back' || touchpoint.purpose === 'marketing', {
    path: ['purpose'],
    error: 'an invitation to come back is marketing',
  });
export type Touchpoint = z.output<typeof touchpointSchema>;

export const defaultJourney = [
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
    offset: '-P1D',
    channels: ['email', 'sms'],
    purpose: 'service',
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
    offset: 'PT2H',
    channels: ['email', 'sms'],
    when: ['completed'],
    purpose: 'service',
  },
  {
    id: 'come-back',
    template: 'come-back',
    anchor: 'last-visit',
    offset: 'repeat',
    channels: ['email', 'sms'],
    when: ['completed', 'nothing-booked'],
    purpose: 'marketing',
  },
] satisfies z.input<typeof touchpointSchema>[];

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
      /** How long a freed time is kept for whoever it is offered to. */
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

/** The journey as a whole, in the order in which it is shown. */
export const journeySchema = z
  .array(touchpointSchema)
  .max(50)
  .refine((touchpoints) => unique(touchpoints), 'has an id twice');

const unique = <T extends { id: string }>(rows: readonly T[]): boolean =>
  new Set(rows.map((row) => row.id)).size === rows.length;
const twice = 'has an id twice';

/** What services are grouped by. */
export const categorySchema = z.object({ id: slug, name: localised });

/** The whole file. Every reference in it must lead somewhere. */
export const catalogueSchema = z
  .object({
    settings: settingsSchema,
    locations: z.array(locationSchema).min(1).refine(unique, twice),
    staff: z.array(staffSchema).refine(unique, twice),
    categories: z.array(categorySchema).refine(unique, twice),
    services: z.array(serviceSchema).refine(unique, twice),
    resources: z.array(resourceSchema).refine(unique, twice).default([]),
    journey: journeySchema.prefault(defaultJourney),
    templates: z.array(templateSchema).refine(unique, twice).default([]),
  })
  .superRefine((catalogue, context) => {
    const locations = new Set(catalogue.locations.map((location) => location.id));
    const services = new Set(catalogue.services.map((service) => service.id));
    const categories = new Set(catalogue.categories.map((category) => category.id));
    const kinds = new Set(catalogue.resources.map(({ kind }) => kind));
    const staff = new Set(catalogue.staff.map(({ id }) => id));
    const known = (set: Set<string>, kind: string, id: string, path: (string | number)[]) => {
      if (!set.has(id))
        context.addIssue({
          code: 'custom',
          path,
          message: `there is no ${kind} ${id}; known: ${[...set].join(', ')}`,
          params: { allowed: [...set] },
        });
    };
    catalogue.staff.forEach((person, index) => {
      person.locations.forEach((id, i) => {
        known(locations, 'location', id, ['staff', index, 'locations', i]);
      });
      person.skills.forEach((id, i) => {
        known(services, 'service', id, ['staff', index, 'skills', i]);
      });
      for (const id of Object.keys(person.hours))
        known(new Set(person.locations), 'location of this person', id, ['staff', index, 'hours', id]);
    });
    catalogue.resources.forEach((resource, index) => {
      known(locations, 'location', resource.location, ['resources', index, 'location']);
    });
    catalogue.services.forEach((service, index) => {
      known(categories, 'category', service.category, ['services', index, 'category']);
      service.locations?.forEach((id, i) => {
        known(locations, 'location', id, ['services', index, 'locations', i]);
      });
      service.needs.forEach((kind, i) => {
        known(kinds, 'room or equipment of the kind', kind, ['services', index, 'needs', i]);
      });
      if (service.timetable && !service.seats)
        context.addIssue({
          code: 'custom',
          path: ['services', index, 'timetable'],
          message: 'goes with `seats` only: other services are booked at any free time',
        });
      service.timetable?.forEach((lesson, i) => {
        known(locations, 'location', lesson.location, ['services', index, 'timetable', i, 'location']);
        known(staff, 'person', lesson.staff, ['services', index, 'timetable', i, 'staff']);
      });
      if (service.price.currency !== catalogue.settings.currency)
        context.addIssue({
          code: 'custom',
          path: ['services', index, 'price', 'currency'],
          message: `must be ${catalogue.settings.currency}, the business's currency`,
          params: { allowed: [catalogue.settings.currency] },
        });
    });
  });
export type Catalogue = z.output<typeof catalogueSchema>;
export type CatalogueFile = z.input<typeof catalogueSchema>;

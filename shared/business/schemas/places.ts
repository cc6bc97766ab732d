import * as z from 'zod';
import { email, language, localDate, requiredLine, slug, zone } from '../../platform/fields.ts';
import { dateRange, retired, weeklyHours } from './shared.ts';

export const locationSchema = z
  .object({
    id: slug,
    name: requiredLine(80),
    zone,
    address: requiredLine(200),
    phone: requiredLine(30).optional(),
    /** Manager who is told at once of a low score. */
    manager: z.object({ email, language }),
    hours: weeklyHours,
    /** Taken out of the hours. */
    breaks: weeklyHours.default({}),
    holidays: z
      .array(z.object({ date: localDate, name: requiredLine(80) }))
      .max(200)
      .default([]),
    /** Link by which everyone is invited to review in public; the same link for every client, whatever the score. */
    publicReviewUrl: z.url({ protocol: /^https$/ }).optional(),
    retired,
  })
  .meta({ id: 'Location' });
export type Location = z.output<typeof locationSchema>;

/** A room or a piece of equipment. Two appointments never have it at once. */
export const resourceSchema = z
  .object({
    id: slug,
    name: requiredLine(80),
    /** The kind, as services ask for it: `treatment-room` or `laser`: any free one of the kind will do. */
    kind: slug,
    /** Its location; it does not change. */
    location: slug,
    /** Under repair, or lent. */
    closed: z.array(dateRange).max(200).default([]),
    retired,
  })
  .meta({ id: 'Resource' });
export type Resource = z.output<typeof resourceSchema>;

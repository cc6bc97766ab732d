import * as z from 'zod';
import { money, slug, wallTime } from '../../platform/fields.ts';
import { weekdays } from '../../platform/time/time.ts';
import { localised, retired } from './shared.ts';

const distinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/** A weekly time at which a group lesson is given, by the location's clock. */
const lessonSchema = z.object({
  location: slug,
  staff: slug,
  weekday: z.enum(weekdays),
  time: wallTime.refine((time) => time !== '24:00', 'must be before the end of the day: 00:00 of the next weekday'),
});

export const serviceSchema = z
  .object({
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
    /** Locations that offer it; absent: everywhere. */
    locations: z.array(slug).min(1).optional(),
    /** Kinds of rooms and equipment that are taken along with the person, one of each. */
    needs: z.array(slug).max(4).refine(distinct, 'must not name a kind twice').default([]),
    /** A group lesson: so many seats at one time, with one person. Absent: for one client at a time. */
    seats: z.int().min(2).max(100).optional(),
    /** Timetable of the lesson; absent: whenever the person is free. Only for services with seats. */
    timetable: z.array(lessonSchema).min(1).max(200).optional(),
    retired,
  })
  .meta({ id: 'Service' });
export type Service = z.output<typeof serviceSchema>;

/** Groups services. */
export const categorySchema = z.object({ id: slug, name: localised }).meta({ id: 'Category' });

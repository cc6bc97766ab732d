import * as z from 'zod';
import { language, localDate, requiredLine, wallTime } from '../../platform/fields.ts';
import { weekdays } from '../../platform/time/time.ts';

/** A text in some of the languages; where one is missing the business's first language stands in. */
export const localised = z
  .partialRecord(language, requiredLine(200))
  .refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language');
export type Localised = z.output<typeof localised>;

/** `until` at or before `from` means the next day. */
export const period = z.object({ from: wallTime, until: wallTime });
export type Period = z.output<typeof period>;

export const weeklyHours = z.partialRecord(z.enum(weekdays), z.array(period).max(6));
export type WeeklyHours = z.output<typeof weeklyHours>;

/** Whole local days, both included. */
export const dateRange = z
  .object({ from: localDate, until: localDate })
  .refine((range) => range.from <= range.until, { path: ['until'], error: 'must not be before `from`' });

/** A retired thing keeps its row, so that old appointments keep their names; nothing new is booked with it. */
export const retired = z.boolean().default(false);

/** Whether no two rows have one id. */
export const unique = <T extends { id: string }>(rows: readonly T[]): boolean =>
  new Set(rows.map((row) => row.id)).size === rows.length;
export const twice = 'has an id twice';

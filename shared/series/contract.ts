import * as z from 'zod';
import { moment, status, visitInput, visitService } from '../booking/contract.ts';
import { forWhom, newOneShares, oneClient } from '../clients/input.ts';
import { notifyInput, overrideInput } from '../diary/override.ts';
import { either, id, instantText, localDate, paragraph, slug, wallTime, zone } from '../platform/fields.ts';
import { bodyErrors, idempotencyErrors, roles, route, staffErrors } from '../platform/http/contract.ts';
import { weekdays } from '../platform/time/time.ts';
import { seriesConflict } from './problems.ts';

/** DynamoDB commits at most 100 items at once, and each appointment takes itself and a page of the diary. */
export const maxInSeries = 48;

const end = {
  count: z
    .int()
    .min(2)
    .max(1_000)
    .optional()
    .meta({ description: `Appointments in all. At most ${maxInSeries}; fewer where each takes several diaries.` }),
  until: localDate.optional().meta({ description: 'The last day on which one may be. Either this or `count`.' }),
};
const interval = z.int().min(1).max(12).default(1);
const endsOnce = either('count', 'until');

const ruleInput = z.discriminatedUnion('every', [
  z
    .object({
      every: z.literal('weeks'),
      interval,
      weekdays: z
        .array(z.enum(weekdays))
        .min(1)
        .max(7)
        .refine((days) => new Set(days).size === days.length, 'must name each weekday once')
        .optional()
        .meta({
          description:
            'On which weekdays of such a week, which begins on Monday; the first appointment’s must be one. Absent: on that.',
        }),
      ...end,
    })
    .refine(...endsOnce)
    .meta({ id: 'WeeklyRule' }),
  z
    .object({
      every: z.literal('months'),
      interval,
      week: z
        .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal('last')])
        .optional()
        .meta({
          description:
            'On which of the month’s Tuesdays, or whatever the first one’s weekday is. A month without a fifth has none. Absent, as `day` is: as the first one; of a fifth, the last.',
        }),
      day: z
        .union([z.int().min(1).max(31), z.literal('last')])
        .optional()
        .meta({
          description:
            'On which day of the month, whatever weekday that is; the first appointment’s must be it. A month that is too short has none: `last` is the last day of every month. Instead of `week`.',
        }),
      ...end,
    })
    .refine(...endsOnce)
    .refine(({ week, day }) => week === undefined || day === undefined, {
      path: ['day'],
      error: 'goes without `week`: either of them says which day it is',
    })
    .meta({ id: 'MonthlyRule' }),
]);

const plan = {
  ...visitInput,
  rule: ruleInput,
  skip: z.array(localDate).max(100).default([]).meta({ description: 'Days of the rule on which there is none.' }),
  at: z
    .array(z.object({ date: localDate, startsAt: moment }))
    .max(100)
    .default([])
    .meta({ description: 'Another time for single days of the rule.' }),
  override: overrideInput,
  notify: notifyInput,
};

const seriesCheckInput = z.object(plan);
export type SeriesCheckInput = z.output<typeof seriesCheckInput>;

const seriesInput = z
  .object({
    ...plan,
    ...forWhom,
    notes: paragraph(500).optional(),
  })
  .refine(...oneClient)
  .refine(...newOneShares);
export type SeriesInput = z.output<typeof seriesInput>;

const conflict = z.object({
  code: z.enum(['time_taken', 'time_unavailable', 'time_missing']).meta({
    description:
      '`time_unavailable`: closed, a holiday, or nobody works then. `time_missing`: the clocks go forward over it.',
  }),
  nearest: z.array(z.object({ startsAt: z.string() })).meta({ description: 'Free times of that day.' }),
});

const placed = {
  startsAt: z.string().meta({ description: 'With the offset of the location; without where the clock skips it.' }),
  endsAt: instantText.optional(),
  staff: z.array(slug).optional(),
  conflict: conflict.optional().meta({ description: 'Absent: free.' }),
};

export const seriesAnswer = z
  .object({
    id,
    version: z.int(),
    clientId: id,
    locationId: slug,
    zone,
    rule: ruleInput.meta({ description: 'As it was booked; single appointments may have moved since.' }),
    occurrences: z.array(
      z.object({
        appointmentId: id,
        index: z.int(),
        status,
        startsAt: instantText,
        endsAt: instantText,
        services: z.array(visitService),
      }),
    ),
  })
  .meta({ id: 'Series' });

export const checkSeries = route({
  id: 'checkSeries',
  method: 'POST',
  path: '/v1/series/check',
  tag: 'series',
  caller: roles,
  body: seriesCheckInput,
  summary: 'Every appointment that a rule would make, free or not and why; changes nothing',
  description: 'Clock changes keep the local time. Staff may book beyond the horizon and off the step.',
  status: 200,
  answer: z.object({
    zone,
    free: z.boolean().meta({ description: 'Whether all of them are.' }),
    occurrences: z.array(z.object({ date: localDate, ...placed })),
  }),
  errors: [...staffErrors, 'unprocessable', ...bodyErrors],
});

export const bookSeries = route({
  id: 'bookSeries',
  method: 'POST',
  path: '/v1/series',
  tag: 'series',
  caller: roles,
  body: seriesInput,
  idempotency: 'required',
  summary: 'Book repeating appointments: all of them or none',
  description:
    'When some can’t be booked the answer is `series_conflict` with all of them and free times of the same day; ask again with these days in `skip` or with another time in `at`. The client gets one confirmation, with all dates.',
  status: 201,
  answer: seriesAnswer,
  errors: [...staffErrors, 'unprocessable', ...bodyErrors, ...idempotencyErrors, seriesConflict, 'busy'],
});

const seriesParams = z.object({ seriesId: id });

export const getSeries = route({
  id: 'getSeries',
  method: 'GET',
  path: '/v1/series/{seriesId}',
  tag: 'series',
  caller: roles,
  params: seriesParams,
  summary: 'Repeating appointments, all of them as they stand',
  status: 200,
  answer: seriesAnswer,
  errors: [...staffErrors, 'not_found'],
});

const scope = {
  scope: z.enum(['one', 'rest', 'all']).meta({
    description:
      '`rest`: the one named and those that come after it in time. What has begun, ended or been cancelled stays as it is.',
  }),
  appointmentId: id.optional().meta({ description: 'For `one` and `rest`.' }),
};
const namesOne = (input: { scope: string; appointmentId?: string | undefined }): boolean =>
  (input.scope === 'all') === (input.appointmentId === undefined);
const namesOneFault = { path: ['appointmentId'], error: 'goes with `one` and `rest`, and is needed there' };

const cancelSeriesInput = z.object({ ...scope, notify: notifyInput }).refine(namesOne, namesOneFault);
export type CancelSeriesInput = z.output<typeof cancelSeriesInput>;

export const cancelSeries = route({
  id: 'cancelSeries',
  method: 'POST',
  path: '/v1/series/{seriesId}/cancel',
  tag: 'series',
  caller: roles,
  params: seriesParams,
  body: cancelSeriesInput,
  summary: 'Cancel one of repeating appointments, the rest, or all',
  description:
    'At once where they fit into one transaction, else one portion after another; doing it again goes on. The client gets one message, with all dates; where it ended halfway, one of what was cancelled then and one of the rest.',
  status: 200,
  answer: seriesAnswer,
  errors: [...staffErrors, 'unprocessable', ...bodyErrors, 'not_found', 'status_conflict', 'busy'],
});

const moveSeriesInput = z
  .object({
    ...scope,
    time: wallTime
      .refine((time) => time !== '24:00', 'must be a time as HH:MM')
      .optional()
      .meta({ description: 'By the location’s clock; absent: each keeps its own.' }),
    days: z.int().min(-180).max(180).default(0).meta({ description: 'So many days later, or earlier.' }),
    services: visitInput.services.optional().meta({ description: 'In place of what was booked.' }),
    override: overrideInput,
    notify: notifyInput,
    skip: z.array(id).max(100).default([]).meta({ description: 'Appointments that stay as they are.' }),
    check: z.boolean().default(false).meta({ description: 'Tells what would come of it and changes nothing.' }),
  })
  .refine(namesOne, namesOneFault);
export type MoveSeriesInput = z.output<typeof moveSeriesInput>;

export const moveSeries = route({
  id: 'moveSeries',
  method: 'POST',
  path: '/v1/series/{seriesId}/move',
  tag: 'series',
  caller: roles,
  params: seriesParams,
  body: moveSeriesInput,
  summary: 'Move one of repeating appointments, the rest, or all: every one of them or none',
  description:
    'Each keeps its own local time or gets the new one. When some can’t move the answer is `series_conflict` and none has; name those in `skip` to leave them where they are. The client gets one message, with all dates that move.',
  status: 200,
  answer: z.object({
    moved: z.boolean().meta({ description: '`false` after a mere check.' }),
    occurrences: z.array(z.object({ appointmentId: id, ...placed })),
  }),
  errors: [...staffErrors, 'unprocessable', ...bodyErrors, 'not_found', 'status_conflict', seriesConflict, 'busy'],
});

export const seriesRoutes = [checkSeries, bookSeries, getSeries, cancelSeries, moveSeries] as const;

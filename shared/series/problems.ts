import * as z from 'zod';
import { defineProblem } from '../platform/http/problems.ts';

const conflicts = z
  .array(
    z.object({
      date: z.string(),
      startsAt: z.string(),
      code: z.string(),
      nearest: z.array(z.object({ startsAt: z.string() })),
      appointmentId: z.string().optional(),
    }),
  )
  .meta({ description: 'Of repeating appointments: each that can’t be had, why, and free times of that day.' });

export const seriesConflict = defineProblem(
  'series_conflict',
  409,
  'Some of these times are not available; nothing was changed',
  { conflicts },
);

import * as z from 'zod';
import { requiredLine, slug } from '../../platform/fields.ts';
import { dateRange, retired, weeklyHours } from './shared.ts';

/** Asked for in place of a person's id where it does not matter who performs a service. */
export const anyone = 'anyone';

export const staffSchema = z
  .object({
    id: slug.refine((id) => id !== anyone, `must not be ${anyone}: that is how clients ask for nobody in particular`),
    name: requiredLine(80),
    /** Locations of the person; the first is home: its zone is the zone of the person's diary, and it does not change. */
    locations: z.array(slug).min(1).max(20),
    /** Ids of the services that the person performs. */
    skills: z.array(slug).max(300),
    /** Own hours by location; where absent, the location's. */
    hours: z.record(slug, weeklyHours).default({}),
    daysOff: z.array(dateRange).max(200).default([]),
    retired,
  })
  .meta({ id: 'StaffMember' });
export type StaffMember = z.output<typeof staffSchema>;

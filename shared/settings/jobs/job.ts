import type { FormattedValue } from 'dynamodb-toolbox/schema';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { string } from 'dynamodb-toolbox/schema/string';
import type { Job as AnyJob } from '../../background/jobs/job.ts';

/** Fields of the settings' jobs beside those of every job. */
export const details = item({
  /** For `replan` and `rezone`: local days, both included, at each of the locations. */
  days: map({ locations: list(string()), from: string(), until: string() }).optional(),
  /** For `replan`: the touchpoints that may have another time now, or none. */
  touchpoints: list(string()).optional(),
  /** For `replan`: all schedules are gone, those of deadlines and of deferred messages too. */
  unscheduled: boolean().optional(),
  /** For `rezone`; without a location where the rules of zones have changed. */
  zone: map({ locationId: string().optional(), keep: string().enum('localTime', 'instant') }).optional(),
  /** For `cancel`. */
  appointments: list(string()).optional(),
});

/** Work on what is booked already that a change of settings, or the adoption of a table, starts. */
export type Job = AnyJob & { kind: 'cancel' | 'replan' | 'rezone' } & FormattedValue<typeof details>;

import { startJob } from '../../background/jobs/wiring.ts';
import { createCatalogueEditor } from '../../business/editor.ts';
import { lateMarking } from '../../journey/rules/plan.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { addDays, day } from '../../platform/time/time.ts';
import { daysAhead } from '../affected.ts';
import { replanning } from '../consequences.ts';
import { settingsJobs } from './kinds.ts';

/** A visit that is marked so late still has its messages, which may wait for the morning. */
const lateDays = Math.ceil(lateMarking / day);

/**
 * Starts a job that plans anew all that a schedule does for what is booked: for a table whose schedules are gone, as
 * after it was restored. Messages due later are planned once, and so are those that wait for the end of quiet hours;
 * others that were due before are not sent. Released times that waited for the morning are offered; appointments that were
 * not confirmed in time and offers of the waiting list end as they should have. Answers the job's id. Throws
 * CatalogueMissing.
 */
export const replanEverything = async (deps: { table: RegularsTable; now: Clock; random: Random }): Promise<string> => {
  const { table, now, random } = deps;
  const { catalogue } = await createCatalogueEditor(deps).load();
  const again = replanning({ ...catalogue, journey: [] }, catalogue);
  const at = now();
  const days = daysAhead(at);
  const id = newId(random);
  await startJob(table, settingsJobs, {
    ...{ id, kind: 'replan', why: 'restore', at, by: 'system', roles: [], round: 1 },
    touchpoints: again?.touchpoints ?? [],
    unscheduled: true,
    days: {
      locations: catalogue.locations.map((location) => location.id),
      from: addDays(days.from, -(lateDays + (again?.daysBack ?? 0))),
      until: days.until,
    },
  });
  return id;
};

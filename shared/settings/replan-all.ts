import { createDirectory } from '../business/directory.ts';
import { createCatalogueEditor } from '../business/editor.ts';
import type { Clock } from '../platform/clock.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table.ts';
import { addDays } from '../platform/time.ts';
import { transact } from '../platform/transact.ts';
import { replanning } from './consequences.ts';
import { createJobStore } from './store.ts';
import { daysAhead } from './touched.ts';

/**
 * Starts a job that plans anew all that a schedule does for what is booked: for a table whose schedules are gone, as
 * after it was restored. Messages due later are planned once, those due before are not sent; appointments that were not
 * confirmed in time and offers of the waiting list end as they should have. Answers the job's id. Throws
 * CatalogueMissing.
 */
export const replanEverything = async (deps: { table: RegularsTable; now: Clock; random: Random }): Promise<string> => {
  const { table, now, random } = deps;
  const { catalogue, revision } = await createCatalogueEditor(deps).load();
  const again = replanning({ ...catalogue, journey: [] }, catalogue);
  const at = now();
  const days = daysAhead(createDirectory(catalogue, revision), at);
  const id = newId(random);
  const job = createJobStore(table).create({
    ...{ id, kind: 'replan', why: 'restore', at, by: 'system', roles: [], round: 1 },
    touchpoints: again?.touchpoints ?? [],
    deadlines: true,
    days: {
      locations: catalogue.locations.map((location) => location.id),
      from: addDays(days.from, -(again?.daysBack ?? 0)),
      until: days.until,
    },
  });
  if (!(await transact(table, [job])).committed) throw new Error('The table is busy; try again in a moment');
  return id;
};

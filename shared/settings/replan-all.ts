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
 * Starts a job that plans the messages of all that is booked anew: for a table whose schedules are gone, as after it
 * was restored. What is due later is planned once; what was due before is not sent. Answers the job's id, or nothing
 * where the journey has nothing to plan. Throws CatalogueMissing.
 */
export const replanEverything = async (deps: {
  table: RegularsTable;
  now: Clock;
  random: Random;
}): Promise<string | undefined> => {
  const { table, now, random } = deps;
  const { catalogue, revision } = await createCatalogueEditor(deps).load();
  const again = replanning({ ...catalogue, journey: [] }, catalogue);
  if (!again) return undefined;
  const at = now();
  const days = daysAhead(createDirectory(catalogue, revision), at);
  const id = newId(random);
  const job = createJobStore(table).create({
    ...{ id, kind: 'replan', why: 'restore', at, by: 'system', roles: [], round: 1 },
    touchpoints: again.touchpoints,
    days: {
      locations: catalogue.locations.map((location) => location.id),
      from: addDays(days.from, -again.daysBack),
      until: days.until,
    },
  });
  if (!(await transact(table, [job])).committed) throw new Error('The table is busy; try again in a moment');
  return id;
};

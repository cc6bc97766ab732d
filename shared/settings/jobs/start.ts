import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import { createJobStore, type Job } from './store.ts';

/** Starts a job by itself, not as part of a change. */
export const startJob = async (table: RegularsTable, job: Job): Promise<void> => {
  if (!(await transact(table, [createJobStore(table).create(job)])).committed)
    throw new Error('The table is busy; try again in a moment');
};

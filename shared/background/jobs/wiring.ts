import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { OutboxBatch } from '../kinds.ts';
import type { Follower } from '../stream.ts';
import type { Job, JobKinds } from './job.ts';
import { createJobs } from './progress.ts';
import { createJobFollower, createPieceRunner } from './run.ts';
import { createJobStore } from './store.ts';

/** Makes a job part of the change that it follows from: it begins once that is committed. */
export const jobCreationFor = <J extends Job>({ table }: { table: RegularsTable }, kinds: JobKinds<J>) => {
  const { create } = createJobStore(table, kinds);
  return create;
};

/** Starts a job by itself, not as part of a change. */
export const startJob = async <J extends Job>(table: RegularsTable, kinds: JobKinds<J>, job: J): Promise<void> => {
  if (!(await transact(table, [createJobStore(table, kinds).create(job)])).committed)
    throw new Error('The table is busy; try again in a moment');
};

/** The jobs of a capability as staff follow, resume and stop them. */
export const jobsFor = <J extends Job>(deps: Parameters<typeof createJobs<J>>[0], kinds: JobKinds<J>) =>
  createJobs(deps, createJobStore(deps.table, kinds), kinds);

/** Does the pieces of a capability's jobs, each once it falls due. */
export const pieceRunnerFor = <J extends Job>(deps: { table: RegularsTable; now: Clock }, kinds: JobKinds<J>) =>
  createPieceRunner(createJobStore(deps.table, kinds), kinds, deps.now);

/** Starts the pieces of jobs; takes of each capability that has any, the kinds. */
export const jobFollowersFor = (
  { table, outbox }: { table: RegularsTable; outbox: OutboxBatch },
  registry: readonly JobKinds[],
): Follower[] => registry.map((kinds) => createJobFollower(createJobStore(table, kinds), kinds, outbox));

import type { JobKinds } from '../../background/jobs/job.ts';
import { createJobs } from '../../background/jobs/progress.ts';
import { pieceName, piecesOf } from './pieces.ts';
import { createJobStore, type Job } from './store.ts';

export const settingsJobs: JobKinds<Job> = {
  piecesOf,
  pieceName,
  // Whoever plans messages may hold the catalogue as it was for a minute, and a batch of the stream may take another; a
  // booking that began before the change is in after half a minute.
  delaySeconds: { cancel: 0, replan: 120, rezone: 30 },
};

/** Jobs of the settings as staff follow them. */
export const settingsJobsFor = (deps: Parameters<typeof createJobs<Job>>[0]) =>
  createJobs(deps, createJobStore(deps.table), settingsJobs);
export type SettingsJobs = ReturnType<typeof settingsJobsFor>;

import type { JobKinds } from '../../background/jobs/job.ts';
import { details, type Job } from './job.ts';
import { pieceName, piecesOf } from './pieces.ts';

/** Stores, cuts and starts jobs of the settings. */
export const settingsJobs: JobKinds<Job> = {
  details,
  piecesOf,
  pieceName,
  // Whoever plans messages may hold the catalogue as it was for a minute, and a batch of the stream may take another; a
  // booking that began before the change is in after half a minute.
  delaySeconds: { cancel: 0, replan: 120, rezone: 30 },
};

import type { Actor, Audit } from '../../audit/audit.ts';
import { Problem } from '../../platform/http/problems.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { type TransactionWrite, transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { isoUtc } from '../../platform/time/time.ts';
import type { Job, JobKinds, JobStore } from './job.ts';

/** Jobs as staff follow, resume and stop them. */
export const createJobs = <J extends Job>(
  deps: { table: RegularsTable; audit: Pick<Audit, 'writes'>; now: Clock },
  store: JobStore<J>,
  { piecesOf }: Pick<JobKinds<J>, 'piecesOf'>,
) => {
  const { table, audit, now } = deps;

  const progress = async (id: string) => {
    const job = await store.get(id);
    if (!job) throw new Problem('not_found', { detail: 'There is no such job; they are kept for 90 days.' });
    const [total, done] = [piecesOf(job).length, await store.done(id)];
    const finished = done.length >= total;
    return {
      id,
      kind: job.kind as J['kind'],
      why: job.why,
      startedAt: isoUtc(job.at),
      total,
      done: done.length,
      ...(finished ? { finishedAt: isoUtc(Math.max(job.at, ...done.map(({ at }) => at))) } : {}),
      ...(!finished && job.stoppedAt !== undefined ? { stoppedAt: isoUtc(job.stoppedAt) } : {}),
      // A block of several days stays on each of them.
      conflicts: [...new Set(done.flatMap(({ conflicts = [] }) => conflicts))],
    };
  };

  /** Commits the change of the job with its entry in the audit. */
  const commit = async (
    by: Actor,
    action: string,
    { id, kind }: { id: string; kind: string },
    write: TransactionWrite,
  ) => {
    const entry = audit.writes(by, { at: now(), action, subject: `jobs/${id}`, details: { kind } });
    const { committed } = await transact(table, [write, ...entry]);
    if (!committed) throw new Problem('busy', { retryAfter: 2 });
    return progress(id);
  };

  return {
    progress,

    /** Starts again what is not done, also of a job that was stopped. Throws not_found, busy. */
    async resume(by: Actor, id: string) {
      const found = await progress(id);
      if (found.finishedAt) return found;
      return commit(by, 'job.resumed', found, store.nextRound(id));
    },

    /** The pieces that are left do nothing; what is done stays. Throws not_found, busy. */
    async stop(by: Actor, id: string) {
      const found = await progress(id);
      if (found.finishedAt || found.stoppedAt) return found;
      return commit(by, 'job.stopped', found, store.stop(id, now()));
    },
  };
};
export type Jobs<J extends Job = Job> = ReturnType<typeof createJobs<J>>;

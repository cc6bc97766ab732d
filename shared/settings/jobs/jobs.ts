import type { OutboxBatch } from '../../background/kinds.ts';
import type { Follower } from '../../background/stream.ts';
import { jobEntityName } from '../../entities.ts';
import { Problem } from '../../platform/http/problems.ts';
import { isoUtc } from '../../platform/time/time.ts';
import { pieceName, piecesOf } from './pieces.ts';
import type { Job, JobStore } from './store.ts';

/**
 * Seconds until the work begins. Whoever plans messages may hold the catalogue as it was for a minute, and a batch of
 * the stream may take another; a booking that began before the change is in after half a minute.
 */
const delays: Record<Job['kind'], number> = { cancel: 0, replan: 120, rezone: 30 };

/** Puts the pieces of a job into the outbox once the stream tells that it is committed, or that it shall go on. */
export const createJobFollower = (store: JobStore, outbox: OutboxBatch): Follower<Job> => ({
  entity: jobEntityName,
  parse: store.parse,
  async changed(before, after) {
    if (!after || (before && before.round >= after.round)) return;
    const done = new Set(before ? (await store.done(after.id)).map(({ piece }) => piece) : []);
    const left = piecesOf(after).filter((piece) => !done.has(pieceName(piece)));
    await outbox.sendAll(left, before ? 0 : delays[after.kind]);
  },
});

/** Jobs as staff follow them. */
export const createJobs = (store: JobStore) => {
  const progress = async (id: string) => {
    const job = await store.get(id);
    if (!job) throw new Problem('not_found', { detail: 'There is no such job; they are kept for 90 days.' });
    const [total, done] = [piecesOf(job).length, await store.done(id)];
    const finished = done.length >= total;
    return {
      id,
      kind: job.kind,
      why: job.why,
      startedAt: isoUtc(job.at),
      total,
      done: done.length,
      ...(finished ? { finishedAt: isoUtc(Math.max(job.at, ...done.map(({ at }) => at))) } : {}),
      // A block of several days stays on each of them.
      conflicts: [...new Set(done.flatMap(({ conflicts = [] }) => conflicts))],
    };
  };
  return {
    progress,
    async resume(id: string) {
      const found = await progress(id);
      if (!found.finishedAt) await store.nextRound(id);
      return found;
    },
  };
};
export type Jobs = ReturnType<typeof createJobs>;

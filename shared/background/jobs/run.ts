import { jobEntityName } from '../../entities.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { OutboxBatch } from '../kinds.ts';
import type { Follower } from '../stream.ts';
import type { Job, JobKinds, JobStore, Piece } from './job.ts';

/** Puts the pieces of a job into their queue once the stream tells that it is committed, or that it shall go on. */
export const createJobFollower = <J extends Job>(
  store: Pick<JobStore<J>, 'parse' | 'done'>,
  { piecesOf, pieceName, delaySeconds }: JobKinds<J>,
  outbox: OutboxBatch,
): Follower<J> => ({
  entity: jobEntityName,
  parse: store.parse,
  async changed(before, after) {
    if (!after || (before && before.round >= after.round)) return;
    // A record may come again, even a day later: what is done by then is not done again.
    const done = new Set((await store.done(after.id)).map(({ piece }) => piece));
    const left = piecesOf(after).filter((piece) => !done.has(pieceName(piece)));
    await outbox.sendAll(left, before ? 0 : delaySeconds[after.kind as J['kind']]);
  },
});

/**
 * Does a piece and marks it as done, unless that has happened, or its job is gone or was stopped; `work` answers the
 * conflicts that it left.
 */
export const createPieceRunner =
  <J extends Job>(
    store: Pick<JobStore<J>, 'get' | 'isDone' | 'setDone'>,
    { pieceName }: Pick<JobKinds<J>, 'pieceName'>,
    now: Clock,
  ) =>
  async (message: Piece, work: (job: J) => Promise<string[]>): Promise<'done' | 'gone' | 'stopped'> => {
    const job = await store.get(message.jobId);
    if (!job) return 'gone';
    if (job.stoppedAt !== undefined) return 'stopped';
    const piece = pieceName(message);
    if (await store.isDone(job.id, piece)) return 'done';
    const conflicts = await work(job);
    await store.setDone(job.id, { piece, at: now(), conflicts });
    return 'done';
  };

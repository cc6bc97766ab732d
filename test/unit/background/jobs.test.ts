import { item } from 'dynamodb-toolbox/schema/item';
import { string } from 'dynamodb-toolbox/schema/string';
import { describe, expect, it } from 'vitest';
import type { Job, JobKinds } from '../../../shared/background/jobs/job.ts';
import { createJobFollower } from '../../../shared/background/jobs/run.ts';
import { createJobStore } from '../../../shared/background/jobs/store.ts';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import { createTable } from '../../../shared/platform/table/table.ts';
import { settingsJobs } from '../../../shared/settings/jobs/kinds.ts';

const table = createTable('table');

/** As it lies in tables, and must be read for ever. */
const stored = {
  ...{ pk: 'JOB#j1', sk: 'JOB', entity: 'Job', expiresAt: 1_803_600_000 },
  ...{ id: 'j1', kind: 'replan', why: 'journey', at: 1_795_824_000_000, by: 'ann', roles: ['owner'], round: 1 },
  touchpoints: ['reminder'],
  days: { locations: ['brooklyn'], from: '2026-11-22', until: '2026-11-23' },
};

/** Jobs that a second capability might have. */
const merging: JobKinds<Job & { kind: 'merge'; client?: string | undefined }> = {
  details: item({ client: string().optional() }),
  piecesOf: ({ id, client = '' }) => [{ kind: 'cancel-touched', jobId: id, appointmentId: client }],
  pieceName: () => 'merge',
  delaySeconds: { merge: 7 },
};
const { days: _days, touchpoints: _touchpoints, ...common } = stored;
const merge = { ...common, id: 'j2', pk: 'JOB#j2', kind: 'merge', client: 'nadia' };

describe('jobs of several capabilities', () => {
  it('have attributes of their own beside those of every job', () => {
    const { pk, sk, entity, expiresAt, ...job } = stored;
    expect([pk, sk, entity, expiresAt]).toEqual(['JOB#j1', 'JOB', 'Job', 1_803_600_000]);
    const store = createJobStore(table, settingsJobs);
    expect(store.parse(stored)).toMatchObject(job);
    expect(store.create({ ...job, kind: 'replan' }).params()).toMatchObject({ Put: { Item: stored } });
    expect(createJobStore(table, merging).parse(merge)).toMatchObject({ kind: 'merge', client: 'nadia' });
  });

  it('are those of their own capability only', () => {
    expect(createJobStore(table, settingsJobs).parse(merge)).toBeUndefined();
    expect(createJobStore(table, merging).parse(stored)).toBeUndefined();
  });

  /** What is put into the queue when the stream tells of a job. */
  const startedBy = async <J extends Job>(image: Record<string, unknown>, kinds: JobKinds<J>, done: string[] = []) => {
    const sent: [OutboxMessage, number][] = [];
    const outbox = {
      sendAll: async (messages: readonly OutboxMessage[], seconds: number) =>
        void sent.push(...messages.map((each): [OutboxMessage, number] => [each, seconds])),
    };
    const store = { ...createJobStore(table, kinds), done: async () => done.map((piece) => ({ piece, at: 1 })) };
    const { parse, changed } = createJobFollower(store, kinds, outbox);
    const job = parse(image);
    if (job) await changed(undefined, job);
    return sent;
  };
  const piece = (date: string) => [{ kind: 'replan', jobId: 'j1', locationId: 'brooklyn', date }, 120];

  it('are started each as its capability cuts it', async () => {
    expect(await startedBy(stored, settingsJobs)).toEqual([piece('2026-11-22'), piece('2026-11-23')]);
    expect(await startedBy(merge, settingsJobs)).toEqual([]);
    expect(await startedBy(merge, merging)).toEqual([
      [{ kind: 'cancel-touched', jobId: 'j2', appointmentId: 'nadia' }, 7],
    ]);
  });

  it('are not done again where the stream tells of them once more', async () => {
    const [first] = settingsJobs.piecesOf(createJobStore(table, settingsJobs).parse(stored) as never);
    const done = first ? [settingsJobs.pieceName(first)] : [];
    expect(await startedBy(stored, settingsJobs, done)).toEqual([piece('2026-11-23')]);
  });
});

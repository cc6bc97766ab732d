import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import type { DonePiece } from '../../background/jobs/job.ts';
import { jobEntityName } from '../../entities.ts';
import { defineEntity, expiring, expiryAt, parserOf } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { WritePart } from '../../platform/table/transact.ts';
import { day, type Instant } from '../../platform/time/time.ts';

const partition = (jobId: string): string => `JOB#${jobId}`;

/** Work on what is booked already that a change of settings started. */
const jobEntity = defineEntity({
  name: jobEntityName,
  attributes: {
    id: string().key(),
    kind: string().enum('cancel', 'replan', 'rezone'),
    /** What was changed: `journey`, `locations/brooklyn`. */
    why: string(),
    at: number(),
    by: string(),
    roles: list(string()),
    /** Rises when the pieces that are not done shall start again. */
    round: number(),
    /** Absent in items from before jobs could be stopped, as in those that were not. */
    stoppedAt: number().optional(),
    /** Of `replan` and `rezone`: local days, both included, at each of the locations. */
    days: map({ locations: list(string()), from: string(), until: string() }).optional(),
    /** Of `replan`: the touchpoints that may have another time now, or none. */
    touchpoints: list(string()).optional(),
    /** Of `replan`: all schedules are gone: those of deadlines, and of what waits for the end of quiet hours, too. */
    unscheduled: boolean().optional(),
    /** Of `rezone`. */
    zone: map({ locationId: string(), keep: string().enum('localTime', 'instant') }).optional(),
    /** Of `cancel`. */
    appointments: list(string()).optional(),
    ...expiring,
  },
  key: ({ id }) => ({ pk: partition(id), sk: 'JOB' }),
});

/** A piece of a job that is done. */
const pieceEntity = defineEntity({
  name: 'JobPiece',
  attributes: {
    jobId: string().key(),
    piece: string().key(),
    at: number(),
    /** Ids of appointments and blocks that were left as they are. */
    conflicts: list(string()).optional(),
    ...expiring,
  },
  key: ({ jobId, piece }) => ({ pk: partition(jobId), sk: `DONE#${piece}` }),
});

export type Job = Omit<FormattedItem<ReturnType<typeof jobEntity>>, 'expiresAt'>;

const keptDays = 90;
const expiry = (at: Instant): number => expiryAt(at + keptDays * day);

export const createJobStore = (table: RegularsTable) => {
  const jobs = jobEntity(table);
  const pieces = pieceEntity(table);
  return {
    create: (job: Job): WritePart => jobs.build(PutTransaction).item({ ...job, expiresAt: expiry(job.at) }),

    async get(id: string): Promise<Job | undefined> {
      return (await jobs.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item;
    },

    async nextRound(id: string): Promise<void> {
      await jobs
        .build(UpdateItemCommand)
        .item({ id, round: $add(1), stoppedAt: $remove() })
        .options({ condition: { attr: 'id', exists: true } })
        .send();
    },

    stop: (id: string, at: Instant): WritePart =>
      jobs
        .build(UpdateTransaction)
        .item({ id, stoppedAt: at })
        .options({ condition: { attr: 'id', exists: true } }),

    /** Done twice is done. */
    async setDone(jobId: string, { piece, at, conflicts }: DonePiece): Promise<void> {
      await pieces
        .build(PutItemCommand)
        .item({ jobId, piece, at, ...(conflicts?.length ? { conflicts } : {}), expiresAt: expiry(at) })
        .send();
    },

    async done(jobId: string): Promise<DonePiece[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(pieces)
        .query({ partition: partition(jobId), range: { beginsWith: 'DONE#' } })
        .options({ consistent: true, maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },

    /** An item of the stream, unmarshalled. */
    parse: parserOf(jobs),
  };
};
export type JobStore = ReturnType<typeof createJobStore>;

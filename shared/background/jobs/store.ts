import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove } from 'dynamodb-toolbox/entity/actions/update';
import { list } from 'dynamodb-toolbox/schema/list';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { jobEntityName } from '../../entities.ts';
import { defineEntity, expiring, expiryAt, parserOf } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { day, type Instant } from '../../platform/time/time.ts';
import type { Job, JobKinds, JobStore } from './job.ts';

const partition = (jobId: string): string => `JOB#${jobId}`;

/** `details`: attributes that the jobs of a capability have beside those of every job. */
const jobEntity = (details: object) =>
  defineEntity({
    name: jobEntityName,
    attributes: {
      ...details,
      id: string().key(),
      kind: string(),
      /** Subject of the change: `journey`, `locations/brooklyn`. */
      why: string(),
      at: number(),
      by: string(),
      roles: list(string()),
      /** Rises when the pieces that are not done shall start again. */
      round: number(),
      /** Absent in items from before jobs could be stopped, as in those that were not. */
      stoppedAt: number().optional(),
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

const retentionDays = 90;
const expiry = (at: Instant): number => expiryAt(at + retentionDays * day);

/** Jobs of one capability: those of other kinds are as good as absent. */
export const createJobStore = <J extends Job>(
  table: RegularsTable,
  { details, delaySeconds }: Pick<JobKinds<J>, 'details' | 'delaySeconds'>,
): JobStore<J> => {
  const jobs = jobEntity(details.attributes)(table);
  const pieces = pieceEntity(table);
  const parse = parserOf(jobs);
  /** The entity has read the details by their schema, which the compiler does not follow. */
  const own = (found: Job | undefined): J | undefined =>
    found && Object.hasOwn(delaySeconds, found.kind) ? (found as J) : undefined;
  return {
    create: (job) => jobs.build(PutTransaction).item({ ...job, expiresAt: expiry(job.at) }),

    get: async (id) => own((await jobs.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item),

    nextRound: (id) =>
      jobs
        .build(UpdateTransaction)
        .item({ id, round: $add(1), stoppedAt: $remove() })
        .options({ condition: { attr: 'id', exists: true } }),

    stop: (id, at) =>
      jobs
        .build(UpdateTransaction)
        .item({ id, stoppedAt: at })
        .options({
          condition: {
            and: [
              { attr: 'id', exists: true },
              { attr: 'stoppedAt', exists: false },
            ],
          },
        }),

    async setDone(jobId, { piece, at, conflicts }) {
      await pieces
        .build(PutItemCommand)
        .item({ jobId, piece, at, ...(conflicts?.length ? { conflicts } : {}), expiresAt: expiry(at) })
        .send();
    },

    isDone: async (jobId, piece) =>
      (await pieces.build(GetItemCommand).key({ jobId, piece }).options({ consistent: true }).send()).Item !==
      undefined,

    async done(jobId) {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(pieces)
        .query({ partition: partition(jobId), range: { beginsWith: 'DONE#' } })
        .options({ consistent: true, maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },

    parse: (image) => own(parse(image)),
  };
};

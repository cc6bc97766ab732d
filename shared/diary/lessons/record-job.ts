import type { FormattedValue } from 'dynamodb-toolbox/schema';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { Job as AnyJob, JobKinds } from '../../background/jobs/job.ts';

const details = item({
  lesson: map({
    /** `appointment.moved`. */
    event: string(),
    entries: list(
      map({
        /** Id of the entry. */
        id: string(),
        appointmentId: string(),
        clientId: string(),
        /** From then on. */
        startsAt: number(),
        /** Before, where it leaves its day: who follows that day has to hear of it. */
        was: number().optional(),
      }),
    ),
  }).optional(),
});

/**
 * Work that a change of a whole lesson leaves to be done for each who comes: a transaction holds the appointments of a large
 * class, but not their entries as well.
 */
export type RecordJob = AnyJob & { kind: 'lesson' } & FormattedValue<typeof details>;

/** Each makes two writes at most, of the hundred that a transaction holds. */
export const entriesAtOnce = 45;

/** Stores, cuts and starts that work. */
export const lessonJobs: JobKinds<RecordJob> = {
  details,
  piecesOf: ({ id, lesson }) =>
    Array.from({ length: Math.ceil((lesson?.entries.length ?? 0) / entriesAtOnce) }, (_, portion) => ({
      kind: 'lesson-record',
      jobId: id,
      portion,
    })),
  pieceName: (piece) => (piece.kind === 'lesson-record' ? String(piece.portion) : ''),
  delaySeconds: { lesson: 0 },
};

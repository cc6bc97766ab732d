import type { Actor, Audit } from '../../audit/audit.ts';
import type { Appointment } from '../../booking/appointments/appointments.ts';
import { unprocessable } from '../../platform/http/problems.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import { type Instant, localDate } from '../../platform/time/time.ts';
import type { RecordJob } from './record-job.ts';

/** Act on a lesson, for the audit and the timelines. */
interface Act {
  name: 'changed' | 'cancelled';
  /** Type of the entries in the timelines. */
  event: string;
  lessonId: string;
  details: Record<string, string>;
}

/** DynamoDB commits at most 100 items at once; the answer to the Idempotency-Key is one. */
const maxWrites = 99;

/** Adds to the writes of an act on a lesson its entry in the audit, and the work on the timelines that follows. */
export const createRecording = (deps: {
  audit: Pick<Audit, 'writes'>;
  createJob: (job: RecordJob) => TransactionWrite;
  random: Random;
}) => {
  const { audit, createJob, random } = deps;

  const entryOf = ({ from, to }: { from: Appointment; to: Appointment }) => ({
    ...{ id: newId(random), appointmentId: to.id, clientId: to.clientId, startsAt: to.startsAt },
    ...(localDate(from.startsAt, from.zone) === localDate(to.startsAt, to.zone) ? {} : { was: from.startsAt }),
  });

  /** Throws unprocessable where all of it doesn't fit into a transaction. */
  return (
    by: Actor,
    at: Instant,
    { name, event, lessonId, details }: Act,
    changed: readonly { from: Appointment; to: Appointment }[],
    writes: readonly TransactionWrite[],
  ): TransactionWrite[] => {
    const subject = `lesson/${lessonId}`;
    const counted = { count: String(changed.length), ...details };
    const all = [
      ...writes,
      createJob({
        ...{ id: newId(random), kind: 'lesson', why: subject, at, by: by.id, roles: [], round: 1 },
        lesson: { event, entries: changed.map(entryOf) },
      }),
      ...audit.writes(by, { at, action: `lesson.${name}`, subject, details: counted }),
    ];
    if (all.length <= maxWrites) return all;
    const most = changed.length - (all.length - maxWrites);
    throw unprocessable('lessonId', `has too many bookings to change at once: at most ${most}`);
  };
};
export type Recording = ReturnType<typeof createRecording>;

import { pieceRunnerFor } from '../../background/jobs/wiring.ts';
import type { Consumers } from '../../background/kinds.ts';
import type { Appointments } from '../../booking/appointments/appointments.ts';
import type { Clients } from '../../clients/clients.ts';
import { inBatches } from '../../platform/batch.ts';
import { Problem } from '../../platform/http/problems.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { entriesAtOnce, lessonJobs } from './record-job.ts';

const readsAtOnce = 16;

/** Writes what a change of a whole lesson left to be written; what comes twice writes the same. */
export const lessonWork = (deps: {
  table: RegularsTable;
  clients: Pick<Clients, 'entry'>;
  appointments: Pick<Appointments, 'get' | 'unrecorded'>;
  now: Clock;
}): Pick<Consumers, 'lesson-record'> => {
  const { table, clients, appointments, now } = deps;
  const run = pieceRunnerFor(deps, lessonJobs);

  /** Tells the day that it has left, unless it has come back meanwhile. */
  const leave = async (id: string, was: number) => {
    const current = await appointments.get(id);
    return current ? appointments.unrecorded.leave({ ...current, startsAt: was }, current, now()) : [];
  };

  return {
    'lesson-record': (message) =>
      run(message, async ({ at, by, lesson }) => {
        const first = message.portion * entriesAtOnce;
        const entries = lesson?.entries.slice(first, first + entriesAtOnce) ?? [];
        const left = await inBatches(entries, readsAtOnce, async ({ appointmentId, was }) =>
          was === undefined ? [] : leave(appointmentId, was),
        );
        const written = entries.map(({ was: _, startsAt, ...entry }) =>
          clients.entry({ ...entry, at, type: lesson?.event ?? '', by, details: { startsAt } }),
        );
        const { committed } = await transact(table, [...written, ...left.flat()]);
        if (!committed) throw new Problem('busy', { retryAfter: 2 });
        return [];
      }),
  };
};

import { pieceRunnerFor } from '../../background/jobs/wiring.ts';
import type { Consumers } from '../../background/kinds.ts';
import { type Appointment, type Appointments, isAhead, open } from '../../booking/appointments/appointments.ts';
import { conflictsOf } from '../../booking/slots/still-fits.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Deadline } from '../../journey/confirm-deadline.ts';
import type { Reconcile } from '../../journey/reconcile.ts';
import type { DeferredReplan } from '../../journey/replan-deferred.ts';
import { inBatches } from '../../platform/batch.ts';
import { Problem } from '../../platform/http/problems.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { localDate } from '../../platform/time/time.ts';
import type { ZoneChange } from '../zone-change/move.ts';
import type { Job } from './job.ts';
import { settingsJobs } from './kinds.ts';
import type { OwnPiece } from './pieces.ts';

const appointmentsAtOnce = 8;

const isConflict = (error: unknown): boolean => error instanceof Problem && error.code === 'status_conflict';

/** Changes appointments that are booked already when the business changes; every piece may come twice. */
export const createWork = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'ofDay' | 'cancel'>;
  reconcile: Reconcile;
  deadline: Pick<Deadline, 'follow'>;
  replanDeferred: DeferredReplan;
  /** Plans the waiting list of a location anew: offers, and released times that wait for the morning. */
  replanOffers: (locationId: string) => Promise<void>;
  rezone: ZoneChange;
  table: RegularsTable;
  now: Clock;
}): Pick<Consumers, OwnPiece['kind']> => {
  const { catalogue, appointments, reconcile, deadline, replanDeferred, replanOffers, rezone, now } = deps;

  const run = pieceRunnerFor(deps, settingsJobs);

  /** By the catalogue as it stands. */
  const piece = (
    message: OwnPiece,
    work: (job: Job, catalogueIndex: CatalogueIndex) => Promise<string[]>,
  ): Promise<string> => run(message, async (job) => work(job, await catalogue.current()));

  /** Somebody may have moved it to where it fits, or changed the business back. */
  const stillMisfits = async (catalogueIndex: CatalogueIndex, appointment: Appointment): Promise<boolean> => {
    const { id, locationId, startsAt, zone } = appointment;
    const sameDay = await appointments.ofDay(locationId, localDate(startsAt, zone));
    const others = sameDay.filter((other) => other.id !== id && open.includes(other.status));
    return (conflictsOf(catalogueIndex, [...others, appointment]).get(id) ?? []).length > 0;
  };

  return {
    replan: (message) =>
      piece(message, async ({ touchpoints = [], unscheduled }, catalogueIndex) => {
        const ofDay = await appointments.ofDay(message.locationId, message.date);
        await inBatches(ofDay, appointmentsAtOnce, async (appointment) => {
          const { id, confirmBy } = appointment;
          await reconcile(catalogueIndex, id, touchpoints);
          if (!unscheduled) return;
          await replanDeferred(catalogueIndex, appointment);
          // Staff know what became of a visit that has begun unconfirmed.
          if (confirmBy !== undefined && isAhead(appointment, now())) await deadline.follow(id);
        });
        return [];
      }),

    'replan-offers': (message) =>
      piece(message, async () => {
        await replanOffers(message.locationId);
        return [];
      }),

    rezone: (message) =>
      piece(message, async ({ zone }, catalogueIndex) =>
        zone ? rezone(catalogueIndex, message.locationId, message.date, zone.keep) : [],
      ),

    'cancel-touched': (message) =>
      piece(message, async ({ by, roles }, catalogueIndex) => {
        const found = await appointments.get(message.appointmentId);
        if (!found || !isAhead(found, now()) || !(await stillMisfits(catalogueIndex, found))) return [];
        try {
          await appointments.cancel(found.id, { id: by, roles }, (current) => {
            if (!isAhead(current, now()) || current.startsAt !== found.startsAt) throw new Problem('status_conflict');
          });
        } catch (error) {
          if (!isConflict(error)) throw error;
        }
        return [];
      }),
  };
};

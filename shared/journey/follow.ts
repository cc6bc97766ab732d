import type { Outbox } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Follower } from '../background/stream.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { appointmentEntityName } from '../entities.ts';
import type { Clock } from '../platform/time/clock.ts';
import { createDeadline } from './confirm-deadline.ts';
import { createReconcile } from './reconcile.ts';
import {
  actBetween,
  isDueAtOnce,
  isImmediate,
  messageFor,
  planName,
  plannedFor,
  speaksForSeries,
} from './rules/plan.ts';

/** Keeps schedules and outbox in step with what becomes of appointments. */
export const createJourneyFollower = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'parse'>;
  schedules: Schedules;
  outbox: Outbox;
  now: Clock;
}): Follower<Appointment> => {
  const { catalogue, appointments, schedules, outbox, now } = deps;
  const reconcile = createReconcile(deps);
  const deadline = createDeadline({ ...deps, expire: (message) => outbox.send(message) });

  /** What an act on a series asks for later, also where the first of it, as it stands, has changed again already. */
  const planForSeries = async (
    catalogueIndex: CatalogueIndex,
    touchpoint: Touchpoint,
    before: Appointment | undefined,
    after: Appointment,
  ): Promise<void> => {
    if (touchpoint.anchor !== actBetween(before, after) || !speaksForSeries(touchpoint, after)) return;
    const due = plannedFor(catalogueIndex, touchpoint, after);
    if (due !== undefined) await schedules.put(planName(touchpoint, after), due, messageFor(touchpoint, after));
  };

  return {
    entity: appointmentEntityName,
    parse: appointments.parse,
    /** Records repeat and come late, so schedules follow the appointment as it stands. */
    async changed(before, after) {
      if (!after) return;
      await deadline.changed(before, after);
      const catalogueIndex = await catalogue.recent();
      for (const touchpoint of catalogueIndex.journey) {
        if (isDueAtOnce(catalogueIndex, touchpoint, before, after, now()))
          await outbox.send(messageFor(touchpoint, after));
        else await planForSeries(catalogueIndex, touchpoint, before, after);
      }
      const isReplanned = (touchpoint: Touchpoint) =>
        before?.sequence !== after.sequence ||
        plannedFor(catalogueIndex, touchpoint, before) !== plannedFor(catalogueIndex, touchpoint, after);
      if (!catalogueIndex.journey.some(isReplanned)) return;
      const planned = catalogueIndex.journey.filter((each) => !isImmediate(each)).map(({ id }) => id);
      await reconcile(catalogueIndex, after.id, planned, !before);
    },
  };
};

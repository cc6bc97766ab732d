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
import { actOf } from './rules/applies.ts';
import {
  actBetween,
  hasSchedule,
  isDueAtOnce,
  messageFor,
  planName,
  plannedFor,
  speaksForSeries,
} from './rules/plan.ts';
import { settleDelay } from './rules/settle.ts';

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

  /** Plans what an act on a series asks for later, also where the first of it, as it stands, has changed again already. */
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
    /**
     * Records repeat and come late, so schedules follow the appointment as it stands. What goes at once is enqueued last:
     * if planning fails and the record comes again, nothing of it is in the queue twice.
     */
    async changed(before, after) {
      if (!after) return;
      await deadline.changed(before, after);
      const catalogueIndex = await catalogue.recent();
      const { journey } = catalogueIndex;
      const atOnce = journey.filter((each) => isDueAtOnce(catalogueIndex, each, before, after, now()));
      for (const touchpoint of journey) {
        if (!atOnce.includes(touchpoint)) await planForSeries(catalogueIndex, touchpoint, before, after);
      }
      const isReplanned = (touchpoint: Touchpoint) =>
        before?.sequence !== after.sequence ||
        plannedFor(catalogueIndex, touchpoint, before) !== plannedFor(catalogueIndex, touchpoint, after);
      if (journey.some(isReplanned)) {
        const planned = journey.filter((each) => hasSchedule(each, after)).map(({ id }) => id);
        await reconcile(catalogueIndex, after.id, planned, { sequence: after.sequence, isNew: !before });
      }
      const delay = settleDelay(catalogueIndex, after, now());
      await Promise.all(
        atOnce.map((each) => outbox.send(messageFor(each, after), actOf(each) === undefined ? 0 : delay)),
      );
    },
  };
};

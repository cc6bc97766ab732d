import type { Schedules } from '../../../shared/background/schedules.ts';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import type { CatalogueIndex } from '../../../shared/business/catalogue-index.ts';
import { hasSchedule, messageFor, planName, plannedFor } from '../../../shared/journey/rules/plan.ts';
import { inBatches } from '../../../shared/platform/batch.ts';
import type { Instant } from '../../../shared/platform/time/time.ts';

const atOnce = 8;

/** Plans the messages that lie ahead, as the stream would have: reminders, and what comes weeks after a visit. */
export const planAhead = async (
  schedules: Pick<Schedules, 'put'>,
  index: CatalogueIndex,
  appointments: readonly Appointment[],
  now: Instant,
): Promise<void> => {
  const planned = appointments.flatMap((appointment) =>
    index.journey
      .filter((touchpoint) => hasSchedule(touchpoint, appointment))
      .map((touchpoint) => ({ touchpoint, appointment, due: plannedFor(index, touchpoint, appointment) ?? now })),
  );
  const ahead = planned.filter(({ due }) => due > now);
  await inBatches(ahead, atOnce, ({ touchpoint, appointment, due }) =>
    schedules.put(planName(touchpoint, appointment), due, messageFor(touchpoint, appointment)),
  );
};

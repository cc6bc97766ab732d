import { queueHandler } from '../../shared/background/consumer.ts';
import type { BackgroundKind, Consumers } from '../../shared/background/kinds.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { journeyReplanFor } from '../../shared/journey/wiring.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { createJobStore } from '../../shared/settings/jobs/store.ts';
import { createWork } from '../../shared/settings/jobs/work.ts';
import { rezoneFor } from '../../shared/settings/zone-change/wiring.ts';
import { createOffersReplan } from '../../shared/waiting-list/follow.ts';
import { waitingFor, waitingOffersFor } from '../../shared/waiting-list/wiring.ts';
import { schedules } from '../clients.ts';
import { foundation } from '../environment.ts';

/** What falls due beside messages: the waiting list, appointments that nobody confirmed, jobs of the settings. */
const consumers = once((): Consumers<BackgroundKind> => {
  const base = { ...foundation(), schedules: schedules() };
  const appointments = appointmentsFor(base);
  const { freed, ended, freedAgain } = waitingOffersFor(base);
  const unconfirmed: Consumers['unconfirmed'] = async ({ appointmentId, sequence }) =>
    (await appointments.lapse(appointmentId, sequence)) ? 'lapsed' : 'gone';
  return {
    ...createWork({
      ...base,
      appointments,
      ...journeyReplanFor({ ...base, appointments, lapse: unconfirmed }),
      replanOffers: createOffersReplan({ ...base, store: waitingFor(base), end: ended, freedAgain }),
      rezone: rezoneFor(base),
      jobs: createJobStore(base.table),
    }),
    unconfirmed,
    freed,
    'offer-ended': ended,
  };
});

export const handler = queueHandler(createTelemetry('background'), consumers);

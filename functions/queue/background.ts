import type { Consumers } from '../../shared/background/kinds.ts';
import type { Schedules } from '../../shared/background/schedules.ts';
import { appointmentsFor, rezoneFor } from '../../shared/booking/routes.ts';
import { journeyReplanFor } from '../../shared/journey/wiring.ts';
import type { Compose } from '../../shared/messages/outgoing.ts';
import type { Dispatch } from '../../shared/messages/send/dispatch.ts';
import { createJobStore } from '../../shared/settings/jobs/store.ts';
import { createWork } from '../../shared/settings/jobs/work.ts';
import { createOffersReplan } from '../../shared/waiting-list/follow.ts';
import { sendOfferFor, waitingFor, waitingOffersFor } from '../../shared/waiting-list/wiring.ts';
import { foundationWithLinks } from '../links.ts';

/** What falls due beside messages: the waiting list, appointments that nobody confirmed, jobs of the settings. */
export const work = (deps: {
  schedules: Schedules;
  compose: Compose;
  dispatch: Dispatch;
  publicUrl: string;
}): Omit<Consumers, 'touchpoint' | 'low-score' | 'text-reply'> => {
  const base = { ...foundationWithLinks(), ...deps };
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
    'waiting-offer': sendOfferFor(base),
  };
};

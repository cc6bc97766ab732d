import type { Consumers } from '../../shared/background/kinds.ts';
import type { Schedules } from '../../shared/background/schedules.ts';
import { appointmentsFor, rezoneFor } from '../../shared/booking/routes.ts';
import { createDeadline } from '../../shared/journey/confirm-deadline.ts';
import { createPutOff } from '../../shared/journey/deferred.ts';
import { createFollow } from '../../shared/journey/plan.ts';
import type { Letters } from '../../shared/messages/letter.ts';
import type { Door } from '../../shared/messages/send/dispatch.ts';
import { createMessageStore } from '../../shared/messages/send/store.ts';
import { createJobStore } from '../../shared/settings/jobs/store.ts';
import { createWork } from '../../shared/settings/jobs/work.ts';
import { createOffersReplan } from '../../shared/waiting-list/follow.ts';
import { createOfferDelivery } from '../../shared/waiting-list/offers/offer-message.ts';
import { standingOffers, waitingFor, waitingOffersFor } from '../../shared/waiting-list/wiring.ts';
import { foundationWithLinks } from '../links.ts';

/** What falls due beside messages: the waiting list, appointments that nobody confirmed, jobs of the settings. */
export const work = (deps: {
  schedules: Schedules;
  letters: Letters;
  door: Door;
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
      follow: createFollow({ ...base, appointments }),
      deadline: createDeadline({ ...base, appointments, lapse: unconfirmed }),
      putOff: createPutOff({ ...base, messages: createMessageStore(base.table) }),
      replanOffers: createOffersReplan({ ...base, store: waitingFor(base), end: ended, freedAgain }),
      rezone: rezoneFor(base),
      jobs: createJobStore(base.table),
    }),
    unconfirmed,
    freed,
    'offer-ended': ended,
    'waiting-offer': createOfferDelivery({ ...base, offers: standingOffers(base) }),
  };
};

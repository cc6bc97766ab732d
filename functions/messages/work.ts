import { appointmentsFor, rezoneFor } from '../../shared/booking/booking.ts';
import { standingOffers, waitingFor, waitingOffersFor } from '../../shared/booking/waiting-for.ts';
import { createOffersReplan } from '../../shared/booking/waiting-plan.ts';
import { createDeadline } from '../../shared/messages/deadline.ts';
import type { Door } from '../../shared/messages/door.ts';
import type { Letters } from '../../shared/messages/letters.ts';
import type { Consumers } from '../../shared/messages/outbox.ts';
import { createFollow } from '../../shared/messages/plan.ts';
import { createPutOff } from '../../shared/messages/put-off.ts';
import type { Schedules } from '../../shared/messages/schedules.ts';
import { createMessageStore } from '../../shared/messages/store.ts';
import { createOfferDelivery } from '../../shared/messages/waiting-offer.ts';
import { createJobStore } from '../../shared/settings/store.ts';
import { createWork } from '../../shared/settings/work.ts';
import { foundation } from '../environment.ts';

/** What falls due beside messages: the waiting list, appointments that nobody confirmed, jobs of the settings. */
export const work = (deps: {
  schedules: Schedules;
  letters: Letters;
  door: Door;
  publicUrl: string;
}): Omit<Consumers, 'touchpoint' | 'low-score' | 'text-reply'> => {
  const base = { ...foundation(), ...deps };
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

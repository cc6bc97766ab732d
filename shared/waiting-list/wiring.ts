import type { Outbox } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Appointments } from '../booking/appointments/appointments.ts';
import { createAppointments } from '../booking/appointments/appointments.ts';
import { createAvailability } from '../booking/placement/availability.ts';
import { createFinder } from '../booking/placement/placement.ts';
import { type AppointmentDeps, diaryPages } from '../booking/wiring.ts';
import { createOnce } from '../platform/idempotent.ts';
import { createWaitingAnswers } from './answers.ts';
import { createOffersReplan, createWaitingFollowers } from './follow.ts';
import { createJoin } from './join.ts';
import { createWaitingOffers } from './offers/offers.ts';
import { createWaitingStore, type Waiting } from './store.ts';

export type { Waiting };

/** Those who wait, for the capabilities that follow them. */
export const waitingFor = ({ table }: Pick<AppointmentDeps, 'table'>) => createWaitingStore(table);

/** What clients and staff do with the waiting list. */
export const waitingListFor = (deps: AppointmentDeps) => {
  const { table, catalogue, now } = deps;
  const pages = diaryPages(deps);
  const store = createWaitingStore(table);
  const appointments = createAppointments({ ...deps, pages });
  return {
    store,
    join: createJoin({
      ...deps,
      store,
      availability: createAvailability(catalogue, pages, now),
      once: createOnce(deps),
    }),
    answers: createWaitingAnswers({ ...deps, appointments, store, pages, find: createFinder(pages) }),
  };
};

/** What offers freed times. */
export const waitingOffersFor = (
  deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now' | 'random'> & { schedules: Schedules },
) => {
  const pages = diaryPages(deps);
  return createWaitingOffers({ ...deps, store: waitingFor(deps), pages, find: createFinder(pages) });
};

/** What plans the offers of a location anew, where the stack has changed. */
export const offersReplanFor = (deps: Parameters<typeof waitingOffersFor>[0]) => {
  const { ended, freedAgain } = waitingOffersFor(deps);
  return createOffersReplan({ ...deps, store: waitingFor(deps), end: ended, freedAgain });
};

/** What the waiting list makes of the table's stream. */
export const waitingFollowersFor = (
  deps: Pick<AppointmentDeps, 'table' | 'now'> & {
    appointments: Pick<Appointments, 'parse'>;
    outbox: Outbox;
    schedules: Schedules;
  },
) => createWaitingFollowers({ ...deps, store: waitingFor(deps) });

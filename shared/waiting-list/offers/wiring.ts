import type { Outbox } from '../../background/kinds.ts';
import type { Schedules } from '../../background/schedules.ts';
import type { Appointments } from '../../booking/appointments/appointments.ts';
import { createFinder } from '../../booking/placement/placement.ts';
import { type AppointmentDeps, diaryPages } from '../../booking/wiring.ts';
import { createOffersReplan, createWaitingFollowers } from '../follow.ts';
import { createWaitingStore } from '../store.ts';
import { createWaitingOffers } from './offers.ts';

/** What offers released times. */
export const waitingOffersFor = (
  deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now' | 'random'> & { schedules: Schedules },
) => {
  const pages = diaryPages(deps);
  return createWaitingOffers({ ...deps, store: createWaitingStore(deps.table), pages, find: createFinder(pages) });
};

/** What plans the offers of a location anew, where the stack has changed. */
export const offersReplanFor = (deps: Parameters<typeof waitingOffersFor>[0]) => {
  const { ended, releasedAgain } = waitingOffersFor(deps);
  return createOffersReplan({ ...deps, store: createWaitingStore(deps.table), end: ended, releasedAgain });
};

/** What the waiting list makes of the table's stream. */
export const waitingFollowersFor = (
  deps: Pick<AppointmentDeps, 'table' | 'now'> & {
    appointments: Pick<Appointments, 'parse'>;
    outbox: Outbox;
    schedules: Schedules;
  },
) => createWaitingFollowers({ ...deps, store: createWaitingStore(deps.table) });

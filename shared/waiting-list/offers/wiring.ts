import type { Outbox } from '../../background/kinds.ts';
import type { Schedules } from '../../background/schedules.ts';
import type { Appointments } from '../../booking/appointments/appointments.ts';
import { createFinder } from '../../booking/placement/placement.ts';
import { type AppointmentDeps, diaryPages } from '../../booking/wiring.ts';
import { createOffersReplan, createWaitingFollowers } from '../follow.ts';
import { createFreeThen } from '../line/free-then.ts';
import { rankFor } from '../line/wiring.ts';
import { createWaitingStore } from '../store.ts';
import { createAskAll, createTurn } from './ask-all.ts';
import { createAsked } from './asked.ts';
import { createOffersBySettings } from './by-settings.ts';
import { createWaitingOffers } from './offers.ts';
import { createReserve } from './reserve.ts';
import { createSettingsFollower } from './settings-row.ts';

/** Stores of the times that were free when somebody joined, and of who has been asked of which release. */
const askedFor = ({ table }: Pick<AppointmentDeps, 'table'>) => ({
  freeThen: createFreeThen(table),
  asked: createAsked(table),
});

/** Offers released times. */
export const waitingOffersFor = (deps: AppointmentDeps & { schedules: Schedules }) => {
  const [store, pages] = [createWaitingStore(deps.table), diaryPages(deps)];
  const all = { ...deps, ...askedFor(deps), store, pages };
  const reserve = createReserve({ ...all, find: createFinder(pages), rank: rankFor(deps) });
  const inTurn = createTurn();
  const askAll = createAskAll({ ...all, reserve, inTurn });
  return {
    ...createWaitingOffers({ ...all, reserve, askAll, inTurn }),
    bySettings: createOffersBySettings({ ...all, askAll }),
  };
};

/** Plans the offers of a location anew, where the stack has changed. */
export const offersReplanFor = (deps: Parameters<typeof waitingOffersFor>[0]) => {
  const { ended, releasedAgain } = waitingOffersFor(deps);
  return createOffersReplan({ ...deps, store: createWaitingStore(deps.table), end: ended, releasedAgain });
};

/** Followers of the table's stream for the waiting list. */
export const waitingFollowersFor = (
  deps: Pick<AppointmentDeps, 'table' | 'now'> & {
    appointments: Pick<Appointments, 'parse'>;
    outbox: Outbox;
    schedules: Schedules;
  },
) => [
  ...createWaitingFollowers({ ...deps, store: createWaitingStore(deps.table) }),
  createSettingsFollower(deps.outbox),
];

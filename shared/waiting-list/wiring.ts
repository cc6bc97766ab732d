import type { Outbox } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Appointments } from '../booking/appointments/appointments.ts';
import { createFinder } from '../booking/placement/placement.ts';
import { type AppointmentDeps, diaryPages } from '../booking/wiring.ts';
import type { Compose } from '../messages/outgoing.ts';
import type { Dispatch } from '../messages/send/dispatch.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { createWaitingFollowers } from './follow.ts';
import { createOfferMessage } from './message.ts';
import { createWaitingOffers } from './offers/offers.ts';
import { createSendOffer } from './offers/send-offer.ts';
import { createWaitingStore, type Waiting } from './store.ts';

export type { Waiting };

/** Those who wait, for the capabilities that follow them. */
export const waitingFor = ({ table }: Pick<AppointmentDeps, 'table'>) => createWaitingStore(table);

/** What offers freed times; the outbox's consumer calls it. */
export const waitingOffersFor = (
  deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now' | 'random'> & { schedules: Schedules },
) => {
  const pages = diaryPages(deps);
  return createWaitingOffers({ ...deps, store: waitingFor(deps), pages, find: createFinder(pages) });
};

/** What tells those who wait of a time that is kept for them; the outbox's consumer calls it. */
export const sendOfferFor = (
  deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now'> & {
    tokens: Tokens;
    publicUrl: string;
    compose: Compose;
    dispatch: Dispatch;
  },
) => createSendOffer({ ...deps, store: waitingFor(deps), messageOf: createOfferMessage(deps) });

/** What the waiting list makes of the table's stream. */
export const waitingFollowersFor = (
  deps: Pick<AppointmentDeps, 'table' | 'now'> & {
    appointments: Pick<Appointments, 'parse'>;
    outbox: Outbox;
    schedules: Schedules;
  },
) => createWaitingFollowers({ ...deps, store: waitingFor(deps) });

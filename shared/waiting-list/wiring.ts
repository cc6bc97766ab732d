import type { Schedules } from '../background/schedules.ts';
import { createFinder } from '../booking/placement/placement.ts';
import { type AppointmentDeps, diaryPages } from '../booking/routes.ts';
import type { Offer } from '../messages/letter.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { StandingOffers } from './offers/offer-message.ts';
import { createWaitingOffers } from './offers/offers.ts';
import { offerNow } from './rules.ts';
import { createWaitingStore, type Waiting } from './store.ts';
import { waitingToken } from './view.ts';

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

/** What those who wait are told of. */
export const standingOffers = (
  deps: Pick<AppointmentDeps, 'table'> & { tokens: Tokens; publicUrl: string; now: Clock },
): StandingOffers => {
  const { tokens, publicUrl, now } = deps;
  const store = waitingFor(deps);
  return {
    async find({ entryId, offerId }): Promise<Offer | undefined> {
      const waiting = await store.get(entryId);
      const offer = waiting && offerNow(waiting, now());
      if (!waiting || offer?.id !== offerId) return undefined;
      const { clientId, contact, locationId, zone, services } = waiting;
      return {
        id: offer.id,
        clientId,
        contact,
        locationId,
        zone,
        startsAt: offer.startsAt,
        services: services.map((id, index) => ({ id, staffId: offer.staff[index] ?? '' })),
        link: `${publicUrl}/w/${await waitingToken(tokens, waiting)}`,
        until: offer.expiresAt,
      };
    },
  };
};

import * as z from 'zod';
import type { Outbox, OutboxMessage } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Follower } from '../background/stream.ts';
import type { Appointment } from '../booking/appointments/appointments.ts';
import { appointmentEntityName, blockEntityName, waitingEntityName } from '../entities.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Interval, subtract } from '../platform/time/intervals.ts';
import { offerSchedule } from './offers/offers.ts';
import { givenUp } from './rules.ts';
import type { Offer, Waiting, WaitingStore } from './store.ts';

interface EndDeps {
  schedules: Pick<Schedules, 'put'>;
  /** Ends an offer whose time to decide is over already. */
  end: (message: Extract<OutboxMessage, { kind: 'offer-ended' }>) => Promise<unknown>;
  now: Clock;
}

/** Has an offer end when it shall. Whoever is told to end it looks at it again. */
const planEnd = async (entryId: string, { id: offerId, expiresAt }: Offer, deps: EndDeps): Promise<void> => {
  const { schedules, end, now } = deps;
  const message = { kind: 'offer-ended', entryId, offerId } as const;
  if (expiresAt > now()) await schedules.put(offerSchedule(offerId), expiresAt, message);
  else await end(message);
};

/**
 * Where the schedules of a location are gone: plans anew how its offers end and when the times that were released at night
 * are offered. What should have been meanwhile is done at once. Harmless when it comes twice.
 */
export const createOffersReplan =
  (
    deps: EndDeps & {
      store: Pick<WaitingStore, 'atLocation'>;
      releasedAgain: (locationId: string) => Promise<void>;
    },
  ) =>
  async (locationId: string): Promise<void> => {
    await deps.releasedAgain(locationId);
    for (const { id, status, offer } of await deps.store.atLocation(locationId)) {
      if (status === 'offered' && offer) await planEnd(id, offer, deps);
    }
  };

const blockDay = z.object({
  entity: z.literal(blockEntityName),
  locationId: z.string(),
  from: z.number(),
  until: z.number(),
});
type BlockDay = z.output<typeof blockDay>;

/** What the waiting list makes of committed changes. */
export const createWaitingFollowers = (deps: {
  appointments: { parse(image: Record<string, unknown>): Appointment };
  store: Pick<WaitingStore, 'parse'>;
  outbox: Outbox;
  schedules: Schedules;
  now: Clock;
}): Follower[] => {
  const { outbox, schedules, now } = deps;

  const announce = async (locationId: string, freed: readonly Interval[]): Promise<void> => {
    for (const { from, until } of freed) {
      if (until > now()) await outbox.send({ kind: 'freed', locationId, from, until });
    }
  };

  /** Cancelled, moved, made shorter: what it took is free; of a lesson with fewer seats, some of it. */
  const ofAppointments: Follower<Appointment> = {
    entity: appointmentEntityName,
    parse: deps.appointments.parse,
    async changed(before, after) {
      if (!before || !after) return;
      const isFewer = (after.seats ?? 1) < (before.seats ?? 1);
      await announce(before.locationId, givenUp(before.occupies, isFewer ? [] : after.occupies, now()));
    },
  };

  /** A location's day of a block: gone, or moved with the zone; what it took and takes no more is free. */
  const ofBlocks: Follower<BlockDay> = {
    entity: blockEntityName,
    parse: (image) => blockDay.safeParse(image).data,
    async changed(before, after) {
      if (before) await announce(before.locationId, subtract([before], after ? [after] : []));
    },
  };

  /** Tells the client of a new offer and plans its end; time that an offer kept and that was not booked is free. */
  const ofEntries: Follower<Waiting> = {
    entity: waitingEntityName,
    parse: deps.store.parse,
    async changed(before, after) {
      if (!after) return;
      const { id: entryId, status, offer } = after;
      if (status === 'offered' && offer && offer.id !== before?.offer?.id) {
        await planEnd(entryId, offer, { schedules, end: (message) => outbox.send(message), now });
        await outbox.send({ kind: 'waiting-offer', entryId, offerId: offer.id });
      }
      if (before?.status !== 'offered' || !before.offer) return;
      if (status !== 'offered') await schedules.remove(offerSchedule(before.offer.id));
      if (offer?.id !== before.offer.id) await announce(before.locationId, givenUp(before.offer.occupies, [], now()));
    },
  };

  return [ofAppointments, ofBlocks, ofEntries];
};

import * as z from 'zod';
import type { Outbox, OutboxMessage } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Follower } from '../background/stream.ts';
import type { Appointment } from '../booking/appointments/appointments.ts';
import { resourceOwnerId } from '../booking/slots/owner.ts';
import { addressProofEntityName, appointmentEntityName, blockEntityName, waitingEntityName } from '../entities.ts';
import { id } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import { subtract } from '../platform/time/intervals.ts';
import { isAwaitingProof } from './line/ahead.ts';
import { offerSchedule } from './offers/offers.ts';
import { givenUp, type ReleasedTime } from './rules.ts';
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
 * Repairs a location whose schedules are gone: plans anew how its offers end and when the times that were released at night
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
  id,
  at: z.number(),
  staffId: z.string().optional(),
  resourceId: z.string().optional(),
  locationId: z.string(),
  from: z.number(),
  until: z.number(),
});
type BlockDay = z.output<typeof blockDay>;

const withSeats = (times: Offer['occupies'], seats: number | undefined) => times.map((time) => ({ ...time, seats }));

const addressProof = z.object({ entity: z.literal(addressProofEntityName), clientId: id });
type AddressProof = z.output<typeof addressProof>;

/** Consequences of committed changes for the waiting list. */
export const createWaitingFollowers = (deps: {
  appointments: { parse(image: Record<string, unknown>): Appointment };
  store: Pick<WaitingStore, 'parse'>;
  outbox: Outbox;
  schedules: Schedules;
  now: Clock;
}): Follower[] => {
  const { outbox, schedules, now } = deps;

  /** `gap`: the act that released it. */
  const announce = async (
    locationId: string,
    gap: string | undefined,
    freed: readonly ReleasedTime[],
  ): Promise<void> => {
    for (const { from, until, times } of freed) {
      if (until > now()) await outbox.send({ kind: 'freed', locationId, from, until, times, ...(gap ? { gap } : {}) });
    }
  };

  /** Pressed in a message: the address is the client's own. Cancelled, moved, made shorter: what it took is free; of a lesson with fewer seats, some of it. */
  const ofAppointments: Follower<Appointment> = {
    entity: appointmentEntityName,
    parse: deps.appointments.parse,
    async changed(before, after) {
      if (after?.proven && after.proven !== before?.proven)
        await outbox.send({ kind: 'address-proven', clientId: after.clientId });
      if (!before || !after) return;
      const gap = `${before.id}.${before.version}`;
      const freed = givenUp(withSeats(before.occupies, before.seats), after.occupies, now());
      const fewer = (before.seats ?? 1) - (after.seats ?? 1);
      const seats = fewer > 0 && freed.length === 0 ? givenUp(withSeats(before.occupies, fewer), [], now()) : [];
      await announce(before.locationId, gap, [...freed, ...seats]);
    },
  };

  /** A location's day of a block: gone, or moved with the zone; what it took and takes no more is free. */
  const ofBlocks: Follower<BlockDay> = {
    entity: blockEntityName,
    parse: (image) => blockDay.safeParse(image).data,
    async changed(before, after) {
      if (!before) return;
      const { staffId, resourceId } = before;
      const ownerId = resourceId === undefined ? (staffId ?? '') : resourceOwnerId(resourceId);
      const times = subtract([before], after ? [after] : []).map((time) => ({ ownerId, ...time }));
      await announce(before.locationId, `${before.id}.${before.at}`, givenUp(times, [], now()));
    },
  };

  /** Whether the client has to hear of the place on the list: of a new one, and of one from before that needs a proof. */
  const isNews = (before: Waiting | undefined, { status, ranking }: Waiting): boolean => {
    if (status !== 'waiting' && status !== 'offered') return false;
    if (ranking === 'unproven') return before?.ranking !== 'unproven';
    return ranking === 'ranks' && (before === undefined || before.ranking === 'parked');
  };

  /** A press for one place counts for those of whom no link was sent, too. A first proof of the address is told by `ofProofs`. */
  const tellOfPress = async (before: Waiting | undefined, after: Waiting): Promise<void> => {
    if (!before?.proven || !isAwaitingProof(before) || isAwaitingProof(after)) return;
    await outbox.send({ kind: 'address-proven', clientId: after.clientId, onlyParked: true });
  };

  /** Tells the client of the place on the list, and of a new offer, and plans its end; time that an offer kept and that was not booked is free. */
  const ofEntries: Follower<Waiting> = {
    entity: waitingEntityName,
    parse: deps.store.parse,
    async changed(before, after) {
      if (!after) return;
      const { id: entryId, status, offer } = after;
      if (isNews(before, after)) await outbox.send({ kind: 'waiting-joined', entryId });
      await tellOfPress(before, after);
      if (status === 'offered' && offer && offer.id !== before?.offer?.id) {
        await planEnd(entryId, offer, { schedules, end: (message) => outbox.send(message), now });
        await outbox.send({ kind: 'waiting-offer', entryId, offerId: offer.id });
      }
      if (before?.status !== 'offered' || !before.offer) return;
      if (status !== 'offered') await schedules.remove(offerSchedule(before.offer.id));
      if (offer?.id === before.offer.id) return;
      const { occupies, gap } = before.offer;
      await announce(before.locationId, gap, givenUp(withSeats(occupies, before.seats), [], now()));
    },
  };

  /** Proofs are put once. */
  const ofProofs: Follower<AddressProof> = {
    entity: addressProofEntityName,
    parse: (image) => addressProof.safeParse(image).data,
    async changed(before, after) {
      if (!before && after) await outbox.send({ kind: 'address-proven', clientId: after.clientId });
    },
  };

  return [ofAppointments, ofBlocks, ofEntries, ofProofs];
};

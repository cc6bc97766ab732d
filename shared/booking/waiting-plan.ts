import type { Outbox } from '../messages/outbox.ts';
import type { Schedules } from '../messages/schedules.ts';
import type { Clock } from '../platform/clock.ts';
import type { Block } from './blocks.ts';
import type { Interval } from './intervals.ts';
import type { Appointment } from './store.ts';
import { offerSchedule } from './waiting-offers.ts';
import { givenUp } from './waiting-rules.ts';
import type { Waiting } from './waiting-store.ts';

/**
 * What the waiting list makes of committed changes; fed by the table's stream. Records repeat: whoever gets what is
 * sent here looks again.
 */
export const createWaitingPlan = (deps: { outbox: Outbox; schedules: Schedules; now: Clock }) => {
  const { outbox, schedules, now } = deps;

  const tell = async (locationId: string, freed: readonly Interval[]): Promise<void> => {
    for (const { from, until } of freed) {
      if (until > now()) await outbox.send({ kind: 'freed', locationId, from, until });
    }
  };

  return {
    /** Cancelled, moved, made shorter: what it took is free. */
    appointmentChanged: async (before: Appointment | undefined, after: Appointment): Promise<void> => {
      if (before) await tell(before.locationId, givenUp(before.occupies, after.occupies, now()));
    },

    blockRemoved: ({
      locationId,
      from,
      until,
    }: Pick<Block, 'from' | 'until'> & { locationId: string }): Promise<void> => tell(locationId, [{ from, until }]),

    /** Of a new offer the client hears, and it ends; what an offer kept and did not become a booking is free. */
    async waitingChanged(before: Waiting | undefined, after: Waiting): Promise<void> {
      const { id: entryId, status, offer } = after;
      if (status === 'offered' && offer && offer.id !== before?.offer?.id) {
        const named = { entryId, offerId: offer.id };
        const ending = { kind: 'offer-ended', ...named } as const;
        if (offer.expiresAt > now()) await schedules.put(offerSchedule(offer.id), offer.expiresAt, ending);
        else await outbox.send(ending);
        await outbox.send({ kind: 'waiting-offer', ...named });
      }
      if (before?.status !== 'offered' || !before.offer) return;
      if (status !== 'offered') await schedules.remove(offerSchedule(before.offer.id));
      if (offer?.id !== before.offer.id) await tell(before.locationId, givenUp(before.offer.occupies, [], now()));
    },
  };
};
export type WaitingPlan = ReturnType<typeof createWaitingPlan>;

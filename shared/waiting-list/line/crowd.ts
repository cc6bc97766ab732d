import { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { Settings } from '../../business/catalogue.ts';
import { isCommitted } from '../../platform/table/conditional.ts';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { day, type Instant, localDate } from '../../platform/time/time.ts';
import type { Waiting } from '../store.ts';

/** Entries that have been asked for a proof on one day of a location, and have not got it. */
const crowdEntity = defineEntity({
  name: 'WaitingCrowd',
  attributes: { locationId: string().key(), date: string().key(), count: number(), ...expiring },
  key: ({ locationId, date }) => ({ pk: `WAITING-CROWD#${locationId}`, sk: date }),
});

type Place = Pick<Waiting, 'locationId' | 'zone'>;

/** A form's share of the day's rooms. */
export interface Room {
  /** Takes one, once, however often the form is attempted; false: there is none, so nobody is asked to prove the address. */
  take(place: Place, settings: Settings['waitingList']): Promise<boolean>;
  /** The latest attempt puts this entry into it; undefined: nothing. */
  standsIn(entryId: string | undefined): void;
}

/**
 * Counts entries with an address that nobody has proved, by location and day: each means a message to an address that
 * anybody may have invented. By day rather than in all, so that a flood that is over keeps nobody away the day after.
 */
export const createCrowd = ({ table, now }: { table: RegularsTable; now: Clock }) => {
  const entity = crowdEntity(table);
  const update = ({ locationId, zone }: Place, at: Instant, by: 1 | -1) =>
    entity
      .build(UpdateItemCommand)
      .item({ locationId, date: localDate(at, zone), count: $add(by), expiresAt: expiryAt(at + 2 * day) });
  /** False: there is none. */
  const takeRoom = (place: Place, at: Instant, { unprovenPerDay }: Settings['waitingList']): Promise<boolean> => {
    const attr = 'count' as const;
    const condition = {
      or: [
        { attr, exists: false as const },
        { attr, lt: unprovenPerDay },
      ],
    };
    return isCommitted(update(place, at, 1).options({ condition }).send());
  };

  /** Gives back a room that was taken at the instant: nothing stands in it, or its address has been proved since. */
  const giveBack = async (place: Place, at: Instant): Promise<void> => {
    await isCommitted(
      update(place, at, -1)
        .options({ condition: { attr: 'count', gt: 0 } })
        .send(),
    );
  };

  return {
    takeRoom,
    giveBack,

    /** Does what may take a room, and gives it back unless the entry that was put into it is what has come of the form. */
    async forForm<T extends { id: string }>(join: (room: Room) => Promise<T>): Promise<T> {
      let taken: { place: Place; at: Instant } | 'none' | undefined;
      let entryId: string | undefined;
      const settle = async (joinedId?: string): Promise<void> => {
        if (taken === undefined || taken === 'none' || (joinedId !== undefined && joinedId === entryId)) return;
        await giveBack(taken.place, taken.at);
      };
      const room: Room = {
        async take(place, settings) {
          const at = now();
          taken ??= (await takeRoom(place, at, settings)) ? { place, at } : 'none';
          return taken !== 'none';
        },
        standsIn(id) {
          entryId = id;
        },
      };
      try {
        const joined = await join(room);
        await settle(joined.id);
        return joined;
      } catch (error) {
        await settle();
        throw error;
      }
    },
  };
};
export type Crowd = ReturnType<typeof createCrowd>;

import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { Problem } from '../http/problems.ts';
import { isCommitted, isConditionFailed } from '../table/conditional.ts';
import { defineEntity, expiring, expiryAt } from '../table/entity.ts';
import type { RegularsTable } from '../table/table.ts';
import type { Clock } from '../time/clock.ts';
import { type Instant, minute } from '../time/time.ts';

/** Longest time that a place is away: beyond it no place is handed out. */
const maxWait = 15 * minute;
/** Time for which an act keeps its place, which is longer than a form is good for. */
const placeLasts = 3 * 60 * minute;
/** Time within which the same act, sent again, is a repetition. */
const repetition = minute;

/** Place of one act in the queue of its household. */
const placesEntity = defineEntity({
  name: 'SlowPlace',
  attributes: {
    act: string().key(),
    /** Milliseconds since 1970, as all instants here. */
    notBefore: number(),
    /** Instant at which the act was taken: a place serves once. */
    usedAt: number().optional(),
    ...expiring,
  },
  key: ({ act }) => ({ pk: `ATTEMPTS#${act}`, sk: 'PLACE' }),
});
type Place = Omit<FormattedItem<ReturnType<typeof placesEntity>>, 'act'>;

/** Queue of one household: the moment of the next place. */
const queuesEntity = defineEntity({
  name: 'SlowQueue',
  attributes: { household: string().key(), next: number(), ...expiring },
  key: ({ household }) => ({ pk: `ATTEMPTS#${household}`, sk: 'QUEUE' }),
});

const wait = (until: Instant, now: Instant): Problem => {
  const retryAfter = Math.max(1, Math.ceil((until - now) / 1000));
  return new Problem('too_many_requests', {
    detail: `Many attempts come from your network now; send the same form again in ${retryAfter} seconds.`,
    retryAfter,
  });
};

/** Bursts of one household meet at its queue. */
const tries = 20;

/** Speed of a queue, and what one act takes of it. */
interface Pace {
  /** Milliseconds for each unit. */
  spacing: number;
  /** Units that the act takes: whoever comes after it waits as many times the spacing. */
  weight: number;
}

const isUsedUp = ({ usedAt }: Pick<Place, 'usedAt'>, at: Instant): boolean =>
  usedAt !== undefined && at >= usedAt + repetition;

/**
 * Way of a household that is over its limits: each act gets a place in the household's queue, and is taken from that
 * moment on, once, however much the household does.
 */
export const createSlowLane = (table: RegularsTable, now: Clock) => {
  const places = placesEntity(table);
  const queues = queuesEntity(table);

  /** The next place of a queue that has some and isn't too long; undefined for another. */
  const placeInQueue = async (
    household: string,
    { spacing, weight }: Pace,
    at: Instant,
  ): Promise<Instant | undefined> => {
    const taken = queues
      .build(UpdateItemCommand)
      .item({ household, next: $add(weight * spacing), expiresAt: expiryAt(at + placeLasts) })
      .options({
        returnValues: 'UPDATED_OLD',
        condition: {
          and: [
            { attr: 'next', gt: at },
            { attr: 'next', lte: at + maxWait },
          ],
        },
      });
    try {
      return (await taken.send()).Attributes?.next;
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      throw error;
    }
  };

  /** The first place of a queue that nobody stands in; undefined where somebody does. */
  const placeOfNewQueue = async (
    household: string,
    { spacing, weight }: Pace,
    at: Instant,
  ): Promise<Instant | undefined> => {
    const begun = queues
      .build(PutItemCommand)
      .item({ household, next: at + (1 + weight) * spacing, expiresAt: expiryAt(at + placeLasts) })
      .options({
        condition: {
          or: [
            { attr: 'next', exists: false },
            { attr: 'next', lte: at },
          ],
        },
      });
    return (await isCommitted(begun.send())) ? at + spacing : undefined;
  };

  /** The moment of the place that is next. Throws too_many_requests where it is too far away; busy. */
  const nextPlace = async (household: string, pace: Pace, freeAt: Instant): Promise<Instant> => {
    for (let tried = 0; tried < tries; tried += 1) {
      const at = now();
      const place = (await placeInQueue(household, pace, at)) ?? (await placeOfNewQueue(household, pace, at));
      if (place !== undefined) return place;
      const { Item } = await queues.build(GetItemCommand).key({ household }).options({ consistent: true }).send();
      if (Item && Item.next > at + maxWait) throw wait(Math.min(Item.next - maxWait, freeAt), at);
    }
    throw new Problem('busy');
  };

  const placeOf = async (act: string): Promise<Place | undefined> =>
    (await places.build(GetItemCommand).key({ act }).options({ consistent: true }).send()).Item;

  /** Puts the act at the end of the queue, in place of the one that it has used. */
  const takePlace = async (
    act: string,
    household: string,
    pace: Pace,
    { before, freeAt }: { before: Place | undefined; freeAt: Instant },
  ): Promise<Place> => {
    const notBefore = await nextPlace(household, pace, freeAt);
    const place = { notBefore, expiresAt: expiryAt(notBefore + placeLasts) };
    const kept = places
      .build(PutItemCommand)
      .item({ act, ...place })
      .options({
        condition: before ? { attr: 'notBefore', eq: before.notBefore } : { attr: 'notBefore', exists: false },
      });
    // Sent twice at once, it keeps the place that was written first.
    return (await isCommitted(kept.send())) ? place : ((await placeOf(act)) ?? place);
  };

  /** Uses the place up; false where that has been done, if only a moment ago by the same act, sent twice. */
  const markUsed = (act: string, { notBefore }: Place): Promise<boolean> =>
    isCommitted(
      places
        .build(UpdateItemCommand)
        .item({ act, usedAt: now() })
        .options({
          condition: {
            and: [
              { attr: 'notBefore', eq: notBefore },
              { attr: 'usedAt', exists: false },
            ],
          },
        })
        .send(),
    );

  return {
    /**
     * Lets an act through whose moment has come, once; sent again within a minute it is a repetition. `act`: one request
     * with one form from one household. `freeAt`: when the household's limit ends by itself. Throws too_many_requests
     * with the time until the earlier of both; busy.
     */
    async admit(act: string, household: string, pace: Pace, freeAt: Instant): Promise<void> {
      const before = await placeOf(act);
      const mine =
        before && !isUsedUp(before, now()) ? before : await takePlace(act, household, pace, { before, freeAt });
      if (now() < mine.notBefore) throw wait(Math.min(mine.notBefore, freeAt), now());
      await markUsed(act, mine);
    },
  };
};

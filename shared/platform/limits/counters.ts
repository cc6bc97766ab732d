import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { number } from 'dynamodb-toolbox/schema/number';
import { set } from 'dynamodb-toolbox/schema/set';
import { string } from 'dynamodb-toolbox/schema/string';
import { Problem } from '../http/problems.ts';
import { isCommitted } from '../table/conditional.ts';
import { defineEntity, expiring, expiryAt } from '../table/entity.ts';
import type { RegularsTable } from '../table/table.ts';
import type { Clock } from '../time/clock.ts';
import { day, type Instant, minute } from '../time/time.ts';

const hour = 60 * minute;

/** Attempts of one holder within a day of UTC, its present hour and its present minute. */
const attemptsEntity = defineEntity({
  name: 'Attempts',
  attributes: {
    /** Name that tells nobody whose attempts they are. */
    holder: string().key(),
    /** Minutes, hours and days since 1970. */
    day: number().key(),
    hour: number(),
    minute: number(),
    /** Units of this day, and of this hour. */
    inDay: number(),
    inHour: number(),
    /** Fingerprints of this minute. */
    attempts: set(string()),
    ...expiring,
  },
  key: (key) => ({ pk: `ATTEMPTS#${key.holder}`, sk: `DAY#${key.day}` }),
});

type Counted = FormattedItem<ReturnType<typeof attemptsEntity>>;

/** Bounds of one holder within each span of time: attempts by minute, units by hour and day. */
export interface Limits {
  perMinute: number;
  perHour: number;
  perDay: number;
}

/** Refusal until the span of so many milliseconds that lasts now is over. */
const tooMany = (now: Instant, span: number): Problem => {
  const retryAfter = Math.max(1, Math.ceil((span - (now % span)) / 1000));
  return new Problem('too_many_requests', {
    detail: `Too many attempts; try again in ${retryAfter} seconds.`,
    retryAfter,
  });
};

/** Counts of the spans that last at an instant, given what was counted before. */
const countsAt = (at: Instant, before: Counted | undefined) => {
  // An instance whose clock is behind counts in the minute and hour of those that are ahead.
  const thisMinute = Math.max(Math.floor(at / minute), before?.minute ?? 0);
  const thisHour = Math.max(Math.floor(at / hour), before?.hour ?? 0);
  const isSameHour = before?.hour === thisHour;
  const isSameMinute = before?.minute === thisMinute;
  return {
    thisMinute,
    thisHour,
    isSameHour,
    isSameMinute,
    inDay: before?.inDay ?? 0,
    inHour: isSameHour ? before.inHour : 0,
    attempts: isSameMinute ? before.attempts : new Set<string>(),
  };
};
type Counts = ReturnType<typeof countsAt>;

/** Throws too_many_requests. */
const mustHaveRoom = ({ inDay, inHour, attempts }: Counts, limits: Limits, units: number, at: Instant): void => {
  if (inDay + units > limits.perDay) throw tooMany(at, day);
  if (inHour + units > limits.perHour) throw tooMany(at, hour);
  if (attempts.size >= limits.perMinute) throw tooMany(at, minute);
};

/** Instances whose clocks differ, and holders whom many answer at once, need a few tries. */
const tries = 20;

/**
 * Counts what somebody does by minute, hour and day, in one item a day: one conditional write for the first attempt of
 * an hour, up to three where there were others.
 */
export const createCounters = (table: RegularsTable, now: Clock) => {
  const entity = attemptsEntity(table);

  /** Write that counts one more, on condition that the counts are what they were. */
  const writeAfter = (
    { holder, attempt, limits, units }: { holder: string; attempt: string; limits: Limits; units: number },
    at: Instant,
    counts: Counts,
  ) => {
    const { thisMinute, thisHour, isSameHour, isSameMinute } = counts;
    const today = Math.floor(at / day);
    const common = { holder, day: today, inDay: $add(units), expiresAt: expiryAt((today + 1) * day) };
    const first = new Set([attempt]);
    const dayHasRoom = { attr: 'inDay', lte: limits.perDay - units } as const;
    const hourHasRoom = { attr: 'inHour', lte: limits.perHour - units } as const;
    if (!isSameHour)
      return entity
        .build(UpdateItemCommand)
        .item({ ...common, hour: thisHour, minute: thisMinute, inHour: units, attempts: first })
        .options({
          condition: {
            or: [{ attr: 'hour', exists: false }, { and: [{ attr: 'hour', lt: thisHour }, dayHasRoom] }],
          },
        });
    if (!isSameMinute)
      return entity
        .build(UpdateItemCommand)
        .item({ ...common, minute: thisMinute, inHour: $add(units), attempts: first })
        .options({
          condition: {
            and: [{ attr: 'hour', eq: thisHour }, { attr: 'minute', lt: thisMinute }, hourHasRoom, dayHasRoom],
          },
        });
    return entity
      .build(UpdateItemCommand)
      .item({ ...common, inHour: $add(units), attempts: $add(first) })
      .options({
        condition: {
          and: [
            { attr: 'minute', eq: thisMinute },
            { size: 'attempts', lt: limits.perMinute },
            { not: { attr: 'attempts', contains: attempt } },
            hourHasRoom,
            dayHasRoom,
          ],
        },
      });
  };

  return {
    /**
     * Counts one more attempt; false where the very same one has been counted in this minute. `holder`: a name that tells
     * nobody who it is of. `weight`: units that the attempt takes of the hour and the day; what is heavier than a whole
     * hour takes all of it. Throws too_many_requests where the minute, the hour or the day has no room; busy.
     */
    async count(holder: string, attempt: string, limits: Limits, weight = 1): Promise<boolean> {
      const units = Math.min(weight, limits.perHour, limits.perDay);
      let before: Counted | undefined;
      for (let tried = 0; tried < tries; tried += 1) {
        const at = now();
        const counts = countsAt(at, before);
        if (counts.attempts.has(attempt)) return false;
        mustHaveRoom(counts, limits, units, at);
        if (await isCommitted(writeAfter({ holder, attempt, limits, units }, at, counts).send())) return true;
        const key = { holder, day: Math.floor(at / day) };
        before = (await entity.build(GetItemCommand).key(key).options({ consistent: true }).send()).Item;
      }
      throw new Problem('busy');
    },
  };
};
export type Counters = ReturnType<typeof createCounters>;

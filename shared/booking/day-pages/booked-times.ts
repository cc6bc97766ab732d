import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { Interval } from '../../platform/time/intervals.ts';

/** A time of one owner's diary, taken. Instants in milliseconds since 1970. */
export interface BookedTime extends Interval {
  ownerId: string;
  /** Home location of the owner, under which the pages lie. */
  group: string;
  /** Zone of the owner's diary: it decides on which local days the time stands. */
  zone: string;
  /** The group lesson in which it is a place. */
  lesson?: string | undefined;
}

/** Taken times of diaries, buffers included, so that giving back gives back just that. Milliseconds since 1970. */
export const bookedTimes = () =>
  list(
    map({
      ownerId: string(),
      group: string(),
      zone: string(),
      from: number(),
      until: number(),
      lesson: string().optional(),
    }),
  );

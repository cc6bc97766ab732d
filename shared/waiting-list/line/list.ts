import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { stateOf } from '../rules.ts';
import { type List, lists, placeOf, type Waiting, type WaitingStore } from '../store.ts';

const isPlace = (place: string): boolean => /^(?:ranking|unproven) \d{4}-\d\d-\d\dT[\d:.]+Z#[0-9a-z]{16}$/.test(place);

/**
 * A page of those who wait at a location: first those to whom times are offered, so that nobody hides them by joining with
 * invented addresses. Throws invalid_request for a foreign cursor.
 */
export const createWaitingPage = ({ store, now }: { store: Pick<WaitingStore, 'someOf'>; now: Clock }) => {
  const isStill = (waiting: Waiting): boolean => ['waiting', 'offered'].includes(stateOf(waiting, now()));

  /** The first of a list behind a place whose days have not passed. */
  const firstOf = async (locationId: string, list: List, most: number, behind: string | undefined) => {
    const found: Waiting[] = [];
    let after = behind;
    while (found.length < most) {
      const some = await store.someOf(locationId, list, most, after);
      const last = some.at(-1);
      if (!last) break;
      after = placeOf(last);
      found.push(...some.filter(isStill));
    }
    return found.slice(0, most).map((waiting) => ({ waiting, place: `${list} ${placeOf(waiting)}` }));
  };

  return async (
    locationId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<{ entries: Waiting[]; cursor?: string }> => {
    const [begin, place] = cursor === undefined ? [lists[0]] : decodeCursor(cursor, isPlace).split(' ');
    const left = lists.slice(lists.indexOf(begin as List));
    const found: Awaited<ReturnType<typeof firstOf>> = [];
    // One more than asked for tells whether there are more.
    for (const list of left) {
      found.push(...(await firstOf(locationId, list, limit + 1 - found.length, list === begin ? place : undefined)));
    }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      entries: page.map(({ waiting }) => waiting),
      ...(last && found.length > limit ? { cursor: encodeCursor(last.place) } : {}),
    };
  };
};

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCounters } from '../../../shared/platform/limits/counters.ts';
import { day, hour, minute } from '../../support/durations.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

/** Midnight of UTC. */
const midnight = Date.parse('2026-11-24T00:00:00Z');
const limits = { perMinute: 3, perHour: 5, perDay: 8 };

let started: TestTable;
beforeAll(async () => {
  started = await startTable();
});
afterAll(() => started.close());

let holders = 0;
/** Counts attempts of somebody new. */
const somebody = (clock: { at: number }) => {
  const counters = createCounters(started.table, () => clock.at);
  holders += 1;
  const holder = `holder-${holders}`;
  let attempts = 0;
  return (attempt?: string, weight?: number): Promise<'counted' | 'free' | number | undefined> => {
    attempts += 1;
    return counters.count(holder, attempt ?? String(attempts), limits, weight).then(
      (isNew) => (isNew ? 'counted' : 'free'),
      (error) => error.extras?.retryAfter ?? Promise.reject(error),
    );
  };
};
const times = async (count: number, act: () => Promise<unknown>) => {
  const outcomes = [];
  for (let index = 0; index < count; index += 1) outcomes.push(await act());
  return outcomes;
};
const counted = (count: number) => Array.from({ length: count }, () => 'counted');

it('a minute, an hour and a day take so many, and say when the next begins', async () => {
  const clock = { at: midnight + hour - 2 * minute };
  const act = somebody(clock);
  expect(await times(4, act)).toEqual([...counted(3), 60]);
  clock.at += minute - 1;
  expect(await act()).toBe(1);
  clock.at += 1;
  // Two more fill the hour, which ends with this minute.
  expect(await times(3, act)).toEqual([...counted(2), 60]);
  clock.at += minute - 1;
  expect(await act()).toBe(1);
  clock.at += 1;
  // Three more fill the day.
  expect(await times(4, act)).toEqual([...counted(3), (23 * hour) / 1000]);
  clock.at = midnight + day - 1;
  expect(await act()).toBe(1);
  clock.at += 1;
  expect(await times(4, act)).toEqual([...counted(3), 60]);
});

it('the very same attempt is free within its minute, also beyond the limit, and not after it', async () => {
  const clock = { at: midnight + minute - 1 };
  const act = somebody(clock);
  expect([await act('a'), await act('a'), await act('b'), await act('c')]).toEqual([
    'counted',
    'free',
    'counted',
    'counted',
  ]);
  expect([await act('d'), await act('a')]).toEqual([1, 'free']);
  clock.at += 1;
  expect(await act('a')).toBe('counted');
});

it('of forty at once as many are counted as there is room for', async () => {
  const act = somebody({ at: midnight });
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => act()));
  expect(outcomes.filter((outcome) => outcome === 'counted')).toHaveLength(3);
});

it('an instance whose clock is behind counts in the minute of the others', async () => {
  const clock = { at: midnight + minute };
  const act = somebody(clock);
  await act('a');
  clock.at -= 1;
  expect([await act('b'), await act('c'), typeof (await act('d'))]).toEqual(['counted', 'counted', 'number']);
});

it('a heavy attempt takes its weight of the hour and the day, and one of the minute', async () => {
  const clock = { at: midnight };
  const act = somebody(clock);
  expect([await act('a', 3), await act('b', 3), await act('c', 2), await act('d')]).toEqual([
    'counted',
    hour / 1000,
    'counted',
    hour / 1000,
  ]);
  clock.at += hour;
  // Eight are a day's, five of which are gone.
  expect([await act('e', 4), await act('f', 3), await act('g')]).toEqual([
    (23 * hour) / 1000,
    'counted',
    (23 * hour) / 1000,
  ]);
});

it('what is heavier than an hour takes a whole one, and is not shut out for ever', async () => {
  const clock = { at: midnight };
  const act = somebody(clock);
  expect([await act('a', 400), await act('b')]).toEqual(['counted', hour / 1000]);
  const other = somebody(clock);
  await other('a');
  expect(await other('b', 400)).toBe(hour / 1000);
});

it('of forty heavy ones at once as many are counted as there is room for', async () => {
  const act = somebody({ at: midnight });
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, index) => act(String(index), 2)));
  expect(outcomes.filter((outcome) => outcome === 'counted')).toHaveLength(2);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  type Interval,
  intersect,
  overlaps,
  subtract,
  union,
} from '../../../../shared/platform/time/intervals.ts';

const interval = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -2, max: 12 }))
  .map(([from, length]): Interval => ({ from, until: from + length }));
const intervals = fc.array(interval, { maxLength: 8 });

/** The naive model: the set of whole points that the intervals hold. */
const points = (list: readonly Interval[]): number[] =>
  Array.from({ length: 60 }, (_, point) => point).filter((point) =>
    list.some(({ from, until }) => from <= point && point < until),
  );

const isNeat = (list: readonly Interval[]): boolean =>
  list.every(({ from, until }, index) => from < until && (list[index - 1]?.until ?? -1) < from);

describe('times of a day taken together', () => {
  it('join into one where they touch or overlap', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const joined = union(list);
        expect(points(joined)).toEqual(points(list));
        expect(isNeat(joined)).toBe(true);
      }),
    );
  });

  it('keep what was given untouched', () => {
    const given = [
      { from: 5, until: 9 },
      { from: 1, until: 6 },
    ];
    union(given);
    expect(given).toEqual([
      { from: 5, until: 9 },
      { from: 1, until: 6 },
    ]);
  });

  it('have in common just what both have', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const both = intersect(union(a), union(b));
        expect(points(both)).toEqual(points(a).filter((point) => points(b).includes(point)));
        expect(both.every(({ from, until }) => from < until)).toBe(true);
      }),
    );
  });

  it('lose what is taken out, and nothing else', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const left = subtract(union(a), union(b));
        expect(points(left)).toEqual(points(a).filter((point) => !points(b).includes(point)));
        expect(isNeat(left)).toBe(true);
      }),
    );
  });

  it('cover a visit only if one of them holds the whole of it', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 10 }), (list, from, length) => {
        const visit = { from, until: from + length };
        const inside = points([visit]).every((point) => points(list).includes(point));
        expect(covers(union(list), visit)).toBe(inside);
      }),
    );
  });

  it('that only touch do not overlap: one client leaves as the next comes', () => {
    expect(overlaps({ from: 0, until: 10 }, { from: 10, until: 20 })).toBe(false);
    expect(overlaps({ from: 10, until: 20 }, { from: 0, until: 10 })).toBe(false);
    expect(overlaps({ from: 0, until: 11 }, { from: 10, until: 20 })).toBe(true);
    expect(overlaps({ from: 0, until: 30 }, { from: 10, until: 20 })).toBe(true);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeStarts, encodeStarts } from '../../../shared/waiting-list/line/starts.ts';

const minute = 60_000;
const start = Date.parse('2026-11-24T15:00:00Z');

it('keeps starts, whatever they are, in their order', () => {
  const starts = fc
    .uniqueArray(fc.integer({ min: 0, max: 40_000_000 }), { maxLength: 300 })
    .map((minutes) => minutes.sort((a, b) => a - b).map((each) => each * minute));
  fc.assert(
    fc.property(starts, (list) => {
      expect(decodeStarts(encodeStarts(list))).toEqual(list);
    }),
  );
});

it('takes little room for a day every quarter of an hour', () => {
  const days = Array.from({ length: 62 }, (_, day) =>
    Array.from({ length: 36 }, (__, index) => start + (day * 24 * 60 + index * 15) * minute),
  ).flat();
  expect(encodeStarts(days).length).toBeLessThan(600);
});

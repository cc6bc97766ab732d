import fc from 'fast-check';

/** A time of a day some days ahead, on the half hour. */
const slot = { day: fc.integer({ min: 1, max: 3 }), halfHour: fc.integer({ min: 0, max: 19 }) };
const which = fc.nat({ max: 30 });

/** What somebody does next. Numbers choose among what is there when it is done. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('book' as const),
      client: fc.integer({ min: 0, max: 3 }),
      service: fc.integer({ min: 0, max: 3 }),
      person: fc.integer({ min: 0, max: 2 }),
      seats: fc.integer({ min: 1, max: 2 }),
      /** So many at once, of whom not all can have it. */
      rivals: fc.constantFrom(1, 1, 1, 3),
      ...slot,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), which, ...slot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('confirm' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      which,
      as: fc.constantFrom('arrived' as const, 'completed' as const, 'completed' as const, 'no_show' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wind' as const), hours: fc.integer({ min: 3, max: 36 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const histories = fc.array(step, { minLength: 8, maxLength: 40, size: 'max' });

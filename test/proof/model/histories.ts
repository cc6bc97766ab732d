import fc from 'fast-check';

const which = fc.nat({ max: 30 });
const service = fc.integer({ min: 0, max: 3 });
const person = fc.integer({ min: 0, max: 2 });
const seats = fc.integer({ min: 1, max: 2 });
const scope = fc.constantFrom('one' as const, 'rest' as const, 'all' as const);

/** How crowded the histories are: times lie on the half hour, so many days ahead at most. */
export interface Reach {
  days: number;
  halfHours: number;
}

/** What somebody does next. Numbers choose among what is there when it is done. */
export const diarySteps = ({ days, halfHours }: Reach) => {
  const slot = { day: fc.integer({ min: 1, max: days }), halfHour: fc.integer({ min: 0, max: halfHours - 1 }) };
  const wish = { service, person, seats, ...slot };
  const client = fc.integer({ min: 0, max: 3 });
  /** Who fills a form of their own. */
  const visitor = fc.integer({ min: 0, max: 2 });
  const act = <D extends string>(name: D, weight: number) => ({
    weight,
    arbitrary: fc.record({ do: fc.constant(name), which }),
  });
  return {
    book: {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('book' as const),
        client,
        /** So many at once, of whom not all can have it. */
        rivals: fc.constantFrom(1, 1, 1, 3),
        ...wish,
      }),
    },
    move: { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), which, ...slot }) },
    confirm: act('confirm', 2),
    cancel: act('cancel', 2),
    mark: {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('mark' as const),
        which,
        as: fc.constantFrom('arrived' as const, 'completed' as const, 'completed' as const, 'no_show' as const),
      }),
    },
    hold: { weight: 3, arbitrary: fc.record({ do: fc.constant('hold' as const), visitor, ...wish }) },
    holdOn: { weight: 1, arbitrary: fc.record({ do: fc.constant('holdOn' as const), visitor }) },
    send: { weight: 2, arbitrary: fc.record({ do: fc.constant('send' as const), visitor, client }) },
    block: {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('block' as const),
        /** The last is the room. */
        owner: fc.integer({ min: 0, max: 3 }),
        length: fc.integer({ min: 1, max: 6 }),
        ...slot,
      }),
    },
    unblock: act('unblock', 1),
    row: {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('row' as const),
        client,
        count: fc.integer({ min: 2, max: 3 }),
        ...wish,
      }),
    },
    cancelRow: {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('cancelRow' as const), which, scope, member: fc.nat({ max: 2 }) }),
    },
    moveRow: {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('moveRow' as const),
        which,
        scope,
        member: fc.nat({ max: 2 }),
        later: fc.constantFrom(0, 0, 1, 7),
        halfHour: slot.halfHour,
      }),
    },
    wait: {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
    },
    wind: {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('wind' as const), hours: fc.integer({ min: 3, max: 36 }) }),
    },
    settle: { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  };
};

type Steps = ReturnType<typeof diarySteps>;
export type Step = Steps[keyof Steps]['arbitrary'] extends fc.Arbitrary<infer T> ? T : never;
export type Of<D extends Step['do']> = Extract<Step, { do: D }>;

const step: fc.Arbitrary<Step> = fc.oneof(...Object.values(diarySteps({ days: 3, halfHours: 20 })));

export const histories = fc.array(step, { minLength: 8, maxLength: 40, size: 'max' });

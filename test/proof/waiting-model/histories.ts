import fc from 'fast-check';
import { diarySteps, type Step } from '../model/histories.ts';

const reach = { days: 2, halfHours: 10 };
const which = fc.nat({ max: 30 });

const waitingSteps = {
  join: {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      client: fc.integer({ min: 0, max: 5 }),
      service: fc.integer({ min: 0, max: 3 }),
      /** The last is anyone. */
      person: fc.integer({ min: 0, max: 3 }),
      seats: fc.integer({ min: 1, max: 2 }),
      day: fc.integer({ min: 0, max: reach.days }),
      days: fc.integer({ min: 0, max: 2 }),
      /** In half hours; so that not every time of the day will do. */
      hours: fc.option(fc.record({ from: fc.integer({ min: 0, max: 9 }), length: fc.integer({ min: 1, max: 3 }) }), {
        freq: 6,
      }),
      /** Whether the client says by the link in the message that the address is theirs. */
      proves: fc.constantFrom(true, true, true, false),
    }),
  },
  /** Presses the link of a place on the list: to prove the address, or to hear of times again. */
  stay: { weight: 2, arbitrary: fc.record({ do: fc.constant('stay' as const), which }) },
  take: {
    weight: 4,
    /** So many presses at once. */
    arbitrary: fc.record({ do: fc.constant('take' as const), which, presses: fc.constantFrom(1, 1, 2) }),
  },
  takeAnothers: { weight: 1, arbitrary: fc.record({ do: fc.constant('takeAnothers' as const), which }) },
  decline: {
    weight: 3,
    /** Whether a stranger is after the time in the same moment. */
    arbitrary: fc.record({ do: fc.constant('decline' as const), which, stranger: fc.boolean() }),
  },
  leave: { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), which }) },
  /** A stranger wants what is kept for somebody. */
  grab: { weight: 2, arbitrary: fc.record({ do: fc.constant('grab' as const), which }) },
  /** Until the next offer ends. */
  miss: { weight: 2, arbitrary: fc.record({ do: fc.constant('miss' as const) }) },
};

type Waiting = typeof waitingSteps;
export type WaitingStep = Waiting[keyof Waiting]['arbitrary'] extends fc.Arbitrary<infer T> ? T : never;
export type OfWaiting<D extends WaitingStep['do']> = Extract<WaitingStep, { do: D }>;

const diary = diarySteps(reach);
const step: fc.Arbitrary<Step | WaitingStep> = fc.oneof(
  ...Object.values({
    ...diary,
    // More is given up than anywhere, and time goes by in smaller pieces.
    cancel: { ...diary.cancel, weight: 8 },
    confirm: { ...diary.confirm, weight: 1 },
    mark: { ...diary.mark, weight: 1 },
    unblock: { ...diary.unblock, weight: 5 },
    cancelRow: { ...diary.cancelRow, weight: 2 },
    moveRow: { ...diary.moveRow, weight: 1 },
    wind: {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('wind' as const), hours: fc.constantFrom(1, 1, 2, 3, 5, 14) }),
    },
  }),
  ...Object.values(waitingSteps),
);

/** A busy day, then people who wait for another, then anything. */
export const waitingHistories = fc
  .tuple(
    fc.array(diary.book.arbitrary, { minLength: 6, maxLength: 10 }),
    fc.array(diary.block.arbitrary, { minLength: 1, maxLength: 3 }),
    fc.array(waitingSteps.join.arbitrary, { minLength: 3, maxLength: 6 }),
    fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }),
  )
  .map((parts): (Step | WaitingStep)[] => parts.flat());

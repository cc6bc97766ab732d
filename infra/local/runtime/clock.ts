/** A clock of the whole process that runs at the usual pace from wherever it is wound to. */
export interface WindableClock {
  /** Milliseconds since 1970-01-01T00:00Z, as `Date.now()` answers while the clock is installed. */
  now(): number;
  /** Milliseconds by which this clock is ahead of the computer's. */
  offset(): number;
  /** Moves forward by so many milliseconds; fewer than none are a RangeError. */
  windBy(milliseconds: number): void;
  /** Gives the process its own time back. */
  restore(): void;
}

/** Otherwise the AWS SDK takes a wound clock for a wrong one and repeats every call that ends in an error. It is read once, at the first call. */
const skewVariable = 'AWS_DISABLE_CLOCK_SKEW_CORRECTION';

/**
 * Shifts the global `Date`, so that code which asks for the time needs to know nothing of it. Dates made before,
 * or by Node itself, stay instances of `Date`. `offset` is in milliseconds; only installing may set it backwards.
 */
export const installClock = (offset: number): WindableClock => {
  const RealDate = globalThis.Date;
  let ahead = offset;
  const now = (): number => RealDate.now() + ahead;
  const ShiftedDate: DateConstructor = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === ShiftedDate ? target : newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  const skewSetting = process.env[skewVariable];
  globalThis.Date = ShiftedDate;
  process.env[skewVariable] = 'true';
  return {
    now,
    offset: () => ahead,
    windBy: (milliseconds) => {
      if (!(milliseconds >= 0)) throw new RangeError(`The clock can't be wound by ${milliseconds} milliseconds`);
      ahead += milliseconds;
    },
    restore: () => {
      if (globalThis.Date === ShiftedDate) globalThis.Date = RealDate;
      if (skewSetting === undefined) delete process.env[skewVariable];
      else process.env[skewVariable] = skewSetting;
    },
  };
};

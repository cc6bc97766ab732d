/** Makes a thing at its first use and keeps it, so that a function has it for as long as it stays warm. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { thing: T } | undefined;
  return () => {
    made ??= { thing: make() };
    return made.thing;
  };
};

/** Loads a thing at its first use and keeps it; what failed to load is loaded again at the next use. */
export const onceLoaded = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
};

/** A function that is loaded when it is first called, with whatever it stands on. */
export const whenCalled = <A extends unknown[], R>(
  load: () => Promise<(...args: A) => Promise<R>>,
): ((...args: A) => Promise<R>) => {
  const loaded = onceLoaded(load);
  return async (...args) => (await loaded())(...args);
};

/**
 * Remembers what a pure function answered to each key, but for `undefined`. Where there are `most` answers, it forgets
 * them all and begins again: that costs less than to know which is the oldest.
 */
export const memoByKey = <K, V>(answer: (key: K) => V, most = Number.POSITIVE_INFINITY): ((key: K) => V) => {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = answer(key);
    if (known.size >= most) known.clear();
    if (made !== undefined) known.set(key, made);
    return made;
  };
};

/** Remembers what a pure function answered to each object, for as long as the object lives. */
export const memoByObject = <K extends object, V>(answer: (of: K) => V): ((of: K) => V) => {
  const known = new WeakMap<K, V>();
  return (of) => {
    const found = known.get(of);
    if (found !== undefined) return found;
    const made = answer(of);
    known.set(of, made);
    return made;
  };
};

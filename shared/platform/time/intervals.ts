/** Half-open, in milliseconds since 1970: `from` is in it, `until` is not. */
export interface Interval {
  from: number;
  until: number;
}

export const overlaps = (a: Interval, b: Interval): boolean => a.from < b.until && b.from < a.until;

/** Sorted, without overlaps or empty ones. */
export const union = (intervals: readonly Interval[]): Interval[] => {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.from - b.from)) {
    if (next.from >= next.until) continue;
    const last = merged.at(-1);
    if (last && next.from <= last.until) last.until = Math.max(last.until, next.until);
    else merged.push({ ...next });
  }
  return merged;
};

/** Intersection; each argument as `union` gives it. */
export const intersect = (a: readonly Interval[], b: readonly Interval[]): Interval[] => {
  const both: Interval[] = [];
  let [i, j] = [0, 0];
  for (let x = a[i], y = b[j]; x && y; x = a[i], y = b[j]) {
    const shared = { from: Math.max(x.from, y.from), until: Math.min(x.until, y.until) };
    if (shared.from < shared.until) both.push(shared);
    if (x.until < y.until) i += 1;
    else j += 1;
  }
  return both;
};

/** Difference: `a` without `b`; each argument as `union` gives it. */
export const subtract = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  a.flatMap((whole) => {
    const left: Interval[] = [];
    let from = whole.from;
    for (const hole of b) {
      if (hole.until <= from || hole.from >= whole.until) continue;
      if (hole.from > from) left.push({ from, until: hole.from });
      from = Math.max(from, hole.until);
    }
    if (from < whole.until) left.push({ from, until: whole.until });
    return left;
  });

export const covers = (intervals: readonly Interval[], { from, until }: Interval): boolean =>
  intervals.some((interval) => interval.from <= from && until <= interval.until);

import { type Instant, minute } from '../../platform/time/time.ts';

/** Writes whole minutes, in their order, as steps from each to the next, base 36: `2a*3` is three steps of 2a minutes. */
export const encodeStarts = (starts: readonly Instant[]): string => {
  const runs: { step: number; count: number }[] = [];
  let before = 0;
  for (const start of starts.map((instant) => Math.floor(instant / minute))) {
    const step = start - before;
    const last = runs.at(-1);
    if (last?.step === step) last.count += 1;
    else runs.push({ step, count: 1 });
    before = start;
  }
  return runs.map(({ step, count }) => `${step.toString(36)}${count > 1 ? `*${count}` : ''}`).join(',');
};

/** Reads what `encodeStarts` has written. */
export const decodeStarts = (text: string): Instant[] => {
  const starts: Instant[] = [];
  let at = 0;
  for (const run of text === '' ? [] : text.split(',')) {
    const [step = '', count = '1'] = run.split('*');
    for (let left = Number(count); left > 0; left -= 1) {
      at += Number.parseInt(step, 36);
      starts.push(at * minute);
    }
  }
  return starts;
};

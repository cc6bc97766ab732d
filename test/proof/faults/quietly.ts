/** Keeps what misfortunes write to the error output out of sight, but counts it; the answer ends that. */
export const quietly = (): { lines: () => number; end: () => void } => {
  const { error } = console;
  const { write } = process.stderr;
  let lines = 0;
  console.error = () => {
    lines += 1;
  };
  process.stderr.write = ((...args: Parameters<typeof write>) => {
    if (typeof args[0] === 'string' && args[0].startsWith('{"level":')) {
      lines += 1;
      return true;
    }
    return Reflect.apply(write, process.stderr, args);
  }) as typeof write;
  return {
    lines: () => lines,
    end: () => {
      console.error = error;
      process.stderr.write = write;
    },
  };
};

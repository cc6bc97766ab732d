/** The context value of CDK that reserves executions: `-c reserve=messages=2,staff=3`. */
export const reserveContext = 'reserve';

/**
 * Concurrent executions by function. None by default: an account begins with ten for all functions, of which AWS lets
 * none be reserved until it has raised that limit. Throws when a function isn't known or a number isn't one.
 */
export const reservedExecutions = (value: unknown, functions: readonly string[]): ReadonlyMap<string, number> => {
  if (value === undefined) return new Map();
  return new Map(
    String(value)
      .split(',')
      .map((part) => {
        const [, name = '', count = ''] = /^([a-z-]+)=([1-9]\d{0,3})$/.exec(part.trim()) ?? [];
        if (functions.includes(name)) return [name, Number(count)];
        throw new Error(
          `The context value "${reserveContext}" reads like messages=2,staff=3; "${part}" does not, or is none of: ${functions.join(', ')}`,
        );
      }),
  );
};

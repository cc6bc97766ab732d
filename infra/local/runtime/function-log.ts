import { appendFileSync } from 'node:fs';

/** Log of functions, as CloudWatch would get it: one line of JSON each. */
export interface FunctionLog {
  /** The latest lines, oldest first. */
  lines(): readonly string[];
  /** Lets standard output be. */
  release(): void;
}

const kept = 5000;

const isRecord = (text: string): boolean => text.startsWith('{') && text.endsWith('}\n');
const isError = (line: string): boolean => line.includes('"level":"error"');

/**
 * Takes the functions' lines of JSON out of standard output, keeps them, and appends them to the file if one is given;
 * errors go to standard error, too. All other output stays where it is.
 */
export const captureLog = (file?: string): FunctionLog => {
  const lines: string[] = [];
  const { stdout } = process;
  const original = stdout.write;

  const take = (text: string): void => {
    const line = text.trimEnd();
    lines.push(line);
    if (lines.length > kept) lines.shift();
    if (file) appendFileSync(file, text);
    if (isError(line)) process.stderr.write(text);
  };

  const write = (...args: Parameters<typeof original>): boolean => {
    const [text] = args;
    if (typeof text !== 'string' || !isRecord(text)) return Reflect.apply(original, stdout, args);
    take(text);
    return true;
  };
  stdout.write = write as typeof original;

  return {
    lines: () => lines,
    release: () => {
      if (stdout.write === write) stdout.write = original;
    },
  };
};

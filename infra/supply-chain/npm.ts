import { spawnSync } from 'node:child_process';

/** Runs a command of npm and answers its output; `undefined` when it takes longer than so many seconds. */
export const npm = (args: readonly string[], seconds: number): string | undefined => {
  // Under `npm run` this is npm's own script, whatever stands first in the PATH.
  const script = process.env['npm_execpath'];
  const [command, first] = script ? [process.execPath, [script]] : ['npm', []];
  const { stdout, signal, error } = spawnSync(command, [...first, ...args], {
    encoding: 'utf8',
    timeout: seconds * 1000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return signal || error ? undefined : stdout;
};

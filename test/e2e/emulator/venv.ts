import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const venv = join(root, '.venv');
const requirements = join(import.meta.dirname, 'requirements.txt');
const stamp = join(venv, 'installed.txt');

const run = (command: string, args: string[]): void => {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${error?.message ?? stderr}`);
};

const python = (): string => {
  const enough = 'import sys, venv; sys.exit(sys.version_info < (3, 10))';
  const found = ['python3', 'python'].find((name) => spawnSync(name, ['-c', enough]).status === 0);
  if (!found) {
    throw new Error(
      'Python 3.10 or newer with its venv module is needed for MiniStack and cfn-lint, and is not on the PATH.\n' +
        'On Debian or Ubuntu: sudo apt-get install python3-venv',
    );
  }
  return found;
};

const isCurrent = (): boolean =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8');

/** The path of a tool in the virtual environment `.venv/`, which is made, or brought up to date, if need be. */
export const pythonTool = (name: string): string => {
  if (!isCurrent()) {
    console.log('Installing MiniStack and cfn-lint into .venv/ …');
    run(python(), ['-m', 'venv', venv]);
    run(join(venv, 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]);
    writeFileSync(stamp, readFileSync(requirements));
  }
  return join(venv, 'bin', name);
};

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { judge, type Verdict } from './audit.ts';
import { npm } from './npm.ts';
import { secretsIn } from './secrets.ts';

/** Tracked files, and those that `git add` would take. */
const files = (): string[] | undefined => {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.split('\0').filter((file) => file !== '' && existsSync(file)) : undefined;
};

const scan = (): Verdict => {
  const all = files();
  if (!all) return { ok: true, lines: ['NOT CHECKED: whether files hold secrets. This is no git checkout.'] };
  const found = all.flatMap((file) =>
    secretsIn(readFileSync(file, 'latin1')).map(({ line, what }) => `  ${file}:${line} looks like ${what}`),
  );
  return { ok: found.length === 0, lines: [`Secrets in ${all.length} files: ${found.length}.`, ...found] };
};

/** The rest of `npm run check`: nothing secret is committed, and no package is known to be vulnerable. */
const seconds = 20;
const audit = ['audit', '--json', '--fetch-retries=0', `--fetch-timeout=${seconds * 500}`];
for (const { ok, lines } of [scan(), judge(npm(audit, seconds))]) {
  console.log(lines.join('\n'));
  if (!ok) process.exitCode = 1;
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sparticuz, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';

/** No network but loopback, no profile, nothing of Chromium's own calls home. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const starts = (path: string): boolean => spawnSync(path, ['--version']).status === 0;

/** Unpacks the shared libraries that come with the package, which does so by itself only on Lambda, and its fonts' settings. */
const bringLibraries = async (): Promise<void> => {
  const packed = fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium')));
  setupLambdaEnvironment(join(await inflate(packed), 'lib'));
};

/** CHROMIUM_PATH, else Debian's, else the one that npm brought, with its own libraries where the computer lacks them. */
export const chromiumPath = async (): Promise<string> => {
  const installed = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path));
  if (installed) return installed;
  const path = await sparticuz.executablePath();
  if (!starts(path)) await bringLibraries();
  return path;
};

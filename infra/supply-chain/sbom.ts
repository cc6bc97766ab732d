import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { npm } from './npm.ts';

const bom = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })),
});
const lock = z.object({
  packages: z.record(z.string(), z.object({ name: z.string().optional(), version: z.string().optional() })),
});

/** Packages of the lock file that the bill of materials leaves out. */
export const leftOut = (bill: unknown, lockFile: unknown): string[] => {
  const listed = new Set(bom.parse(bill).components.map(({ name, version }) => `${name}@${version}`));
  const locked = Object.entries(lock.parse(lockFile).packages).flatMap(([path, { name, version }]) =>
    path === '' ? [] : [`${name ?? path.split('node_modules/').at(-1)}@${version}`],
  );
  return [...new Set(locked)].filter((each) => !listed.has(each));
};

const root = join(import.meta.dirname, '..', '..');
const file = join(root, '.build', 'sbom.cdx.json');

/** Every package that runs here or in AWS, of all platforms, as CycloneDX. Throws when it isn't whole. */
export const writeBill = (): { file: string; components: number } => {
  const said = npm(['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], 60);
  if (said === undefined) throw new Error('npm sbom did not end within a minute');
  const bill: unknown = JSON.parse(said);
  const missing = leftOut(bill, JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  if (missing.length > 0) throw new Error(`The bill of materials lacks ${missing.join(', ')}`);
  mkdirSync(join(root, '.build'), { recursive: true });
  writeFileSync(file, said);
  return { file: '.build/sbom.cdx.json', components: bom.parse(bill).components.length };
};

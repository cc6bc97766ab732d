import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const home = join(root, '.build', 'bundles');
const keepUnusedMs = 3_600_000;

/** Bytes of a function's files: those that it loads when it starts, and all. */
export interface BundleSize {
  start: number;
  all: number;
}

/** A bundle that was built, and every file that it was built from, relative to the root of the project. */
export interface Built extends BundleSize {
  inputs: readonly string[];
}

/** Record that stands beside a kept bundle. */
interface Kept extends BundleSize {
  version: string;
  inputs: Record<string, string>;
}

/** Inputs that decide about every bundle, besides the files that go into it. */
const builders = (): string[] => [
  'package-lock.json',
  'tsconfig.json',
  'infra/bundle.ts',
  ...readdirSync(join(root, 'infra/bundled')).map((file) => `infra/bundled/${file}`),
];

/** Empty where there is no such file (any more). */
const hashOf = (path: string): string => {
  try {
    return createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('base64url');
  } catch {
    return '';
  }
};

const hashesOf = (paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [path, hashOf(path)]));

const keptIn = (place: string): Kept | undefined => {
  try {
    return JSON.parse(readFileSync(join(place, 'kept.json'), 'utf8'));
  } catch {
    return undefined;
  }
};

const isCurrent = (place: string, { version, inputs }: Kept): boolean =>
  existsSync(join(place, version)) &&
  builders().every((path) => path in inputs) &&
  Object.entries(inputs).every(([path, hash]) => hashOf(path) === hash);

const removeOld = (place: string, current: string): void => {
  const oldest = Date.now() - keepUnusedMs;
  for (const name of readdirSync(place)) {
    const path = join(place, name);
    const madeAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (name !== current && name !== 'kept.json' && madeAt < oldest) rmSync(path, { recursive: true, force: true });
  }
};

/** Puts a directory or a file in its place at one stroke, so that another process never sees half of it. */
const keep = (place: string, outDir: string, { inputs, start, all }: Built): void => {
  const version = randomUUID();
  mkdirSync(place, { recursive: true });
  cpSync(outDir, join(place, version), { recursive: true });
  const kept: Kept = { version, start, all, inputs: hashesOf([...builders(), ...inputs]) };
  const draft = join(place, `${version}.json`);
  writeFileSync(draft, JSON.stringify(kept));
  renameSync(draft, join(place, 'kept.json'));
  removeOld(place, version);
};

/**
 * Leaves the bundle of `entry` in `outDir`: a copy of the last one where every file that it was built from is as it was,
 * else a new one. Checking takes a tenth of the time of building; tests, `npm start` and `cdk synth` share what is kept.
 */
export const fromCache = (entry: string, outDir: string, build: () => Built): BundleSize => {
  // Written for one run, such as a test's.
  if (entry.startsWith('.build/')) return build();
  const place = join(home, entry.replace(/\.\w+$/, '').replaceAll('/', '-'));
  const kept = keptIn(place);
  if (kept && isCurrent(place, kept)) {
    rmSync(outDir, { recursive: true, force: true });
    cpSync(join(place, kept.version), outDir, { recursive: true });
    return { start: kept.start, all: kept.all };
  }
  const built = build();
  keep(place, outDir, built);
  return { start: built.start, all: built.all };
};

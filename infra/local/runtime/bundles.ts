import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleFunction } from '../../bundle.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const store = join(root, '.build', 'local');
const sources = [
  'functions',
  'shared',
  'web',
  'infra/bundle.ts',
  'infra/bundled',
  'infra/manifest.ts',
  'package-lock.json',
];
const keepUnusedMs = 3_600_000;

const filesUnder = (path: string): string[] => {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
};

/** Empty where an editor's passing file is gone by now. */
const contentOf = (path: string): Buffer => {
  try {
    return readFileSync(join(root, path));
  } catch {
    return Buffer.alloc(0);
  }
};

const hashOf = (paths: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const path of paths.toSorted()) hash.update(path).update('\0').update(contentOf(path)).update('\0');
  return hash.digest('hex').slice(0, 16);
};

const removeOld = (current: string): void => {
  if (!existsSync(store)) return;
  const oldest = performance.timeOrigin + performance.now() - keepUnusedMs;
  for (const name of readdirSync(store)) {
    const path = join(store, name);
    const usedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? oldest;
    if (name !== current && usedAt < oldest) rmSync(path, { recursive: true, force: true });
  }
};

/** Gives the file of a function's bundle, building it unless some process has built it from the same sources. */
export type Bundles = (name: string, entry: string) => string;

/** Bundles live under a name made from the sources, so that processes share them and never see another version's. */
export const openBundles = (entries: readonly string[]): Bundles => {
  const version = hashOf([...new Set([...sources, ...entries.map(dirname)].flatMap(filesUnder))]);
  const home = join(store, version);
  mkdirSync(home, { recursive: true });
  const now = (performance.timeOrigin + performance.now()) / 1000;
  utimesSync(home, now, now);
  removeOld(version);
  return (name, entry) => {
    const target = join(home, name);
    const file = join(target, 'index.mjs');
    if (existsSync(file)) return file;
    const draft = join(home, `.${name}.${process.pid}`);
    bundleFunction(entry, draft);
    try {
      renameSync(draft, target);
    } catch (error) {
      // Another process was faster.
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(file)) throw error;
    }
    return file;
  };
};

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromCache } from '../../../infra/bundle-cache.ts';

const root = join(import.meta.dirname, '..', '..', '..');
let work: string;
let entry: string;
let builds: number;

beforeEach(() => {
  mkdirSync(join(root, '.build'), { recursive: true });
  work = mkdtempSync(join(root, '.build', 'cache-test-'));
  entry = `${basename(work)}.ts`;
  builds = 0;
  writeFileSync(join(work, 'source.ts'), 'one');
});
afterEach(() => {
  rmSync(work, { recursive: true });
  rmSync(join(root, '.build', 'bundles', basename(work)), { recursive: true });
});

const source = () => join(work, 'source.ts');
const outDir = () => join(work, 'out');
/** A bundle that is its source. */
const bundle = () =>
  fromCache(entry, outDir(), () => {
    builds += 1;
    rmSync(outDir(), { recursive: true, force: true });
    mkdirSync(outDir());
    writeFileSync(join(outDir(), 'index.mjs'), readFileSync(source()));
    return { start: builds, all: builds, inputs: [relative(root, source())] };
  });
const text = () => readFileSync(join(outDir(), 'index.mjs'), 'utf8');

it('builds what was never built, and then leaves a copy, without what lay there before', () => {
  expect(bundle()).toEqual({ start: 1, all: 1 });
  writeFileSync(join(outDir(), 'old.mjs'), '');
  expect(bundle()).toEqual({ start: 1, all: 1 });
  expect([builds, text(), readdirSync(outDir())]).toEqual([1, 'one', ['index.mjs']]);
});

it.each([
  ['has changed', () => writeFileSync(source(), 'two'), 'two'],
  ['is back as it was', () => writeFileSync(source(), 'one'), 'one'],
])('looks at what went in: a source that %s', (_, change, expected) => {
  bundle();
  change();
  bundle();
  expect([builds, text()]).toEqual([expected === 'one' ? 1 : 2, expected]);
});

it('builds again when the kept copy is gone', () => {
  bundle();
  for (const name of readdirSync(join(root, '.build', 'bundles', basename(work))))
    if (!name.endsWith('.json')) rmSync(join(root, '.build', 'bundles', basename(work), name), { recursive: true });
  bundle();
  expect([builds, text()]).toEqual([2, 'one']);
});

import { expect, test } from 'vitest';
import { functions } from '../../../infra/manifest.ts';
import { importsOf, sourceFiles } from '../walls/imports.ts';

const imports = sourceFiles().flatMap((file) => importsOf(file));

/** Whether the bundle of the entry holds the file, be it loaded at the start or later. */
const holds = (entry: string, file: string, seen = new Set<string>()): boolean => {
  if (entry === file) return true;
  if (seen.has(entry)) return false;
  seen.add(entry);
  return imports.some(({ from, to, isFile, isType }) => from === entry && isFile && !isType && holds(to, file, seen));
};

test.each(Object.entries(functions))('%s may take addresses off SES’s list if, and only if, it does', (name, spec) => {
  const may = spec.may.includes('suppressions:lift');
  expect([may, may]).toEqual([holds(spec.entry, 'functions/suppressions.ts'), name === 'staff']);
});

test.each(Object.entries(functions))('%s may read the keys of links if, and only if, it uses them', (_, spec) => {
  expect(spec.may.includes('link-keys:read')).toBe(holds(spec.entry, 'functions/links.ts'));
});

